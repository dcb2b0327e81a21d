"""YAML text becomes plain data, and every key and value keeps its place in the file.

The parser's events are read one by one, without recursion, so that a hostile or broken file
costs little: size, depth and count are capped, and references (which can multiply a file a
million times) are refused. Plain words stay words: `no` is not a boolean here, nor is `2026-01-31` a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]
Place = tuple[int, int]
"""Line and column, both counted from 1."""

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
MAX_NODES = 20_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"0|-?[1-9][0-9]{0,17}")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORGOTTEN = ""
"""Stands in the paths below a second equal key, which are read and then forgotten; no real key is empty."""
_STARTS = {"*": "a reference", "&": "an anchor", "!": "a tag"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the text itself that must be mended."""

    place: Place
    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Tree:
    """What a file says, and where: `data` is None where the text could not be read to its end."""

    data: Any = None
    faults: tuple[Fault, ...] = ()
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)

    def at(self, path: Path) -> Any:
        """The data at a path that exists; raises LookupError where it does not."""
        node = self.data
        for step in path:
            node = node[step]
        return node

    def place(self, path: Path) -> Place:
        """Where a person looks for this path: a plain value itself, a group or list at its key, else what holds it."""
        while path and path not in self.values:
            path = path[:-1]
        if path in self.keys and isinstance(self.at(path), dict | list | None):
            return self.keys[path]
        return self.values.get(path, (1, 1))

    def key_place(self, path: Path) -> Place:
        """Where the key of this path stands, or what holds it."""
        return self.keys.get(path) or self.place(path)


def say_path(data: Any, path: Path) -> str:
    """Say a path the way a person points at it: `script[2].steps[1].warn[0]`."""
    said = ""
    for step in path:
        if isinstance(data, list) and isinstance(step, int):
            said += f"[{step}]"
            data = data[step] if step < len(data) else None
        else:
            word = str(step) if re.fullmatch(r"[\w-]{1,60}", str(step)) else quote(step)
            said += f".{word}" if said else word
            data = data.get(step) if isinstance(data, dict) else None
    return said


def quote(value: object) -> str:
    """A user's word in quotation marks, on one line, short and harmless to a terminal."""
    text = " ".join(str(value).split())
    text = "".join(c if c.isprintable() else "?" for c in text)
    return f'"{text[:39]}…"' if len(text) > 40 else f'"{text}"'


def read_tree(content: bytes) -> Tree:
    """Turn the content of a YAML file into data and places; whatever is wrong with it comes back as faults."""
    builder = _Builder()
    try:
        text = _decode(content)
        for event in _events(text):
            builder.take(event)
    except _Stop as stop:
        return Tree(faults=(*builder.faults, stop.fault))
    return Tree(builder.root, tuple(builder.faults), builder.keys, builder.values)


class _Stop(Exception):
    """The text cannot be read any further."""

    def __init__(self, place: Place, sentence: str) -> None:
        self.fault = Fault(place, "", sentence)


def _decode(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise _Stop((1, 1), "is larger than 1 MB; a file here is a few pages of text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace")
        raise _Stop(_place_in(before, len(before)), "is not UTF-8 text; save it from your editor as UTF-8") from None
    odd = _UNPRINTABLE.search(text)
    if odd:
        sentence = f"has a character that is no text (code {ord(odd[0])}); delete it"
        raise _Stop(_place_in(text, odd.start()), sentence)
    return text


def _events(text: str) -> Iterator[Any]:
    loader = _Loader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    except yaml.MarkedYAMLError as error:
        raise _explain(text, error) from None
    except yaml.YAMLError:
        raise _Stop((1, 1), _UNREADABLE) from None
    finally:
        loader.dispose()


class _Builder:
    """Collects events into one value; `open` holds the groups and lists that have begun and not ended."""

    def __init__(self) -> None:
        self.root: Any = None
        self.faults: list[Fault] = []
        self.keys: dict[Path, Place] = {}
        self.values: dict[Path, Place] = {}
        self._open: list[tuple[Path, dict[Any, Any] | list[Any]]] = []
        self._key: list[Path | None] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        """Take the next event; raises _Stop at what makes the rest unreadable."""
        match event:
            case yaml.ScalarEvent():
                self._node(event)
                self._scalar(event)
            case yaml.MappingStartEvent():
                self._begin(event, {})
            case yaml.SequenceStartEvent():
                self._begin(event, [])
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._open.pop()
                self._key.pop()
            case yaml.AliasEvent():
                raise _Stop(_place(event), _starts_with("*"))
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise _Stop(_place(event), 'a second document starts here ("---"); a file holds only one')

    def _node(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _Stop(_place(event), f"has more than {MAX_NODES} entries; split it into several files")
        if event.anchor is not None:
            raise _Stop(_place(event), _starts_with("&"))
        if event.tag is not None:
            raise _Stop(_place(event), _starts_with("!"))

    def _begin(self, event: Any, value: dict[Any, Any] | list[Any]) -> None:
        self._node(event)
        if len(self._open) >= MAX_DEPTH:
            raise _Stop(_place(event), f"is nested more than {MAX_DEPTH} levels deep")
        if self._open and isinstance(self._open[-1][1], dict) and self._key[-1] is None:
            raise _Stop(_place(event), "a key must be a plain word; put quotes around text that contains { or [")
        path = self._put(event, value)
        self._open.append((path, value))
        self._key.append(None)

    def _scalar(self, event: Any) -> None:
        if event.style == '"':
            odd = _UNPRINTABLE.search(event.value)
            if odd:
                raise _Stop(_place(event), f"has a character that is no text (code {ord(odd[0])}); delete it")
        if self._open and isinstance(self._open[-1][1], dict) and self._key[-1] is None:
            self._begin_entry(event)
        else:
            self._put(event, _plain(event.value) if event.style in (None, "") else event.value)

    def _begin_entry(self, event: Any) -> None:
        """A key of the innermost group; the first of two equal ones counts."""
        path, group = self._open[-1]
        key = int(event.value) if not event.style and _INT.fullmatch(event.value) else event.value
        if key == "":
            raise _Stop(_place(event), "a key is missing before the colon")
        here = (*path, key)
        if key in group:
            before = self.keys[here][0]
            sentence = f"is written twice: the first stands on line {before}; keep one of the two"
            if _FORGOTTEN not in here:
                self.faults.append(Fault(_place(event), say_path(self.root, here), sentence))
            self._key[-1] = (*path, _FORGOTTEN)
        else:
            self.keys[here] = _place(event)
            self._key[-1] = here

    def _put(self, event: Any, value: Any) -> Path:
        """Put a finished or a just begun value where it belongs, and note its place."""
        path: Path = ()
        if not self._open:
            self.root = value
        else:
            holder_path, holder = self._open[-1]
            if isinstance(holder, list):
                path = (*holder_path, len(holder))
                holder.append(value)
            else:
                path = self._key[-1] or ()
                self._key[-1] = None
                if path in self.keys:
                    holder[path[-1]] = value
        self.values[path] = _place(event)
        return path


def _plain(text: str) -> Any:
    """What an unquoted word means; no key takes a fraction, so 1.50 stays as it was written."""
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INT.fullmatch(text) else text


def _starts_with(sign: str) -> str:
    return f'text cannot start with "{sign}" (to YAML it is {_STARTS[sign]}, not used here); put quotes around the text'


def _place(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _place_in(text: str, index: int) -> Place:
    lines = re.split(r"\r\n|\r|\n", text[:index])
    return len(lines), len(lines[-1]) + 1


_UNREADABLE = "cannot be read; look at spaces, quotes and colons here and on the line before"


def _explain(text: str, error: yaml.MarkedYAMLError) -> _Stop:
    """Say what a syntax error is, judged by what stands in the text at its place."""
    lines = text.splitlines() or [""]
    line, col = _within(lines, error.problem_mark or error.context_mark)
    began = _within(lines, error.context_mark) if error.context_mark else (line, col)
    here, start = lines[line - 1], lines[began[0] - 1][began[1] - 1 : began[1]]
    sign = here[col - 1 : col]
    for number, there in enumerate(lines[:line], start=1):
        if number >= began[0] and "\t" in there[: len(there) - len(there.lstrip())]:
            return _Stop((number, there.index("\t") + 1), "starts with a tab; use spaces instead")
    if sign == "\t":
        return _Stop((line, col), "has a tab here; use spaces instead")
    if start in ('"', "'"):
        if start == '"' and "\\" in here[max(col - 4, 0) : col]:
            return _Stop((line, col), r'has a backslash in double quotes; use single quotes, or write it twice ("\\")')
        return _Stop(began, f"a quotation mark ({start}) opens here and is not closed where it should be")
    if start in ("[", "{") and sign == ":" and began[0] == line:
        return _Stop((line, col), "has a second colon; put quotes around text that contains one, or a comma is missing")
    if start in ("[", "{"):
        return _Stop((line, col), f'"{start}" opened on line {began[0]} and is not closed, or a comma is missing')
    if sign in _STARTS:
        return _Stop((line, col), _starts_with(sign))
    if sign in ("@", "`", "%"):
        return _Stop((line, col), f'text cannot start with "{sign}"; put quotes around the text')
    before = here[: col - 1].strip()
    if sign == ":" and ": " in before:
        return _Stop((line, col), "has a second colon; put quotes around text that contains a colon and a space")
    if before.endswith(('"', "'")):
        return _Stop((line, col), "goes on after a closing quotation mark; put quotes around the whole text")
    if sign == "-" and before:
        return _Stop((line, col), "starts a list behind its key; start it on a line of its own")
    if not before or sign == ":":
        return _Stop((line, col), "does not fit the lines above; look at the spaces at its start and at colons above")
    return _Stop((line, col), _UNREADABLE)


def _within(lines: list[str], mark: Any) -> Place:
    """A mark's place, moved back into the text where it stands behind its end."""
    if mark.line >= len(lines):
        return len(lines), len(lines[-1]) + 1
    return mark.line + 1, mark.column + 1
