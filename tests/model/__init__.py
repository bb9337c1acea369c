"""Laws of the nouns."""
