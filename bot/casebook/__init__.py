"""The book of cases: looking up, paging, records of members, what they may take and have erased."""

from bot.casebook.casebook import Casebook

__all__ = ["Casebook"]
