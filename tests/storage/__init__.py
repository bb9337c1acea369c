"""Storage on real files, every migration applied from zero."""
