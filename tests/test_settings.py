from __future__ import annotations

import ast
import inspect
import os
import stat
import tomllib
from pathlib import Path

import pytest

from roleplay import settings
from roleplay.problems import CommandProblem, FileProblems, Problem
from roleplay.settings import Settings, load_settings, open_private, private_folder


def problems_of(path: Path, text: str | bytes, actions: set[str] | None = None) -> list[Problem]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(FileProblems) as caught:
        load_settings(path, actions)
    return list(caught.value.problems)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_home_moves(home: Path) -> None:
    """ROLEPLAY_HOME moves everything that is kept, and asking where it is makes nothing."""
    assert settings.home_folder() == home
    assert settings.scenario_folder() == home / "scenarios"
    assert settings.rubric_folder() == home / "rubrics"
    assert settings.database_path().parent == settings.settings_path().parent == home
    assert not home.exists()


def test_home_by_default(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ROLEPLAY_HOME everything is kept in the user's own folder for data."""
    monkeypatch.delenv("ROLEPLAY_HOME")
    folder = settings.home_folder()
    assert folder.name == "roleplay"
    assert folder.is_relative_to(home.parent)
    assert folder != home


def test_home_with_a_tilde(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ROLEPLAY_HOME written with ~, or from the current folder, names one place wherever one goes later."""
    monkeypatch.setenv("ROLEPLAY_HOME", "~/class")
    assert settings.home_folder() == home.parent / "class"
    monkeypatch.setenv("ROLEPLAY_HOME", "class")
    assert settings.home_folder() == Path.cwd() / "class"


def test_private_folder(home: Path) -> None:
    """What is made is the owner's alone, the folders above it among them, whatever the system's habit."""
    before = os.umask(0)
    try:
        assert mode(private_folder(home / "a")) == 0o700
        assert mode(home) == 0o700
        with open_private(home / "a" / "words") as stream:
            stream.write("é")
    finally:
        os.umask(before)
    assert mode(home / "a" / "words") == 0o600
    assert (home / "a" / "words").read_bytes() == "é".encode()


def test_private_folder_that_is_there(tmp_path: Path) -> None:
    """A folder that somebody made is left as open as they made it."""
    tmp_path.chmod(0o755)
    private_folder(tmp_path)
    assert mode(tmp_path) == 0o755


def test_open_private_narrows(file: Path) -> None:
    """A file that others could read is closed to them when it is written."""
    file.write_text("")
    file.chmod(0o644)
    with open_private(file, "ab") as stream:
        stream.write(b"x")
    assert mode(file) == 0o600


def test_private_folder_in_the_way(file: Path) -> None:
    """Where a folder cannot be, the owner reads why and what to do."""
    file.write_text("")
    with pytest.raises(CommandProblem, match=r"cannot be used: file exists\..*ROLEPLAY_HOME"):
        private_folder(file)


def test_no_file() -> None:
    """Nobody needs a settings file."""
    assert load_settings() == Settings()


def test_everything_set(home: Path) -> None:
    """Each setting is read; an action's name may hold dots, and spaces between keys do no harm."""
    private_folder(home)
    (home / "settings.toml").write_text(
        'bell = false\nmotion = false\nsafety_text = """\nCall Ana.\n"""\n'
        '[keys]\npause = "p, space"\ntable.next = "n"\n'
    )
    assert load_settings(actions={"pause", "table.next"}) == Settings(
        safety_text="Call Ana.\n", bell=False, motion=False, keys={"pause": "p,space", "table.next": "n"}
    )


def test_recording_set(file: Path) -> None:
    """How things are recorded, written down and kept is set in plain words; a model may be a path."""
    file.write_text(
        'record_channels = 2\ntranscribe = "during"\nengine = "whisper"\nmodel = "~/models/tiny.pt"\n'
        'language = "de"\nkeep_sound = "30d"\n'
    )
    assert load_settings(file) == Settings(
        record_channels=2,
        transcribe="during",
        engine="whisper",
        model="~/models/tiny.pt",
        language="de",
        keep_sound="30d",
    )


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("record_channels = 3", "Write 1, or 2"),
        ("record_channels = true", "Write 1, or 2"),
        ('transcribe = "never"', '"during", "after", "by-hand"'),
        ('engine = "wisper"', '"", "whisper", "faster-whisper"'),
        ('model = ""', "roleplay models"),
        ('language = "German"', "two letters"),
        ('keep_sound = "0d"', '"30d"'),
        ('keep_sound = "a month"', '"until-transcribed"'),
        ("keep_sound = 30", "letter d"),
    ],
)
def test_recording_misset(file: Path, line: str, hint: str) -> None:
    """A setting about recordings that means nothing says what could stand there."""
    [problem] = problems_of(file, line)
    assert hint in problem.sentence


def test_written_elsewhere(file: Path) -> None:
    """A byte order mark and the line ends of another system do no harm."""
    file.write_bytes(b"\xef\xbb\xbfbell = false\r\nmotion = false\r\n")
    assert load_settings(file) == Settings(bell=False, motion=False)


def test_every_problem_at_once(file: Path) -> None:
    """All that is wrong is said in one pass, each where it stands, in the file's own words."""
    text = (
        '# mine\nsafety_text = """\nbell = "this is no setting"\n"""\nbel = true\n\nmotion = "no"\n'
        '  [keys]\n  pause = 4\n  paws = "p"\n'
    )
    assert [(p.line, p.col, p.key, p.sentence) for p in problems_of(file, text, {"pause"})] == [
        (5, 1, "bel", 'There is no such setting. Did you mean "bell"?'),
        (7, 1, "motion", "Write true or false."),
        (9, 3, "keys.pause", 'Write the keys in quotes, as in "p" or "p,space".'),
        (10, 3, "keys.paws", 'There is no such action. Did you mean "pause"?'),
    ]


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('bell = true\r\nsafety_text = """\r\n \r\n"""\r\n', 2, "safety_text"),
        ("\n[bell]\nloud = true\n", 2, "bell"),
        ('bell = true\nkeys = "p"\n', 2, "keys"),
        ("bell = true\nmotion = yes\n", 2, ""),
        ('bell = true\nsafety_text = """\nnever closed\n', 4, ""),
        (b'bell = true\nsafety_text = "caf\xe9"\n', 2, ""),
    ],
    ids=["empty-text", "heading", "no-heading", "yes", "open-quotes", "latin-1"],
)
def test_problem_line(file: Path, text: str | bytes, line: int, key: str) -> None:
    """A problem names the line where the value begins, however it is written."""
    [problem] = problems_of(file, text)
    assert (problem.file, problem.line, problem.key) == (str(file), line, key)


def test_unreadable(tmp_path: Path) -> None:
    """Settings that cannot be opened are the owner's to know, not silently the defaults."""
    with pytest.raises(CommandProblem, match="is a directory"):
        load_settings(tmp_path)


def test_default_text_changes_nothing(file: Path) -> None:
    """The settings file we hand out says nothing until a line is opened."""
    file.write_text(settings.default_settings_text())
    assert load_settings(file) == Settings()


def test_default_text_is_true() -> None:
    """Opened, each line of it says what holds without it."""
    opened = "\n".join(
        line if line.startswith("# ") else line.removeprefix("#")
        for line in settings.default_settings_text().splitlines()
    )
    said = tomllib.loads(opened)
    assert isinstance(said.pop("keys"), dict)
    assert Settings(**said) == Settings()
    assert set(said) | {"keys"} == set(Settings.__slots__)


def test_default_text_is_the_manual() -> None:
    """What the code says of a setting, the owner reads above it."""
    [body] = ast.parse(inspect.getsource(Settings)).body
    assert isinstance(body, ast.ClassDef)
    _, *manual = [ast.literal_eval(node.value) for node in body.body if isinstance(node, ast.Expr)]
    assert len(manual) == len(Settings.__slots__)
    for sentence in manual:
        assert f"# {sentence}\n" in settings.default_settings_text()
