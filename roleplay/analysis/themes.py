"""Which shared words the whole class hears: a few on each theme, from as many tables and writers as there are.

A theme is the question for which words were written, such as "What did you notice?" of a form or a question of the
journal. What comes first follows from the hashes of the texts, which say nothing about writers; so the same words are
chosen each time, and their order tells nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from roleplay.session.sharing import Shareable
from roleplay.session.state import FEWEST

MOST_PER_THEME = 3
_AT_A_GLANCE = 160
"""Signs that are read from the back of a room while somebody speaks; longer words come after shorter ones."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A question, and some of the words that answer it."""

    ask: str
    """Empty where so few answered it that the question would say who wrote."""
    origin: Literal["form", "journal"]
    words: tuple[str, ...]
    more: int
    """How many others were shared."""


def themes(
    answers: Iterable[Shareable], words: Mapping[str, str], most: int = MOST_PER_THEME, fewest: int = FEWEST
) -> tuple[Theme, ...]:
    """The themes in the order in which they were asked, those without a question last.

    Args:
        answers: what people could share; those who do not share count among the possible writers only.
        words: text id to words; erased and empty ones are passed over.
        most: how many words are chosen on a theme.
        fewest: how many writers a question needs to be named.
    """
    by_ask: dict[tuple[str, Literal["form", "journal"]], list[Shareable]] = {}
    for answer in answers:
        by_ask.setdefault((answer.ask, answer.origin), []).append(answer)
    named: dict[tuple[str, Literal["form", "journal"]], list[Shareable]] = {}
    for (ask, origin), given in by_ask.items():
        known = len({answer.by for answer in given}) >= fewest
        shared = [answer for answer in given if answer.shared and words.get(answer.text.id, "").strip()]
        named.setdefault((ask if known else "", origin), []).extend(shared)
    heard: Counter[str] = Counter()
    found = [_theme(ask, origin, shared, words, most, heard) for (ask, origin), shared in named.items() if shared]
    return tuple(sorted(found, key=lambda theme: not theme.ask))


def _theme(
    ask: str,
    origin: Literal["form", "journal"],
    shared: list[Shareable],
    words: Mapping[str, str],
    most: int,
    heard: Counter[str],
) -> Theme:
    """Choose one after the other, each time from the table and the writer that were heard least; `heard` is kept."""
    rest = list({_plain(words[answer.text.id]): answer for answer in sorted(shared, key=_order, reverse=True)}.values())
    several = len(rest)
    here: Counter[str] = Counter()
    chosen: list[Shareable] = []

    def cost(answer: Shareable) -> tuple[bool, int, int, int, int, str]:
        long = len(words[answer.text.id]) > _AT_A_GLANCE
        return long, here[answer.by], here[answer.table], heard[answer.by], heard[answer.table], answer.text.hash

    while rest and len(chosen) < most:
        best = min(rest, key=cost)
        rest.remove(best)
        chosen.append(best)
        for counted in (here, heard):
            counted.update((best.by, best.table))
    said = tuple(words[answer.text.id] for answer in sorted(chosen, key=_order))
    return Theme(ask, origin, said, several - len(said))


def _order(answer: Shareable) -> str:
    return answer.text.hash


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
