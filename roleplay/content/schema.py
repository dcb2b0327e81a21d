"""The file formats as JSON Schema, so that editors complete keys and explain them as one types.

The words about a field are the docstring under it. They are read from the source here, and only here:
reading them whenever the program starts would cost more than all the models together.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from types import ModuleType
from typing import Any

from roleplay.content import rubric, scales, scenario, series, steps
from roleplay.content.kinds import MODELS, Kind
from roleplay.values import Value


def schema_text(kind: Kind) -> str:
    """The JSON Schema of one kind of file, as the text of a file."""
    model = MODELS[kind]
    schema = model.model_json_schema(by_alias=True, mode="validation")
    classes = {name: value for module in _MODULES for name, value in vars(module).items() if _is_model(value)}
    for name, definition in [(model.__name__, schema), *schema.get("$defs", {}).items()]:
        _describe(definition, classes[name])
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def field_words(model: type[Value]) -> dict[str, str]:
    """What is said about each field of a model, by the name of the field in code."""
    words: dict[str, str] = {}
    for ancestor in reversed(model.__mro__):
        if _is_model(ancestor):
            words |= _docstrings(ancestor)
    return words


_MODULES: tuple[ModuleType, ...] = (scales, rubric, steps, scenario, series)


def _is_model(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Value) and value is not Value


def _describe(definition: dict[str, Any], model: type[Value]) -> None:
    words = field_words(model)
    for name, field in model.model_fields.items():
        if name in words:
            definition["properties"][field.alias or name]["description"] = words[name]


def _docstrings(model: type) -> dict[str, str]:
    body = ast.parse(inspect.getsource(model)).body[0]
    assert isinstance(body, ast.ClassDef)
    pairs = zip(body.body, body.body[1:], strict=False)
    return {
        field.target.id: inspect.cleandoc(words.value.value).replace("\n", " ")
        for field, words in pairs
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(words, ast.Expr)
        and isinstance(words.value, ast.Constant)
        and isinstance(words.value.value, str)
    }


if __name__ == "__main__":
    sys.stdout.write(schema_text(sys.argv[1]))  # type: ignore[arg-type] # a developer's command, see the test
