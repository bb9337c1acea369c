"""Tests of the rule book, and the posts they are made of."""
