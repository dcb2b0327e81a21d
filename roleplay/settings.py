"""Where the owner's things are kept, and what the owner has set.

Everything lives in one folder that only its owner can read: the database, the owner's own
scenarios and rubrics, and `settings.toml`. A settings file is never needed: what it leaves
out has a default.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO, Any

from roleplay.problems import CommandProblem, FileProblems, Problem, nearest, reason_of

SAFETY_TEXT = """\
Everything has stopped, and nothing is being recorded. Nobody has to say why.
Take a breath. Stand up or step outside if that helps.
You can talk to the facilitator now or later, alone, or to someone you trust.
Go on when you are ready, go on with something else, or leave it here. All three are fine.
"""

_CHOICES = {"transcribe": ("during", "after", "by-hand"), "engine": ("", "whisper", "faster-whisper")}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the owner can set; the docstrings below are the manual, and `default_settings_text` repeats them."""

    safety_text: str = SAFETY_TEXT
    """What people read after a safety pause: what to do now, and where to turn."""
    bell: bool = True
    """Whether the terminal rings when a step ends or has little time left."""
    motion: bool = True
    """Whether anything on the screen may move or blink."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """For each action by its name (`roleplay keys` lists them), the keys that do it, with commas between them."""
    record_channels: int = 1
    """How many channels of a microphone are kept: 1, or 2 with the leader on the left and the partner on the right."""
    transcribe: str = "after"
    """When a recording is written down: "during" the session, "after" it was closed or left, or "by-hand"."""
    engine: str = ""
    """What writes it down: "whisper", "faster-whisper", or "" for the quicker one that is there."""
    model: str = "base"
    """The model it is written down with: a name that `roleplay models` lists, or the path of one."""
    language: str = ""
    """The language that is spoken, such as "en" or "de"; "" to find out from the sound."""
    keep_sound: str = "always"
    """How long sound is kept that was written down: "always", "until-transcribed", or so many days, as in "30d"."""


def home_folder() -> Path:
    """The folder of everything that is kept; it may not exist yet. `ROLEPLAY_HOME` moves it."""
    if chosen := os.environ.get("ROLEPLAY_HOME"):
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("roleplay", appauthor=False)


def scenario_folder() -> Path:
    """Where the owner's own scenarios are looked up by their names."""
    return home_folder() / "scenarios"


def rubric_folder() -> Path:
    """Where the owner's own rubrics are looked up by their names."""
    return home_folder() / "rubrics"


def database_path() -> Path:
    """Where sessions are kept."""
    return home_folder() / "roleplay.db"


def settings_path() -> Path:
    """Where the owner's settings are read from, if there are any."""
    return home_folder() / "settings.toml"


def private_folder(path: Path) -> Path:
    """Make `path` a folder that only its owner can enter, with all above it that is missing, or leave it as it is.

    Raises CommandProblem where it cannot be.
    """
    try:
        for each in (*reversed(path.parents), path):
            each.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise CommandProblem(
            f"The folder {path} cannot be used: {reason_of(error)}.",
            "Choose another one with ROLEPLAY_HOME, or ask the owner of this folder.",
        ) from error
    return path


def open_private(path: Path, mode: str = "w") -> IO[Any]:
    """Open a file that only its owner can read, made if needed, as `open` would; text is UTF-8."""
    stream: IO[Any] = open(  # noqa: SIM115 - the caller closes it, and Path.open takes no opener
        path,
        mode,
        encoding=None if "b" in mode else "utf-8",
        opener=lambda name, flags: os.open(name, flags, 0o600),
    )
    if os.name == "posix":
        os.fchmod(stream.fileno(), 0o600)
    return stream


def load_settings(path: Path | None = None, actions: Collection[str] | None = None) -> Settings:
    """Read the owner's settings, all defaults where there is no file.

    `actions` are the names that `keys` may use; without them any name is let through. Raises FileProblems with
    everything there is to mend, CommandProblem for a file that cannot be opened.
    """
    path = settings_path() if path is None else path
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise CommandProblem(f"The settings in {path} cannot be read: {reason_of(error)}.") from error
    return _Reading(str(path), content, actions).settings()


def default_settings_text() -> str:
    """A settings file in which every line is commented out and says what holds without it."""
    return f'''\
# Settings of roleplay. Take away the # before a line to change it.

# What people read after a safety pause: what to do now, and where to turn.
# Put the names and telephone numbers of your own place here.
#safety_text = """
{_commented(SAFETY_TEXT)}#"""

# Whether the terminal rings when a step ends or has little time left.
#bell = true

# Whether anything on the screen may move or blink.
#motion = true

# How many channels of a microphone are kept: 1, or 2 with the leader on the left and the partner on the right.
#record_channels = 1

# When a recording is written down: "during" the session, "after" it was closed or left, or "by-hand".
#transcribe = "after"

# What writes it down: "whisper", "faster-whisper", or "" for the quicker one that is there.
#engine = ""

# The model it is written down with: a name that `roleplay models` lists, or the path of one.
#model = "base"

# The language that is spoken, such as "en" or "de"; "" to find out from the sound.
#language = ""

# How long sound is kept that was written down: "always", "until-transcribed", or so many days, as in "30d".
#keep_sound = "always"

# For each action by its name (`roleplay keys` lists them), the keys that do it, with commas between them.
#[keys]
#stage.next = "right"
'''


def _commented(text: str) -> str:
    return "".join(f"#{line}" for line in text.splitlines(keepends=True))


class _Reading:
    """One pass over one settings file that collects every problem in it."""

    def __init__(self, file: str, content: bytes, actions: Collection[str] | None) -> None:
        self._file = file
        self._actions = actions
        self._problems: list[Problem] = []
        self._text = self._decode(content)

    def settings(self) -> Settings:
        values: dict[str, Any] = {}
        for key, value in self._parse().items():
            if (checked := self._check(key, value)) is not None:
                values[key] = checked
        self._stop_at_problems()
        return Settings(**values)

    def _decode(self, content: bytes) -> str:
        try:
            # Some editors put a byte order mark first, which TOML does not know.
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            self._problem(line, 1, "", "There is a letter here that is not UTF-8. Save the file as UTF-8.")
            raise FileProblems(self._problems) from error

    def _parse(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            where = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
            line, col = (int(where[1]), int(where[2])) if where else (len(self._text.split("\n")), 1)
            self._problem(
                line, col, "", "This cannot be read. A line is: name = value, with texts in quotes, and true or false."
            )
            raise FileProblems(self._problems) from error

    def _check(self, key: str, value: object) -> object:
        """The value as Settings holds it, or None where it has a problem."""
        match key:
            case "bell" | "motion":
                if isinstance(value, bool):
                    return value
                self._problem_at((key,), "Write true or false.")
            case "record_channels":
                if value in (1, 2) and not isinstance(value, bool):
                    return value
                self._problem_at((key,), "Write 1, or 2 for a microphone with a left and a right side.")
            case "transcribe" | "engine":
                if value in _CHOICES[key]:
                    return value
                choices = ", ".join(f'"{one}"' for one in _CHOICES[key])
                self._problem_at((key,), f"Write one of these: {choices}.")
            case "model":
                if isinstance(value, str) and value.strip():
                    return value.strip()
                self._problem_at((key,), "Write the name of a model in quotes. `roleplay models` lists them.")
            case "language":
                if isinstance(value, str) and re.fullmatch(r"([a-z]{2,3})?", value):
                    return value
                self._problem_at((key,), 'Write the two letters of a language, as in "en", or "" to find out.')
            case "keep_sound":
                if isinstance(value, str) and re.fullmatch(r"always|until-transcribed|[1-9]\d{0,4}d", value):
                    return value
                self._problem_at(
                    (key,), 'Write "always", "until-transcribed", or a number of days with the letter d, as in "30d".'
                )
            case "safety_text":
                if isinstance(value, str) and value.strip():
                    return value.strip() + "\n"
                self._problem_at((key,), "Write the text in quotes. It cannot be empty: people in need read it.")
            case "keys":
                if isinstance(value, dict):
                    return dict(self._keys((key,), value))
                self._problem_at((key,), "This is a heading, [keys], with a line for each action below it.")
            case _:
                known = [each.name for each in fields(Settings)]
                self._problem_at((key,), f"There is no such setting. {nearest(key, known)}".rstrip())
        return None

    def _keys(self, at: tuple[str, ...], table: dict[str, object]) -> list[tuple[str, str]]:
        """The actions of a table and their keys; a dot in an action's name makes TOML nest tables."""
        found = []
        for name, value in table.items():
            here = (*at, name)
            action = ".".join(here[1:])
            if isinstance(value, dict):
                found += self._keys(here, value)
            elif self._actions is not None and action not in self._actions:
                self._problem_at(here, f"There is no such action. {nearest(action, self._actions)}".rstrip())
            elif isinstance(value, str) and value.strip():
                found.append((action, ",".join(key.strip() for key in value.split(","))))
            else:
                self._problem_at(here, 'Write the keys in quotes, as in "p" or "p,space".')
        return found

    def _problem_at(self, path: tuple[str, ...], sentence: str) -> None:
        line = self._line_of(path)
        text = self._text.split("\n")[line - 1]
        self._problem(line, len(text) - len(text.lstrip()) + 1, ".".join(path), sentence)

    def _line_of(self, path: tuple[str, ...]) -> int:
        """The line where the value at `path` begins.

        It stands just below the last beginning of the file that is whole and does not hold the value yet, which is
        true however the value is written.
        """
        lines = self._text.split("\n")
        whole = 0
        for count in range(1, len(lines) + 1):
            try:
                place: object = tomllib.loads("\n".join(lines[:count]))
            except tomllib.TOMLDecodeError:
                continue
            for name in path:
                place = place.get(name) if isinstance(place, dict) else None
            if place is not None:
                break
            whole = count
        return whole + 1

    def _problem(self, line: int, col: int, key: str, sentence: str) -> None:
        self._problems.append(Problem(self._file, line, col, key, sentence))

    def _stop_at_problems(self) -> None:
        if self._problems:
            raise FileProblems(self._problems)
