"""Cogs: thin translators."""
