"""The kinds of files, and how a file is seen to be of one: by its keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from roleplay.content.rubric import Rubric
from roleplay.content.scenario import Scenario
from roleplay.content.series import Series
from roleplay.problems import nearest

Kind = Literal["scenario", "rubric", "series"]
MODELS: dict[Kind, type[Scenario | Rubric | Series]] = {"scenario": Scenario, "rubric": Rubric, "series": Series}
_TELLING: dict[Kind, set[str]] = {
    "scenario": {"script", "roles", "cases", "groups", "blanks", "occasions"},
    "rubric": {"scale", "criteria", "markers", "prompts", "core", "rows"},
    "series": {"series", "opens"},
}


def kind_of(data: Mapping[object, object]) -> Kind | None:
    """The kind of file that most of its keys speak for; the keys that all kinds have say nothing."""
    best = max(_TELLING, key=lambda kind: sum(key in data for key in _TELLING[kind]))
    return best if any(key in data for key in _TELLING[best]) else None


def say_no_kind(data: Mapping[object, object]) -> str:
    """That no key says what a file is, with the key that may have been meant."""
    near = filter(None, (nearest(str(key), ("script", "roles", "scale", "criteria", "series")) for key in data))
    needs = 'a scenario needs "roles" and "script", a rubric "scale" and "criteria", a series "series"'
    return f"has no key that says what it is: {needs}. {next(near, '')}".strip()
