"""Names as people write and paste them: tidied, turned round where the last name comes first, and told apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "edd"})
"""What stands behind a comma without being a first name."""
_ADDRESS = re.compile(r"<[^<>]*@[^<>]*>")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200e\u200f\u2060\ufeff"))
"""Signs without width, which come along from web pages."""


def tidy(name: str) -> str:
    """A name without stray spaces, quotes and mail address; accents are one sign with their letter."""
    name = unicodedata.normalize("NFC", _ADDRESS.sub("", name).translate(_UNSEEN))
    name = " ".join(name.split()).strip('"').strip()
    # An address is private; what stands before the sign is the nearest to a name.
    return " ".join(re.split(r"[._]+", name.partition("@")[0])).title() if re.fullmatch(r"\S+@\S+", name) else name


def turned_round(name: str) -> str:
    """`Meier, Anna` as `Anna Meier`; any other name as it is."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if not comma or not last or not first or "," in first or first.rstrip(".").casefold() in _SUFFIXES:
        return name
    return f"{first} {last}"


def split_names(text: str) -> list[str]:
    """Names between commas, semicolons, tabs or line breaks, blanks left out; a name that stands twice is told apart.

    Lines from a spreadsheet give the name that stands in each. Where each of three or more has one comma, the last
    name is taken to stand before it.
    """
    # A terminal that is set to no language hands over bytes in disguise.
    text = text.encode(errors="surrogateescape").decode(errors="replace")
    lines = [line for line in re.split(r"[;\r\n]+", text) if line.strip()]
    if len(lines) > 1 and any("\t" in line for line in lines):
        names: Iterable[str] = map(_named_in, lines)
    elif len(lines) > 2 and all(re.fullmatch(r"[^,]*\w[^,]*,[^,]*\w[^,]*", line) for line in lines):
        names = (turned_round(tidy(line)) for line in lines)
    else:
        names = re.split(r"[,\t]", ",".join(lines))
    return tell_apart(name for each in names if (name := tidy(each)))


def _named_in(line: str) -> str:
    """The first cell that has letters and neither digits nor an address."""
    cells = line.split("\t")
    named = (cell for cell in cells if re.search(r"[^\W\d_]", cell) and not re.search(r"[\d@]", cell))
    return turned_round(tidy(next(named, "")))


def tell_apart(names: Iterable[str]) -> list[str]:
    """The same names, with a number behind the second and every further bearer of one."""
    given = list(names)
    seen: dict[str, int] = {}
    taken = {name.casefold() for name in given}
    told = []
    for name in given:
        count = seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        other = name
        while count > 1 and (other := f"{name} ({count})").casefold() in taken:
            count = seen[name.casefold()] = count + 1
        taken.add(other.casefold())
        told.append(other)
    return told
