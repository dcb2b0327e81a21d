"""What works on this machine, and how to mend what does not."""

from __future__ import annotations

import locale
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from roleplay.extras import can_record, how_to_add
from roleplay.problems import CommandProblem, FileProblems
from roleplay.settings import database_path, home_folder, load_settings, private_folder, settings_path

_DISK_NEEDED = 200 * 1024 * 1024
_WIDE, _HIGH = 80, 24


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    good: bool
    sentence: str
    mend: str = ""

    def __str__(self) -> str:
        mark = "ok  " if self.good else "mend"
        mend = f"\n           {self.mend}" if self.mend else ""
        return f"{mark}  {self.what}: {self.sentence}{mend}"


def examine() -> list[Finding]:
    """Look at the machine; nothing is changed but that the data folder is made where it is missing."""
    return [*_program(), *_terminal(), *_folder(), *_disk(), *_sessions(), *_settings(), *_sound(), *_writing_down()]


def _program() -> Iterator[Finding]:
    from roleplay import __version__

    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding("Program", True, f"roleplay {__version__} with Python {version}")


def _terminal() -> Iterator[Finding]:
    if not sys.stderr.isatty():
        yield Finding("Terminal", True, "none here; lists, reports and rehearsals work without one")
        return
    wide, high = shutil.get_terminal_size()
    big = wide >= _WIDE and high >= _HIGH
    mend = "" if big else f"Make the window at least {_WIDE} columns wide and {_HIGH} lines high."
    yield Finding("Terminal", big, f"{wide} columns, {high} lines, {os.environ.get('TERM', 'of unknown kind')}", mend)
    encoding = (sys.stdout.encoding or locale.getpreferredencoding()).lower()
    utf8 = encoding.replace("-", "") == "utf8"
    yield Finding("Letters", utf8, encoding, "" if utf8 else "Set the language of the terminal to one with UTF-8.")


def _folder() -> Iterator[Finding]:
    home = home_folder()
    try:
        private_folder(home)
    except CommandProblem as problem:
        yield Finding("Data folder", False, problem.sentence, problem.mend)
        return
    if not os.access(home, os.W_OK | os.X_OK):
        yield Finding("Data folder", False, f"{home} cannot be written to", "Choose another one with ROLEPLAY_HOME.")
        return
    open_to = _open_to_others(home)
    private = not open_to
    mend = "" if private else f"Close it: chmod -R go= {' '.join(map(str, open_to))}"
    said = "readable by its owner only" if private else "others on this machine can read it"
    yield Finding("Data folder", private, f"{home}, {said}", mend)


def _open_to_others(home: Path) -> list[Path]:
    if os.name != "posix":
        return []
    looked = [home, *home.glob("roleplay.db*")]
    return [path for path in looked if stat.S_IMODE(path.stat().st_mode) & 0o077]


def _disk() -> Iterator[Finding]:
    folder = home_folder()
    if folder.is_dir():
        free = shutil.disk_usage(folder).free
        enough = free >= _DISK_NEEDED
        said = f"{free / 1024**3:.1f} GB free" if free >= 1024**3 else f"{free // 1024**2} MB free"
        yield Finding("Disk", enough, said, "" if enough else "Free some space: 200 MB are enough.")


def _sessions() -> Iterator[Finding]:
    from roleplay.store.sqlite import SqliteStore

    if not database_path().exists():
        yield Finding("Sessions", True, "none yet")
        return
    try:
        store = SqliteStore(database_path())
        try:
            rows = store.sessions()
            for row in rows:
                store.verify(row.id)
        finally:
            store.close()
    except CommandProblem as problem:
        yield Finding("Sessions", False, problem.sentence, problem.mend)
    else:
        yield Finding("Sessions", True, f"{len(rows)} kept, every journal is whole")


def _settings() -> Iterator[Finding]:
    try:
        load_settings()
    except FileProblems as error:
        yield from (
            Finding("Settings", False, str(problem), "Open the file and mend this line.") for problem in error.problems
        )
    except CommandProblem as problem:
        yield Finding("Settings", False, problem.sentence, problem.mend)
    else:
        path = settings_path()
        yield Finding("Settings", True, str(path) if path.exists() else f"defaults; your own go into {path}")


def _sound() -> Iterator[Finding]:
    """The bell is the terminal's own; a microphone is wanted for recordings alone."""
    yield Finding("Bell", True, "the terminal's own; if you hear none, switch it on in the terminal's settings")
    if not can_record():
        said = "what it takes to record is not installed, and not needed to play"
        yield Finding("Microphone", True, said, how_to_add("audio"))
        return
    from roleplay.audio.chosen import load_choices
    from roleplay.audio.devices import NoMicrophone, find_microphone

    try:
        wanted = load_choices(home_folder()).of()
        yield Finding("Microphone", True, find_microphone(wanted).name)
    except NoMicrophone as problem:
        # It need not be plugged in before somebody records.
        yield Finding("Microphone", True, problem.sentence, problem.mend)
    except CommandProblem as problem:
        yield Finding("Microphone", False, problem.sentence, problem.mend)


def _writing_down() -> Iterator[Finding]:
    """Which engine would be taken, and whether its model is here; nobody needs either to play."""
    from roleplay.transcription.models import find_model, models_here
    from roleplay.transcription.registry import KINDS

    try:
        settings = load_settings()
    except (CommandProblem, FileProblems):
        return
    here = [kind for kind in KINDS if kind.is_here]
    taken = next((kind for kind in KINDS if kind.name == settings.engine), here[0] if here else None)
    if taken is None:
        yield Finding("Writing down", True, "no engine is set up, and none is needed to play")
        return
    if taken not in here:
        said = f"{taken.name}, which your settings name, is not set up"
        yield Finding("Writing down", False, said, how_to_add(taken.extra))
        return
    models = ", ".join(model.name for model in models_here(taken.name)) or "none yet"
    said = f"{' and '.join(kind.name for kind in here)} set up; models for {taken.name}: {models}"
    try:
        find_model(taken.name, settings.model)
        mend = ""
    except CommandProblem as problem:
        mend = f"{problem.sentence} {problem.mend}"
    # A recording waits for its model, so nothing is wrong as long as there is none.
    yield Finding("Writing down", True, said, mend)
