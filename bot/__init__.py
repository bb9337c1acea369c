"""Concord keeps a Discord community to its own written guidelines, and explains every step."""
