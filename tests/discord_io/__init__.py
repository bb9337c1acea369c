"""The border to Discord."""
