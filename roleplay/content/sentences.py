"""What is wrong with the shape of a file, in our words: pydantic's errors become one sentence for each place.

Sentences are chosen by the type of the error, by the key, and by what the models say may stand there;
pydantic's own English is never shown. A union that fails on every branch gives one sentence, not one for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from roleplay.content.durations import HOW_TO_WRITE
from roleplay.content.ids import as_id
from roleplay.content.rubric import ID_PATTERN, KEY_PATTERN, LINE_PATTERN
from roleplay.content.yaml_tree import Path, Place, Tree, quote
from roleplay.problems import nearest

_WHAT_TO_WRITE = {
    "format": 'write "format: 1"',
    "title": "give it a title in one line",
    "about": "say what or whom it is about",
    "roles": "name the roles that people play",
    "script": 'list the steps, each with "name", "kind" and "length"',
    "rotate": 'write "every-role", or "{in-turn: ROLE}"',
    "steps": "list the steps that repeat",
    "name": "give the step a name",
    "kind": "write which kind it is",
    "length": HOW_TO_WRITE,
    "id": "give it a short name in small letters, digits and hyphens",
    "cards": 'write a card for each role, or for "everyone"',
    "fact": "write the fact in one line",
    "at": 'write when it happens: "3m", or "facilitator"',
    "to": 'write which role gets it, or "everyone"',
    "say": "write what they read",
    "rubric": "write the name of a rubric",
    "by": "write which role fills in the form",
    "in-turn": "write the role whose people take their turn",
    "phase": 'write "reactions", "description", "analysis" or "application"',
    "ask": "write the question",
    "scale": 'write how to answer, such as "scale: {kind: checklist}"',
    "levels": "write each level with its number and a word, lowest first",
    "key": "write the key to press: one small letter or one digit",
    "series": "list the scenarios in order",
}
_CHOICES = {
    "at": 'must be a length of time such as "3m", or "facilitator"',
    "takes": 'must be "any", or a number from 1 to 20',
    "rotate": 'must be "every-role", or "{in-turn: ROLE}" with the name of a role',
}
_PATTERNS = {
    ID_PATTERN: 'must be small letters, digits and hyphens, such as "names-feeling"',
    LINE_PATTERN: "must be a single line",
    KEY_PATTERN: "must be one small letter or one digit",
}
_TYPES = {
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters",
    "too_short": "needs {min_length} or more entries",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_parsing_size": "must be a smaller number",
    "int_from_float": "must be a whole number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": 'must be a list: lines that begin with "- ", or [one, two]',
}
_GROUPS = ("dict_type", "model_type", "model_attributes_type")


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one path, and the place to look at."""

    path: Path
    place: Place
    sentence: str


@dataclass(frozen=True, slots=True)
class _Error:
    type: str
    path: Path
    about_key: bool
    context: dict[str, Any]


def explain(error: ValidationError, model: type[BaseModel], tree: Tree) -> Iterator[Finding]:
    """One finding for each path at which the data does not fit the model."""
    by_path: dict[Path, list[_Error]] = {}
    for details in error.errors(include_url=False, include_input=False):
        found = _locate(details["type"], details["loc"], tree.data, details.get("ctx", {}))
        by_path.setdefault(found.path, []).append(found)
    for path, errors in by_path.items():
        shapes = _shapes(model, tree.data, path)
        below = any(other[: len(path)] == path and other != path for other in by_path)
        if not (below and len(shapes) > 1 and _exists(tree.data, path)):
            yield _say(errors, path, shapes, model, tree)


def _locate(type: str, loc: tuple[str | int, ...], data: Any, context: dict[str, Any]) -> _Error:
    """Find the user's own path in pydantic's, which also names the branches of unions."""
    path: list[str | int] = []
    about_key, entered = False, True
    for number, step in enumerate(loc):
        if entered and isinstance(data, dict) and data.get("kind") == step:
            entered = False
        elif _has(data, step):
            path.append(step)
            data, entered = data[step], True
        elif step == "[key]":
            about_key = True
        elif type == "missing" and number == len(loc) - 1:
            path.append(step)
    if type.startswith("union_tag"):
        path.append("kind")
    return _Error(type, tuple(path), about_key, context)


def _say(errors: list[_Error], path: Path, shapes: list[Any], model: type[BaseModel], tree: Tree) -> Finding:
    error = next((e for e in errors if e.type != "literal_error"), errors[0])
    key = path[-1] if path else ""
    if error.type in ("missing", "union_tag_not_found"):
        hint = _WHAT_TO_WRITE.get(str(key), "")
        allowed = _allowed(shapes) if key == "kind" else []
        hint = f"{hint}: {_one_of(allowed)}" if allowed else hint
        return Finding(path, tree.key_place(path[:-1]), f"is missing: {hint}" if hint else "is missing")
    if error.type in ("extra_forbidden", "invalid_key"):
        return Finding(path, tree.key_place(path), _say_unknown(path, model, tree.data))
    if error.about_key:
        return Finding(path, tree.key_place(path), _say_value(error, key, shapes))
    value = tree.at(path)
    if value is None:
        hint = _WHAT_TO_WRITE.get(str(key), "write something, or delete it")
        return Finding(path, tree.key_place(path), f"is empty: {hint}")
    if error.type != "value_error" and len(shapes) > 1 and key in _CHOICES:
        return Finding(path, tree.place(path), _CHOICES[str(key)])
    if error.type == "value_error" and key == "at":
        return Finding(path, tree.place(path), _CHOICES["at"])
    if key == "format":
        return Finding(path, tree.place(path), f"this version reads format 1, not {quote(value)}")
    return Finding(path, tree.place(path), _say_value(error, value, shapes))


def _say_value(error: _Error, value: Any, shapes: list[Any]) -> str:
    if error.type == "value_error":
        return str(error.context["error"])
    if error.type == "string_type":
        if isinstance(value, dict) and any(inner is not None for inner in value.values()):
            return "must be text; put quotes around text that has a colon in it"
        if isinstance(value, dict | list):
            return "must be text; put quotes around text that starts with { or ["
        return f'must be text; put quotes around it: "{_as_written(value)}"'
    if error.type == "string_pattern_mismatch":
        return _say_pattern(error.context["pattern"], value)
    if error.type in ("literal_error", "union_tag_invalid"):
        allowed = _allowed(shapes)
        near = nearest(str(value), [str(a) for a in allowed])
        return f"must be {_one_of(allowed)}" + (f". {near}" if near else "")
    if error.type in _GROUPS:
        models = [shape for shape in shapes if _keys(shape)]
        keys = _needed(models[0]) or _keys(models[0]) if models else []
        return f"must be a group of keys, such as {', '.join(keys)}" if keys else 'must be lines of "name: text"'
    return _TYPES.get(error.type, "cannot be used here").format(**error.context)


def _say_pattern(pattern: str, value: Any) -> str:
    sentence = _PATTERNS[pattern]
    plain = as_id(str(value))
    return f'{sentence}. Did you mean "{plain}"?' if pattern == ID_PATTERN and plain else sentence


def _say_unknown(path: Path, model: type[BaseModel], data: Any) -> str:
    """A key that the file may not have: the nearest spelling, the kind of step it belongs to, or all the keys."""
    here = _shapes(model, data, path[:-1])
    known = list(dict.fromkeys(key for shape in here for key in _keys(shape)))
    near = nearest(str(path[-1]), known)
    owners = [
        quote(kind)
        for shape in _shapes(model, data, path[:-1], narrow=False)
        if path[-1] in _keys(shape)
        for kind in _allowed_kinds(shape)
    ]
    if owners and not near:
        return f"is not a key here; it belongs where the kind is {' or '.join(owners)}"
    return f"is not a key here. {near or 'The keys are ' + ', '.join(known) + '.'}"


def _allowed(shapes: list[Any]) -> list[Any]:
    """The words that may stand at a place: its literals, or else the kinds of the models."""
    literals = [word for shape in shapes if get_origin(shape) is Literal for word in get_args(shape)]
    return list(dict.fromkeys(literals or [kind for shape in shapes for kind in _allowed_kinds(shape)]))


def _allowed_kinds(shape: Any) -> tuple[Any, ...]:
    return get_args(shape.model_fields["kind"].annotation) if "kind" in _keys(shape) else ()


def _one_of(allowed: list[Any]) -> str:
    said = [quote(word) if isinstance(word, str) else str(word) for word in allowed]
    return " or ".join(filter(None, (", ".join(said[:-1]), said[-1])))


def _as_written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _has(data: Any, step: object) -> bool:
    if isinstance(data, list):
        return isinstance(step, int) and 0 <= step < len(data)
    return isinstance(data, dict) and step in data


def _exists(data: Any, path: Path) -> bool:
    for step in path:
        if not _has(data, step):
            return False
        data = data[step]
    return True


def _shapes(model: type[BaseModel], data: Any, path: Path, *, narrow: bool = True) -> list[Any]:
    """What may stand at a path: models, lists, literals and plain types; `narrow` keeps those that fit the data."""
    shapes: list[Any] = [model]
    for step in path:
        shapes = [inner for shape in _fitting(shapes, data) for inner in _inside(shape, step)]
        data = data[step] if _has(data, step) else None
    return _fitting(shapes, data) if narrow else shapes


def _fitting(shapes: list[Any], data: Any) -> list[Any]:
    """Of several models, those that the data's `kind`, or its lack of `rotate`, leaves."""
    if not isinstance(data, dict):
        return shapes
    named = [shape for shape in shapes if data.get("kind") in _allowed_kinds(shape)]
    turning = [shape for shape in shapes if ("rotate" in _keys(shape)) == ("rotate" in data)]
    return named or turning or shapes


def _inside(shape: Any, step: str | int) -> list[Any]:
    """What may stand one step further in."""
    if get_origin(shape) is tuple:
        return _flat(get_args(shape)[0])
    if get_origin(shape) is dict:
        return _flat(get_args(shape)[1])
    if not _keys(shape):
        return []
    return [
        inner
        for name, field in shape.model_fields.items()
        if (field.alias or name) == step
        for inner in _flat(field.annotation)
    ]


def _flat(annotation: Any) -> list[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _flat(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [inner for branch in get_args(annotation) for inner in _flat(branch) if inner is not type(None)]
    return [annotation]


def _needed(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items() if field.is_required()]


def _keys(shape: Any) -> list[str]:
    """The keys of a model as a file writes them; none of anything else."""
    if not (isinstance(shape, type) and issubclass(shape, BaseModel)):
        return []
    return [field.alias or name for name, field in shape.model_fields.items()]
