"""Who spoke how much, as a small table, with how it was got; figures that nobody can know are not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from roleplay.analysis.questions import QuestionKind, Spoken, questions
from roleplay.analysis.talk import PersonTalk, Talk
from roleplay.analysis.transcript import SaidLine
from roleplay.content.durations import say_clock

NO_WAY = "Nobody noted who spoke, so there are no shares."
CROSSED = "Both channels hold the same voices, so they do not say who spoke, and there are no shares."
_HOW = {
    "channels": "From the two channels of the microphone.",
    "toggle": "From what the observer noted with a key, to a second or two.",
}
_QUESTIONS = "Questions are told by how a sentence opens."


@dataclass(frozen=True, slots=True)
class Figures:
    """A table with a heading, and what has to be known to read it."""

    rows: tuple[tuple[str, ...], ...] = ()
    """The heading first; then one for each person."""
    how: str = ""

    def lines(self) -> Iterator[str]:
        """The table as text, its columns below each other."""
        wide = [max(map(len, column)) for column in zip(*self.rows, strict=True)]
        for row in self.rows:
            yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, wide, strict=True)).rstrip()


Asked = Mapping[str, Mapping[QuestionKind, int]]
"""Person to how many questions of each kind."""


def asked_in(lines: Iterable[SaidLine], read: Callable[[SaidLine], str], language: str) -> Asked:
    """How many open and closed questions each person asked; nobody where the language is not known."""
    said: dict[str, list[Spoken]] = {}
    for number, line in enumerate(lines):
        if line.speaker is not None:
            said.setdefault(line.speaker, []).append(Spoken(number, read(line)))
    found = {person: questions(spoken, language) for person, spoken in said.items()}
    return {
        person: {kind: sum(one.kind == kind for one in asked) for kind in ("open", "closed")}
        for person, asked in found.items()
        if asked is not None
    }


def figures(talk: Talk | None, name: Callable[[str], str], asked: Asked, heard: bool) -> Figures:
    """The figures of a conversation.

    Args:
        talk: what is known about it.
        name: what somebody is called.
        asked: the questions each person asked.
        heard: anything was recorded or noted at all, so that figures are missed.
    """
    if talk is None:
        return Figures(how=NO_WAY if heard else "")
    if talk.crossed:
        return Figures(how=CROSSED)
    columns = [("", [name(one.speaker) for one in talk.people]), *_columns(talk)]
    if asked:
        columns.append(("asked open/closed", [_asked(asked.get(one.speaker)) for one in talk.people]))
    rows = tuple(zip(*([title, *cells] for title, cells in columns), strict=True))
    return Figures(rows, " ".join(_notes(talk, bool(asked))))


def _columns(talk: Talk) -> Iterator[tuple[str, list[str]]]:
    people = talk.people
    yield "spoke", [f"{say_clock(one.seconds)} {_share(one):>4}".rstrip() for one in people]
    yield "turns", [str(one.turns) for one in people]
    yield "longest", [say_clock(one.longest) for one in people]
    if talk.how == "channels":
        yield "answered after", [f"{one.pause:.1f} s" if one.pause is not None else "–" for one in people]
        yield "cut in", [str(one.interruptions or 0) for one in people]


def _share(one: PersonTalk) -> str:
    return "" if one.share is None else f"{one.share:.0%}"


def _asked(kinds: Mapping[QuestionKind, int] | None) -> str:
    return f"{kinds['open']}/{kinds['closed']}" if kinds else "0/0"


def _notes(talk: Talk, asked: bool) -> Iterator[str]:
    yield _HOW[talk.how]
    if talk.seconds - talk.known >= 1:
        yield f"Of {say_clock(talk.seconds)}, {say_clock(talk.known)} count."
    if asked:
        yield _QUESTIONS
