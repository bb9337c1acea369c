"""From a text to what detectors read: normalised copies with a map back, words, links, language."""
