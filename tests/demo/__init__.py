"""Tests of the demo: what it plays, what it makes of what happened, how it looks."""
