"""Fetch a file over the network: what was half fetched goes on, and only what arrived whole is kept.

Bytes go into a file beside the wanted one, which gets its name once its checksum is right. Whatever goes wrong is said
in a sentence.
"""

from __future__ import annotations

import errno
import hashlib
import http.client
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from roleplay.problems import CommandProblem, reason_of
from roleplay.settings import open_private
from roleplay.store.files import say_size

BLOCK = 256 * 1024
PATIENCE = 30.0
"""Seconds without a byte after which the other side counts as gone."""
SPARE = 200 * 1024 * 1024
"""Bytes that stay free on the disk, for the sessions."""

Report = Callable[[int, int], None]
"""Told how many bytes are there, and how many there will be."""


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file, where it is fetched, and what proves that it arrived whole."""

    name: str
    address: str
    kind: Literal["sha256", "git"]
    """Large files have a SHA-256; small ones on a hub are known by the name that git gives to their contents."""
    checksum: str
    size: int | None = None
    """Bytes, where that is known before it is fetched."""

    def is_at(self, path: Path) -> bool:
        """Whether a file is this one, to the last bit."""
        begin = hashlib.sha256()
        if self.kind == "git":
            begin = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, lambda: begin).hexdigest() == self.checksum


def read_text(address: str) -> str:
    """A small page."""
    with _asked(urllib.request.Request(address)) as answer:  # noqa: S310 - only addresses of the catalogue
        text: str = answer.read().decode()
    return text


def fetch(file: RemoteFile, target: Path, report: Report) -> None:
    """Bring the file to `target`; its folder is there."""
    part = target.with_name(f"{target.name}.part")
    have = part.stat().st_size if part.exists() else 0
    if file.size is None or have < file.size:
        _fetch_rest(file, part, have, report)
    _check(file, part)
    part.replace(target)


def _fetch_rest(file: RemoteFile, part: Path, have: int, report: Report) -> None:
    request = urllib.request.Request(file.address)  # noqa: S310 - only addresses of the catalogue
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        answer = _asked(request)
    except _NothingLeft:
        return
    with answer:
        if answer.status != http.client.PARTIAL_CONTENT:
            have = 0
        size = have + int(answer.headers["Content-Length"])
        _see_that_it_fits(part, size - have)
        report(have, size)
        try:
            with open_private(part, "ab" if have else "wb") as stream:
                while block := answer.read(BLOCK):
                    stream.write(block)
                    have += len(block)
                    report(have, size)
        except (OSError, http.client.HTTPException) as error:
            raise _explain_stop(error, part) from error
    if have < size:
        raise CommandProblem(*_CUT_OFF)


_CUT_OFF = (
    "The connection broke off.",
    "What has arrived is kept: give the same command again, and it goes on from there.",
)


class Unreachable(CommandProblem):
    """There is no way to the other side from here."""


class _NothingLeft(Exception):
    """All of the file has been fetched before."""


def _asked(request: urllib.request.Request) -> http.client.HTTPResponse:
    host = request.host
    try:
        answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=PATIENCE)  # noqa: S310 - as above
    except urllib.error.HTTPError as error:
        if error.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise _NothingLeft from error
        raise CommandProblem(
            f"{host} does not hand out the model now (it answered {error.code}).",
            "Try again later, or bring a file from another machine: roleplay models --import PATH",
        ) from error
    except OSError as error:
        raise Unreachable(
            f"{host} cannot be reached from here.", "Is this machine connected to the internet?"
        ) from error
    return answer


def _see_that_it_fits(part: Path, missing: int) -> None:
    free = shutil.disk_usage(part.parent).free
    if free < missing + SPARE:
        raise CommandProblem(
            f"There is too little room on the disk: {say_size(missing)} are still to come, and {say_size(free)} are "
            f"free, of which sessions keep {say_size(SPARE)}.",
            "Free some space, or choose a smaller model.",
        )


def _explain_stop(error: Exception, part: Path) -> CommandProblem:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        # Sessions need the disk more than half a model does.
        part.unlink(missing_ok=True)
        return CommandProblem("The disk is full. What was fetched has been deleted again.", "Free some space first.")
    if isinstance(error, OSError) and error.filename is not None:
        return CommandProblem(f"{part} cannot be written: {reason_of(error)}.")
    return CommandProblem(*_CUT_OFF)


def _check(file: RemoteFile, part: Path) -> None:
    if not file.is_at(part):
        part.unlink()
        raise CommandProblem(
            f"{file.name} did not arrive as it was published: its checksum is wrong. It has been deleted.",
            "Give the same command again. Should that not help, something on the way changes what is fetched.",
        )
