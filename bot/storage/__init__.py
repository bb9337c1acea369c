"""The only SQL: everything that outlives the process, in one SQLite file."""

from bot.storage.opening import open_store

__all__ = ["open_store"]
