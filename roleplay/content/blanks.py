"""Filling in the blanks of a scenario: `{who}` becomes what somebody wrote, wherever people read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from roleplay.content.scenario import Scenario
from roleplay.content.yaml_tree import Path
from roleplay.values import Value

if TYPE_CHECKING:
    from roleplay.content.bundle import Bundle

_BLANK = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")
_NEVER_FILLED = {"format", "title", "about", "audience", "practice", "source", "blanks", "occasions"}
"""Of the scenario itself: what people read when they choose it, and the questions."""


def fill(scenario: Scenario, answers: Mapping[str, str]) -> Scenario:
    """The scenario with its blanks filled; a blank without an answer stays open: `…`."""
    if not scenario.blanks:
        return scenario

    def written(match: re.Match[str]) -> str:
        id = match[1]
        return answers.get(id, "").strip() or "…" if id in scenario.blanks else match[0]

    parts = {name: getattr(scenario, name) for name in Scenario.model_fields}
    filled = {
        name: part if name in _NEVER_FILLED else _map(part, lambda words: _BLANK.sub(written, words))
        for name, part in parts.items()
    }
    # What was written may be longer than a line of a file, so that nothing is checked a second time.
    return Scenario.model_construct(**filled)


def fill_bundle(bundle: Bundle, answers: Mapping[str, str]) -> Bundle:
    """The same with the blanks of its scenario filled."""
    return bundle.model_copy(update={"scenario": fill(bundle.scenario, answers)})


def blanks_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every `{id}` in a value, with its path in the file."""
    if isinstance(value, str):
        yield from ((path, match[1]) for match in _BLANK.finditer(value))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from blanks_in(item, (*path, key))
    elif isinstance(value, tuple):
        for n, item in enumerate(value):
            yield from blanks_in(item, (*path, n))
    elif isinstance(value, Value):
        for name, field in type(value).model_fields.items():
            yield from blanks_in(getattr(value, name), (*path, field.alias or name))


def is_filled(path: Path) -> bool:
    """Whether blanks are filled in at a path of a scenario: not in the names of steps, which the plan is made with."""
    return path[0] not in _NEVER_FILLED and (path[0] != "script" or path[-1] != "name")


def _map(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _map(item, change) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_map(item, change) for item in value)
    if isinstance(value, Value):
        fields = {name: _map(getattr(value, name), change) for name in type(value).model_fields}
        return type(value).model_construct(**fields)
    return value
