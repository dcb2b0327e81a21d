"""A conversation that was played more than once: what each take is called, and the takes side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from statistics import mean

from roleplay.analysis.ratings import Direction, direction_of
from roleplay.analysis.takes import Key, TakeSeen, compare_takes, conversations, takes_of
from roleplay.content.scales import OrderedScale
from roleplay.planning.plan import PlannedStep
from roleplay.planning.words import say_list
from roleplay.report.feedback import TakesLine, TakesPart
from roleplay.report.sources import Sources
from roleplay.session.forms import FormDue, forms_due
from roleplay.session.state import TrackState
from roleplay.session.texts import TextRef

_FIRST_WORDS = 12


def take_title(sources: Sources, track: TrackState, step: str) -> str:
    """The take that a step belongs to, as `Take 2: slower start`; nothing where there are not several."""
    take = takes_of(track).get(step)
    return _title(take.take, sources.label(track, take.id)) if take else ""


def form_take(sources: Sources, track: TrackState, due: FormDue) -> str:
    """The take that a form is about; nothing where the same is not asked about another take, too."""
    take = takes_of(track).get(due.step)
    takes = next((takes for takes in conversations(track) if take in takes), ())
    return take_title(sources, track, due.step) if due.rubric in _asked_again(sources, track, takes) else ""


def takes_parts(sources: Sources, track: TrackState, round: int | None, person: str) -> Iterator[TakesPart]:
    """What was said about one person in the takes of a round's conversations, side by side."""
    compared = compare_takes(sources.setting, track, sources.view, round, person)
    for takes in conversations(track):
        of_one = [take for take in compared if take.first == takes[0].id]
        part = _part(sources, track, of_one, _asked_again(sources, track, takes)) if of_one else None
        if part and (part.levels or part.own or part.markers or part.words):
            yield part


def _asked_again(sources: Sources, track: TrackState, takes: Sequence[PlannedStep]) -> set[str]:
    """The rubrics on which people write about more than one of these takes."""
    asked: Counter[str] = Counter()
    for take in takes:
        steps = (track.planned(step) for step, of in takes_of(track).items() if of.id == take.id)
        found = (forms_due(sources.setting, step, track.people_in(step)) for step in steps)
        asked.update({due.rubric for forms in found for due in forms})
    return {rubric for rubric, times in asked.items() if times > 1}


def _title(number: int, label: str) -> str:
    return f"Take {number}: {label}" if label else f"Take {number}"


def _part(sources: Sources, track: TrackState, takes: Sequence[TakeSeen], rubrics: Set[str]) -> TakesPart:
    return TakesPart(
        name=takes[0].step.name,
        takes=tuple(_title(take.step.take, sources.said(take.label)) for take in takes),
        levels=tuple(_levels(sources, [take.levels for take in takes], rubrics)),
        own=tuple(_levels(sources, [take.own for take in takes], rubrics)),
        markers=tuple(_markers(sources, takes)),
        words=tuple(_words(sources, track, takes, rubrics)),
        changed=_say_change(sources, takes),
    )


def _levels(sources: Sources, takes: Sequence[Mapping[Key, tuple[int, ...]]], rubrics: Set[str]) -> Iterator[TakesLine]:
    for id, rubric in sources.bundle.rubrics.items():
        for criterion in rubric.asked if id in rubrics else ():
            levels = [take.get((id, criterion.id), ()) for take in takes]
            if any(levels):
                scale = rubric.scale_of(criterion)
                yield TakesLine(
                    title=criterion.title,
                    takes=tuple(", ".join(dict.fromkeys(scale.describe(level) for level in of)) for of in levels),
                )


def _markers(sources: Sources, takes: Sequence[TakeSeen]) -> Iterator[TakesLine]:
    for id, rubric in sources.bundle.rubrics.items():
        for marker in rubric.markers:
            counts = [sum((m.rubric, m.marker) == (id, marker.id) for m in take.marks) for take in takes]
            if any(counts):
                yield TakesLine(title=marker.title, tone=marker.tone, takes=tuple(map(str, counts)))


def _words(sources: Sources, track: TrackState, takes: Sequence[TakeSeen], rubrics: Set[str]) -> Iterator[TakesLine]:
    asked = dict.fromkeys(key for take in takes for key in take.prompts if key[0] in rubrics)
    for key in asked:
        for by, due in {said.by: said.due for take in takes for said in take.prompts.get(key, ())}.items():
            said = [next((s.text for s in take.prompts.get(key, ()) if s.by == by), None) for take in takes]
            yield TakesLine(
                title=key[1],
                by=sources.writer(track, due),
                takes=tuple(_first_words(sources, ref) for ref in said),
            )


def _first_words(sources: Sources, ref: TextRef | None) -> str:
    words = sources.said(ref).split()
    return " ".join(words[:_FIRST_WORDS]) + (" …" if len(words) > _FIRST_WORDS else "")


def _say_change(sources: Sources, takes: Sequence[TakeSeen]) -> str:
    """What is different from the first take to the last: by what others saw, or else by what the person did."""
    seen = [(take.step.take, take.levels) for take in takes if take.levels]
    if len(seen) < 2:
        seen = [(take.step.take, take.own) for take in takes if take.own]
    if len(seen) < 2:
        return ""
    (first, before), (last, after) = seen[0], seen[-1]
    found: dict[Direction, list[str]] = {"higher": [], "lower": [], "same": []}
    for key in before:
        rubric = sources.bundle.rubrics[key[0]]
        criterion = rubric.criterion(key[1])
        if key in after and isinstance(rubric.scale_of(criterion), OrderedScale):
            found[direction_of(mean(after[key]) - mean(before[key]))].append(f"“{criterion.title}”")
    parts = [f"{say_list(found[way])} went {word}" for way, word in _MOVED.items() if found[way]]
    same = found["same"]
    if same:
        parts.append(("the rest stayed" if parts else "every level stayed") + " as it was")
    return f"From take {first} to take {last}, {', '.join(parts)}." if parts else ""


_MOVED: Mapping[Direction, str] = {"higher": "up", "lower": "down"}
