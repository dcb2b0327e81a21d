"""A report in which nobody is called by name: people become their role, or a letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from roleplay.analysis.masking import Mask
from roleplay.report.parts import Report
from roleplay.session.state import State
from roleplay.values import Value

_KEPT = frozenset({"session", "scenario", "opened", "file", "key"})
"""What is no words: ids, times, files, keys."""


def mask_for(state: State, words: Mapping[str, str], names: bool, others: Iterable[str] = ()) -> Mask:
    """What hides the people of a session, and other words beside.

    Args:
        state: the session.
        words: text id to words.
        names: whether its people are hidden.
        others: what else is to be left out.
    """
    called = labels(state) if names else {}
    known = {id: words[person.name.id] for id, person in state.people.items() if person.name.id in words}
    several = Counter(known.values())
    return Mask(
        # Two people of one name cannot be told apart by it.
        {name: called[id] if several[name] == 1 else "Somebody" for id, name in known.items() if id in called},
        others,
    )


def labels(state: State) -> dict[str, str]:
    """What people are called instead of their names: by the round they lead, by a role that is theirs alone, or else by
    a letter."""
    told: dict[str, str] = {}
    for person in state.people:
        told |= {person: label} if (label := next(_roles(state, person), "")) else {}
    shared = {label for label, times in Counter(told.values()).items() if times > 1}
    letters = iter(_letters())
    return {
        person: told[person] if told.get(person, "") not in {"", *shared} else f"Person {next(letters)}"
        for person in state.people
    }


def _roles(state: State, person: str) -> Iterator[str]:
    """The round that somebody leads; where nothing rotates, their role."""
    scenario = state.setting.scenario
    several = len(state.tracks) > 1
    for track in state.tracks.values():
        for step in track.steps:
            role = step.plays(person)
            if role is None or (scenario.rotates and (role != scenario.leading_role or not step.round)):
                continue
            where = f" at {track.title}" if several else ""
            yield f"{scenario.roles[role].title}{f' of round {step.round}' if scenario.rotates else ''}{where}"


def _letters() -> Iterator[str]:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    yield from alphabet
    for first in alphabet:
        yield from (first + second for second in alphabet)


def mask_report(report: Report, mask: Mask) -> Report:
    """The same report with every word in it masked: names, notes, quotes, lines of transcripts."""
    masked: Report = _masked(report, mask)
    return masked


def _masked(value: Any, mask: Mask) -> Any:
    if isinstance(value, Value):
        fields = type(value).model_fields
        words = [name for name, field in fields.items() if name not in _KEPT and not _is_fixed(field.annotation)]
        return value.model_copy(update={name: _masked(getattr(value, name), mask) for name in words})
    if isinstance(value, str):
        return mask.hide(value)
    if isinstance(value, tuple):
        return tuple(_masked(one, mask) for one in value)
    if isinstance(value, Mapping):
        return {key: _masked(one, mask) for key, one in value.items()}
    return value


def _is_fixed(annotation: Any) -> bool:
    """Whether a field holds one of a few fixed words."""
    return get_origin(annotation) is Literal or any(_is_fixed(of) for of in get_args(annotation))
