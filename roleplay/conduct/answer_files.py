"""Files of answers, which pages that need no network save: read, found whole or damaged, and written again.

The format is told by the script of those pages (`report/templates/offline.js`). A file names its session, its person
and what was played, and has a checksum over all of it, so that a file that was cut off on its way is noticed.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import ValidationError

from roleplay.problems import CommandProblem
from roleplay.values import Value

FORMAT = 1
LARGEST = 5_000_000
"""Bytes; a file that is larger was saved by no page."""

_PACKED = re.compile(r"BEGIN ROLEPLAY ANSWERS(.*?)(END ROLEPLAY ANSWERS|(?=BEGIN ROLEPLAY ANSWERS)|\Z)", re.DOTALL)
_AGAIN = "On the page nothing is lost: ask for it to be saved and sent once more."


class Written(Value):
    """One answer."""

    track: str
    key: str
    """Under which the draft of the same thing is kept: see `drafts.draft_key`; `marks/…` for tapped behaviours."""
    title: str = ""
    """What it answers, in words."""
    at: int
    """When it was last changed, as UTC milliseconds by the writer's clock."""
    fixed: bool = False
    """It stood before anything that came after it was written."""
    answer: dict[str, Any]
    why: str = ""
    """Why it could not be taken, where that was tried before."""

    @property
    def id(self) -> str:
        """Table and key together."""
        return f"{self.track} {self.key}"


class AnswerFile(Value):
    """What one person wrote."""

    roleplay: Literal["answers"] = "answers"
    format: int = FORMAT
    session: str
    scenario: str
    """The hash of the scenario that is played."""
    person: str
    name: str = ""
    saved: int
    """When it was saved, as UTC milliseconds by the writer's clock."""
    answers: tuple[Written, ...]
    checksum: str = ""


class NotAnswers(CommandProblem):
    """A file that no answers can be taken from."""


def texts_of(text: str) -> Iterator[str]:
    """The files in a text that somebody pasted: each packed one, or the text itself."""
    packed = list(_PACKED.finditer(text))
    if not packed:
        yield text
    yield from (match[0] for match in packed)


def parse_answers(text: str) -> AnswerFile:
    """Read a file of answers, as it was saved or as it was copied as text.

    Raises:
        NotAnswers: it is none, it is damaged, or another program saved it.
    """
    packed = _PACKED.search(text)
    if packed and not packed[2]:
        raise NotAnswers("The text is cut off: its last line, END ROLEPLAY ANSWERS, is missing.", _AGAIN)
    try:
        data = json.loads(_unpacked(packed[1]) if packed else text)
    except (ValueError, RecursionError) as error:
        if packed or text.lstrip().startswith("{"):
            raise NotAnswers("It is damaged or cut off.", _AGAIN) from error
        raise _no_answers() from error
    if not isinstance(data, dict) or data.get("roleplay") != "answers":
        raise _no_answers()
    if isinstance(data.get("format"), int) and data["format"] > FORMAT:
        raise NotAnswers("It was saved by a page of a newer program.", "Update roleplay, then import it again.")
    claimed = data.pop("checksum", None)
    try:
        if claimed != _checksum(data):
            raise NotAnswers("It was changed or damaged after it was saved.", _AGAIN)
        return AnswerFile.model_validate({**data, "checksum": claimed})
    except (ValidationError, UnicodeError, RecursionError) as error:
        raise NotAnswers("It is damaged: what is in it is not what a page saves.", _AGAIN) from error


def dump_answers(file: AnswerFile) -> str:
    """The same file as text, with its checksum."""
    data = file.model_dump(mode="json", exclude={"checksum"})
    return json.dumps({**data, "checksum": _checksum(data)}, ensure_ascii=False, indent=1) + "\n"


def _unpacked(packed: str) -> str:
    # On their way, messages are wrapped, indented and quoted.
    letters = re.sub(r"[^A-Za-z0-9+/=]", "", packed)
    try:
        return base64.b64decode(letters, validate=True).decode()
    except binascii.Error as error:
        raise ValueError from error


def _no_answers() -> NotAnswers:
    return NotAnswers("It is no file of answers.", "Those are saved by the pages that `roleplay forms` writes.")


def _checksum(data: dict[str, Any]) -> str:
    canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"{zlib.crc32(canonical.encode()):08x}"
