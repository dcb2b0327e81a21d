"""Every key that an owner may change: its name, the key it has, and what it does.

The names are the ids of the bindings; the screens themselves are asked, so that none can be forgotten.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.keys import Keys, format_key

from roleplay.problems import nearest

_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})
_NAMED = frozenset(key.value for key in Keys) | {"space"}
_PACKAGES = ("screens", "panels", "widgets")


@dataclass(frozen=True, slots=True)
class Key:
    """A binding that an owner may change."""

    id: str
    keys: str
    """The keys it has by default, with commas between them."""
    does: str


def table() -> list[tuple[str, str, str]]:
    """For every action its name, its default keys, and what it does; ordered by name."""
    return [(key.id, key.keys, key.does) for key in all_bindings()]


def all_bindings() -> list[Key]:
    """Every binding that an owner may change, ordered by its name."""
    found: dict[str, Key] = {}
    for binding in (binding for node in _nodes() for binding in _own(node)):
        if binding.id and (says := binding.tooltip or binding.description):
            found.setdefault(binding.id, Key(binding.id, binding.key, says))
    return [found[id] for id in sorted(found)]


def keymap(keys: Mapping[str, str]) -> dict[str, str]:
    """What the owner set, without the names that mean nothing and keys that no keyboard has."""
    known = {key.id for key in all_bindings()}
    return {id: ",".join(good) for id, said in keys.items() if id in known and (good := _good(said))}


def trouble(keys: Mapping[str, str]) -> list[str]:
    """What cannot be done of what the owner set, in sentences."""
    known = {key.id for key in all_bindings()}
    said = []
    for id, wanted in keys.items():
        if id not in known:
            near = nearest(id, known)
            said.append(f"There is no action “{id}”. {near or '`roleplay keys` lists them.'}")
            continue
        said += [f"There is no key “{key}” ({id})." for key in _split(wanted) if not _is_key(key)]
    return said + list(_clashes(keymap(keys)))


def _clashes(changed: Mapping[str, str]) -> Iterator[str]:
    """Keys that would do two things on one screen because of what was changed."""
    told: set[frozenset[str]] = set()
    for node in _nodes():
        taken: dict[str, Binding] = {}
        for key, binding in _after(changed, node):
            other = taken.setdefault(_normal(key), binding)
            pair = frozenset({binding.id or binding.action, other.id or other.action})
            if len(pair) == 2 and pair not in told and {binding.id, other.id} & set(changed):
                told.add(pair)
                yield f"The key “{key}” has two tasks: {_task(other)} and {_task(binding)}. Give one another key."


def _after(changed: Mapping[str, str], node: type[DOMNode]) -> list[tuple[str, Binding]]:
    """The keys of a screen or widget with what they do, once the changes are made."""
    by_default: dict[str, Binding] = {}
    for binding in (*_own(_nodes()[0]), *_inherited(node)):
        by_default |= dict.fromkeys(map(_normal, _split(binding.key)), binding)
    moved = {binding.id: binding for binding in by_default.values() if binding.id in changed}
    kept = [(key, binding) for key, binding in by_default.items() if binding.id not in changed]
    return kept + [(key, binding) for id, binding in moved.items() if id for key in _split(changed[id])]


def _task(binding: Binding) -> str:
    what = binding.description or binding.action
    return f"“{what}” ({binding.id})" if binding.id else f"“{what}”"


def _good(said: str) -> list[str]:
    return [key for key in _split(said) if _is_key(key)]


def _split(said: str) -> list[str]:
    return [key for part in said.split(",") if (key := part.strip())]


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+") if key != "+" else [key]
    return set(modifiers) <= _MODIFIERS and (last in _NAMED or len(format_key(last)) == 1)


def _normal(key: str) -> str:
    return next(iter(Binding.make_bindings([Binding(key, "")]))).key


def _own(node: type[DOMNode]) -> Iterator[Binding]:
    listed: list[BindingType] = node.__dict__.get("BINDINGS", [])
    return (binding for binding in listed if isinstance(binding, Binding))


def _inherited(node: type[DOMNode]) -> Iterator[Binding]:
    for base in reversed(node.__mro__):
        if issubclass(base, DOMNode) and not issubclass(base, App):
            yield from _own(base)


@cache
def _nodes() -> tuple[type[Any], ...]:
    """The app first, then every screen and widget of ours."""
    from roleplay.tui.app import RoleplayApp

    found: dict[type[Any], None] = {RoleplayApp: None}
    for package in _PACKAGES:
        if importlib.util.find_spec(f"roleplay.tui.{package}") is None:
            continue
        inside = importlib.import_module(f"roleplay.tui.{package}")
        for module in pkgutil.iter_modules(inside.__path__, f"{inside.__name__}."):
            for thing in vars(importlib.import_module(module.name)).values():
                if isinstance(thing, type) and issubclass(thing, DOMNode) and thing.__module__.startswith("roleplay"):
                    found[thing] = None
    return tuple(found)


def say_key(key: str) -> str:
    """A key as it is written on keyboards: `Ctrl+Q`, `Page down`, `/`."""
    *modifiers, last = key.split("+")
    shown = format_key(last)
    return "+".join((*map(str.capitalize, modifiers), _PRINTED.get(shown, shown.capitalize())))


_PRINTED = {"pgdn": "Page down", "pgup": "Page up", "⏎": "Enter", "⌫": "Backspace", "del": "Delete"}
