"""Whether a rubric makes sense: by itself, with its core, and for what a scenario uses it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from roleplay.content.findings import Finding, say_unknown, twice
from roleplay.content.rubric import Rubric
from roleplay.content.scales import AgreementScale, LevelsScale, OrderedScale

Use = Literal["form", "forecast", "markers", "markers of several"]
"""What a scenario uses a rubric for; with markers of several, whoever taps first says whom they mean."""


def check_rubric(rubric: Rubric) -> Iterator[Finding]:
    """What makes no sense in a rubric."""
    yield from twice(("criteria",), [c.id for c in rubric.criteria], "id")
    yield from twice(("markers",), [m.id for m in rubric.markers], "id")
    yield from twice(("markers",), [m.key for m in rubric.markers], "key")
    yield from twice(("prompts",), [p.id for p in rubric.prompts], "id")
    if not (rubric.criteria or rubric.markers or rubric.prompts or rubric.core):
        yield (), 'is empty: give it "criteria", "markers" or "prompts"'
    if rubric.rows > 1 and not rubric.criteria:
        yield ("rows",), 'has nothing to repeat: each of the "criteria" is a column'
    if rubric.rows > 1 and rubric.core:
        yield ("rows",), 'cannot be used together with "core"'
    if rubric.core is None:
        yield from _check_criteria_of_markers(rubric, [c.id for c in rubric.criteria])
    for i, criterion in enumerate(rubric.criteria):
        scale, path = rubric.scale_of(criterion), ("criteria", i)
        if isinstance(scale, AgreementScale):
            if criterion.levels:
                yield (*path, "levels"), "is not used: the words of the scale say it all"
            continue
        if not isinstance(scale, LevelsScale):
            if criterion.levels:
                yield (*path, "levels"), f"is not used: this is answered with {_answers(scale.kind)}, not with levels"
            if criterion.evidence == "at-ends":
                yield (*path, "evidence"), 'must be "never" or "always": only levels have ends'
            continue
        missing = [str(level) for level in scale.ends if level not in criterion.levels]
        if missing:
            yield (*path, "levels"), f"needs to say what these levels look like: {', '.join(missing)}"
        for level in criterion.levels:
            if level not in scale.levels:
                levels = ", ".join(map(str, scale.levels))
                yield (*path, "levels", level), f"there is no level {level}; the levels are {levels}"


def check_core(rubric: Rubric, core: Rubric) -> Iterator[Finding]:
    """What makes no sense in a rubric together with the one that it has as its core."""
    if core.core:
        yield ("core",), f'has a core of its own, "{core.core}"; only one goes into another'
        return
    if core.rows > 1:
        yield ("core",), "is asked in rows, and cannot be a core"
    for key, own, there in (
        ("criteria", [c.id for c in rubric.criteria], [c.id for c in core.criteria]),
        ("markers", [m.id for m in rubric.markers], [m.id for m in core.markers]),
        ("prompts", [p.id for p in rubric.prompts], [p.id for p in core.prompts]),
    ):
        for i, id in enumerate(own):
            if id in there:
                yield (key, i, "id"), f'"{id}" is already used in the core, "{rubric.core}"'
    keys = {m.key: m.title for m in core.markers}
    for i, marker in enumerate(rubric.markers):
        if marker.key in keys:
            yield ("markers", i, "key"), f'"{marker.key}" is already used in the core, for “{keys[marker.key]}”'
    yield from _check_criteria_of_markers(rubric, [c.id for c in (*core.criteria, *rubric.criteria)])


def _check_criteria_of_markers(rubric: Rubric, criteria: list[str]) -> Iterator[Finding]:
    for i, marker in enumerate(rubric.markers):
        if marker.criterion and marker.criterion not in criteria:
            yield ("markers", i, "criterion"), say_unknown("criterion", marker.criterion, criteria)


def check_use(rubric: Rubric, use: Use) -> str:
    """Say why a rubric cannot be used for this, or nothing."""
    if use in ("markers", "markers of several") and not rubric.markers:
        return "this rubric has no markers to tap"
    digits = [marker.key for marker in rubric.markers if marker.key.isdigit()]
    if use == "markers of several" and digits:
        keys = " and ".join(digits)
        return (
            f"several people can be meant here, and digits choose the person: give markers letters in place of {keys}"
        )
    if use == "forecast" and not any(isinstance(rubric.scale_of(c), OrderedScale) for c in rubric.criteria):
        return "this rubric has no criterion with levels to forecast"
    if use == "form" and not (rubric.criteria or rubric.prompts):
        return "this rubric has nothing to fill in: no criteria and no prompts"
    return ""


def _answers(kind: str) -> str:
    return {"checklist": "seen or not seen", "count": "a count", "text": "words"}[kind]
