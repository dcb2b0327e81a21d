"""What goes on from last time, told before a session begins; words that not all may read are only announced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from roleplay.tui.describe import day
from roleplay.tui.last_time import say_answer

if TYPE_CHECKING:
    from roleplay.analysis.carried import Carried

_CALLED = {"next-step": "next step", "plan": "plan", "map": "map", "notes": "notes"}
_LONGEST = 160
"""Letters of an answer that stand here; the whole is shown in the session."""


def tell_carried(carried: Sequence[Carried], names: Mapping[str, str], now: int) -> Content:
    """What is carried on, with words where all may read them; `names` by seat, `now` in UTC milliseconds."""
    return Content.assemble(*_tell(carried, names, now)).rstrip("\n") if carried else Content("")


def _tell(carried: Sequence[Carried], names: Mapping[str, str], now: int) -> Iterator[tuple[str, str]]:
    yield "From last time\n", "bold $text-primary"
    for one in (one for one in carried if one.open):
        about = "" if one.about == one.by else f" about {names[one.about]}"
        yield f"{names[one.by]}: {_CALLED[one.carry]}{about}", "bold"
        yield f" · {day(one.opened, now)}\n", "$text-muted"
        yield from ((f"{_short(say_answer(label, words))}\n", "") for label, words in one.lines)
    private: dict[str, list[str]] = {}
    for one in (one for one in carried if not one.open):
        private.setdefault(names[one.by], []).append(_CALLED[one.carry])
    for name, kept in private.items():
        yield f"{name} will get the last {' and '.join(dict.fromkeys(kept))} privately.\n", "$text-muted"


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rsplit(' ', 1)[0]} …"
