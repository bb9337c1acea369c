"""Tests of the texts about cases."""
