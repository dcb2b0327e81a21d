"""Short names of small letters, digits and hyphens: for files, for sessions, and for what stands in a file."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 60


def as_id(words: str) -> str:
    """Words as an id, accents taken off, at most 60 letters long; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST].strip("-")
