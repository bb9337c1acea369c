"""The most that an admin may ask for, so that no number breaks what Concord promises."""

LONGEST_PART = 4000
"""Code points of a text: the longest of a Discord message (Components V2, documentation of November
2026). More would never be there to be read."""
MOST_PARTS = 32
"""Texts of a post; with :data:`LONGEST_POST` it keeps a post below 50 ms. Chosen."""
LONGEST_POST = 6000
"""Code points of all texts of a post: the most that the embeds of a message hold (Discord's
documentation, November 2026). Chosen; what was measured to stay below 50 ms is the shipped number.
"""
LONGEST_SPAN = 1_000_000
"""Hours, minutes or seconds of any span; keeps sums of times within the calendar. Chosen."""
MOST_FILES = 10
"""Files of a message (Discord's documentation of messages, November 2026)."""
MOST_FILE_BYTES = 10_485_760
"""Bytes of all files of a message of ours: 10 MiB, what Discord takes on a server without boosts
(documentation of uploads, November 2026)."""
LONGEST_NOTICE_WAIT = 5
"""Seconds that a ban may wait for its notice: the promise of the guarantee."""
