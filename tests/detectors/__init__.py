"""One rule, one test file."""
