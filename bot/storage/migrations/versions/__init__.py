"""Each step is named ``r<revision>_<what it brings>.py``; the highest revision is the head."""
