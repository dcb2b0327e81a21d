"""What happened in the conversations: to the facilitator beside the plan, to others what they saw."""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.analysis.bells import say_aloud
from roleplay.analysis.injects import InjectTold, injects_told
from roleplay.report.parts import Happened, InjectLine
from roleplay.report.sources import Sources
from roleplay.session.state import TrackState


def inject_lines(sources: Sources, track: TrackState) -> Iterator[InjectLine]:
    """What was set to happen at a table, and what became of it."""
    words = {(seen.track, seen.step, seen.id): seen.say for seen in sources.view.injects}
    for told in injects_told(sources.setting, track, sources.state.ended is not None):
        yield InjectLine(
            conversation=told.step.name,
            round=told.step.round,
            take=told.step.take,
            to=sources.title_of(told.inject.to),
            from_=sources.setting.scenario.origin_of(told.inject) or "",
            planned=told.planned,
            came=told.came,
            note=_note(told),
            say=words.get((track.id, told.step.id, told.id), ""),
        )


def _note(told: InjectTold) -> str:
    off = say_aloud(round(told.off))
    return {
        "on-time": "as planned",
        "early": f"{off} early, by hand",
        "late": f"{off} late",
        "by-hand": "by hand",
        "waiting": "not yet",
        "held-back": "held back",
        "never": "was not used" if told.planned is None else "did not happen: the step ended before",
    }[told.outcome]


def happened(sources: Sources) -> Iterator[Happened]:
    """What happened to the viewer, or what the viewer said, in the order in which it did."""
    for seen in sorted(sources.view.injects, key=lambda seen: seen.at):
        track = sources.state.tracks[seen.track]
        planned = track.planned(seen.step)
        yield Happened(
            conversation=planned.name,
            round=planned.round,
            take=planned.take,
            at=track.injects[seen.step][seen.id].into,
            to=sources.title_of(seen.to),
            from_=seen.from_ or "",
            mine=seen.mine,
            say=seen.say,
        )
