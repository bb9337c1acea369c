"""Tests of what is learnt from the audit log."""
