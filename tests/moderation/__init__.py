"""Tests of what moderators decide."""
