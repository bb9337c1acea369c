"""From raw text to what detectors read."""
