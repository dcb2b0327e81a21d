"""Conversations in which several people are marked: who did what how often.

The facilitator gets the whole map, and everybody what they marked themselves. Whoever was marked gets the own row;
beside it stands how often others were marked, without names, where all are meant and enough of them stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from roleplay.analysis.markers import marker_counts
from roleplay.content.rubric import Rubric
from roleplay.content.steps import PlayStep
from roleplay.planning.plan import PlannedStep
from roleplay.report.parts import MapColumn, MapPart, MapRow, OwnMapLine, OwnMapPart
from roleplay.report.sources import Sources
from roleplay.report.takes import take_title
from roleplay.session.forms import marker_pairs, markers_of
from roleplay.session.state import FEWEST, Mark, Setting, TrackState
from roleplay.session.visible import FACILITATOR_VIEWER, marks_told, seen_marks


def map_parts(sources: Sources) -> Iterator[MapPart]:
    """Every map that the viewer may see, as far as he or she may see it."""
    viewer = sources.view.viewer
    for track, planned, subjects in _mapped(sources):
        seen = (mark for id, mark in sources.view.marks if id == track.id and mark.step == planned.id)
        marks = [mark for mark in seen if viewer.kind == "facilitator" or mark.by == viewer.person]
        found = markers_of(sources.setting, planned)
        if found is None or not marks:
            continue
        markers = found[1].markers
        yield MapPart(
            title=_title(sources, track, planned),
            table=track.title if len(sources.state.tracks) > 1 else "",
            mine=viewer.kind == "person",
            columns=tuple(MapColumn(marker=marker.title, key=marker.key, tone=marker.tone) for marker in markers),
            rows=tuple(
                MapRow(
                    person=sources.name(person),
                    role=sources.role(planned, person),
                    counts=_counts(marks, found, person),
                )
                for person in subjects
            ),
        )


def own_map_parts(sources: Sources) -> Iterator[OwnMapPart]:
    """The viewer's own row of each map of all who talk, once he or she may see it."""
    person = sources.view.viewer.person
    for track, planned, subjects in _mapped(sources):
        found = markers_of(sources.setting, planned)
        marks = seen_marks(sources.state, track, FACILITATOR_VIEWER)
        of_all = [mark for mark in marks if mark.step == planned.id]
        if found is None or person not in subjects or not of_all or not means_all(sources.setting, planned):
            continue
        if not marks_told(sources.state, track, planned, found[0]):
            continue
        own = [mark for id, mark in sources.view.marks if (id, mark.step, mark.about) == (track.id, planned.id, person)]
        others = [_counts(of_all, found, other) for other in subjects if other != person]
        shown = others if len(others) >= FEWEST else []
        yield OwnMapPart(
            title=_title(sources, track, planned),
            lines=tuple(
                OwnMapLine(
                    marker=marker.title,
                    key=marker.key,
                    tone=marker.tone,
                    count=sum(mark.marker == marker.id for mark in own),
                    at=tuple(sorted(m.into for m in own if m.marker == marker.id and m.into is not None)),
                    others=tuple(sorted(counts[n] for counts in shown)),
                )
                for n, marker in enumerate(found[1].markers)
            ),
        )


def _mapped(sources: Sources) -> Iterator[tuple[TrackState, PlannedStep, Sequence[str]]]:
    """Conversations that have begun in which several people are marked, with those people."""
    for track in sources.tracks:
        for planned in track.steps:
            pairs = marker_pairs(sources.setting, planned, track.people_in(planned))
            subjects = tuple(dict.fromkeys(about for _, about in pairs))
            if len(subjects) > 1 and track.has_begun(planned.id):
                yield track, planned, subjects


def means_all(setting: Setting, planned: PlannedStep) -> bool:
    """Whether all who talk are marked, so that the marks are a map of the talk; else they are feedback to somebody."""
    step = setting.step(planned)
    return isinstance(step, PlayStep) and step.markers is not None and step.markers.about == "everyone"


def _title(sources: Sources, track: TrackState, planned: PlannedStep) -> str:
    return ", ".join(part for part in (planned.name, take_title(sources, track, planned.id)) if part)


def _counts(marks: Iterable[Mark], found: tuple[str, Rubric], person: str) -> tuple[int, ...]:
    counts = marker_counts(marks, person)
    return tuple(counts.get((found[0], marker.id), 0) for marker in found[1].markers)
