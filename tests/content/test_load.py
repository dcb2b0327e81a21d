"""Reading files: what is found where, what is never opened, and that no file makes the program stumble."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.load import check_files, load_bundle, load_file
from roleplay.content.rubric import Rubric
from roleplay.content.scenario import Scenario
from roleplay.content.series import Series
from roleplay.problems import CommandProblem, FileProblems

NEEDS = 'a scenario needs "roles" and "script", a rubric "scale" and "criteria", a series "series"'


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def sample(folders: Folders) -> str:
    return (folders.scenarios[0] / "talk.yaml").read_text(encoding="utf-8")


def test_the_kind_of_a_file_is_seen_from_its_keys(folders: Folders, tmp_path: Path) -> None:
    """A scenario, a rubric and a series are told apart without being named as such."""
    series = write(tmp_path / "s.yaml", "format: 1\ntitle: x\nseries: [talk]\n")
    loaded = [load_file(p) for p in (folders.scenarios[0] / "talk.yaml", folders.rubrics[0] / "small.yaml", series)]
    assert [one.kind for one in loaded] == ["scenario", "rubric", "series"]
    assert [type(one.value) for one in loaded] == [Scenario, Rubric, Series]
    assert [one.problems for one in loaded] == [(), (), ()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1:1: is empty"),
        ("# only a note\n", "1:1: is empty"),
        ("{}\n", "1:1: is empty"),
        ("- a\n", "1:1: must begin with keys such as format: 1"),
        ("just words\n", "1:1: must begin with keys such as format: 1"),
        (
            "format: 1\nscirpt: []\n",
            f'1:1: has no key that says what it is: {NEEDS}. Did you mean "script"?',
        ),
    ],
)
def test_a_file_of_no_kind(tmp_path: Path, folders: Folders, text: str, expected: str) -> None:
    """A file that is neither kind says what each kind needs."""
    path = write(tmp_path / "x.yaml", text)
    assert [str(problem) for problem in check_files([path], folders)] == [f"{path}:{expected}"]


def test_a_bundle_holds_the_scenario_and_its_rubrics(folders: Folders) -> None:
    """By its name a scenario is loaded with every rubric it names."""
    bundle = load_bundle("talk", folders)
    assert bundle.id == "talk"
    assert bundle.scenario.title == "A talk"
    assert bundle.rubrics["small"].title == "Small"


def test_a_scenario_does_not_hide_the_rubric_of_its_name(folders: Folders, tmp_path: Path) -> None:
    """A scenario that is called like a rubric still finds the rubric."""
    path = write(tmp_path / "own" / "small.yaml", sample(folders))
    assert load_bundle(str(path), folders).rubrics["small"].title == "Small"


def test_a_broken_rubric_beside_is_told_and_not_passed_over(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The author's own broken rubric is reported under its own name; the bundled one does not step in for it."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "own" / "mine.yaml", sample(folders))
    write(tmp_path / "own" / "small.yaml", "format: 1\ntitle: Own\nscale: {kind: checklist\n")
    expected = ['own/small.yaml:3:24: "{" opened on line 3 and is not closed, or a comma is missing']
    assert [str(problem) for problem in check_files(["own/mine.yaml"], folders)] == expected
    with pytest.raises(FileProblems) as caught:
        load_bundle("own/mine.yaml", folders)
    assert [str(problem) for problem in caught.value.problems] == expected


def test_a_problem_of_a_shared_rubric_is_told_once(folders: Folders, tmp_path: Path) -> None:
    """Two scenarios and the rubric itself, checked together, report the rubric's mistake once, by the name given."""
    rubric = folders.rubrics[0] / "small.yaml"
    write(rubric, rubric.read_text(encoding="utf-8").replace("criterion: hears", "criterion: hear"))
    shown = os.path.relpath(rubric)
    other = write(tmp_path / "other.yaml", sample(folders))
    found = check_files([shown, other, folders.scenarios[0] / "talk.yaml"], folders)
    assert [(problem.file, problem.key) for problem in found] == [(shown, "markers[0].criterion")]


@pytest.mark.parametrize(
    ("old", "new", "use"),
    [
        ("markers:\n  - {id: nods, key: n, title: Nods, criterion: hears}\n", "", "no markers to tap"),
        ("levels, levels: {1: Low, 2: High}", "checklist", "no criterion with levels to forecast"),
    ],
)
def test_a_rubric_that_does_not_fit_its_use(folders: Folders, old: str, new: str, use: str) -> None:
    """A rubric without markers cannot be tapped, one without levels cannot be forecast."""
    rubric = folders.rubrics[0] / "small.yaml"
    text = rubric.read_text(encoding="utf-8").replace(old, new)
    if "checklist" in new:
        text = text.replace("    levels: {1: No, 2: Yes}\n    evidence: at-ends\n", "")
    write(rubric, text)
    (problem,) = check_files([folders.scenarios[0] / "talk.yaml"], folders)
    assert problem.sentence == f"this rubric has {use}"


def test_a_name_inside_a_file_never_leaves_the_folders(folders: Folders, tmp_path: Path) -> None:
    """Neither a path nor a link out of the folders is followed from inside a file."""
    secret = write(tmp_path / "secret.yaml", (folders.rubrics[0] / "small.yaml").read_text(encoding="utf-8"))
    (folders.rubrics[0] / "linked.yaml").symlink_to(secret)
    text = sample(folders)
    for name, sentence in (
        ("../secret", "must be small letters"),
        ("/secret.yaml", "must be small letters"),
        ("linked", "there is no rubric"),
    ):
        path = write(tmp_path / "x" / "x.yaml", text.replace("forecast: small", f'forecast: "{name}"'))
        (problem,) = check_files([path], folders)
        assert problem.sentence.startswith(sentence)


def test_what_cannot_be_read_is_said_with_a_way_out(folders: Folders, tmp_path: Path) -> None:
    """A missing file, a folder and a pipe are the command's problems, with the nearest name where there is one."""
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere.yaml")
    for name, sentence, mend in (
        ("scenarios/tolk.yaml", "There is no file", 'Did you mean "talk.yaml"?'),
        ("x/y.yaml", "There is no file", "Look at its folder and its spelling."),
        ("scenarios", "is a folder.", "Name the files in it"),
        ("pipe.yaml", "is not a file that can be read.", "Save it as a file first."),
        ("link.yaml", "There is no file", ""),
        ("scenarios/talk.yaml/x", "cannot be opened", "Look at who may read it."),
        ("a\0b.yaml", "cannot be opened", "Look at who may read it."),
    ):
        with pytest.raises(CommandProblem) as caught:
            check_files([str(tmp_path / name)], folders)
        assert sentence in caught.value.sentence
        assert mend in caught.value.mend


def test_a_rubric_is_no_scenario(folders: Folders) -> None:
    """Playing a rubric is refused in words."""
    with pytest.raises(CommandProblem, match="is a rubric, not a scenario"):
        load_bundle(str(folders.rubrics[0] / "small.yaml"), folders)


def test_lines_may_end_as_any_system_ends_them(folders: Folders, tmp_path: Path) -> None:
    """A byte order mark and carriage returns change nothing."""
    text = sample(folders).replace("\n", "\r\n").encode("utf-8-sig")
    assert check_files([write(tmp_path / "x.yaml", text)], folders) == []


Change = Callable[[random.Random, list[str]], list[str]]


def _drop_line(chance: random.Random, lines: list[str]) -> list[str]:
    del lines[chance.randrange(len(lines))]
    return lines


def _double_line(chance: random.Random, lines: list[str]) -> list[str]:
    i = chance.randrange(len(lines))
    return [*lines[: i + 1], *lines[i:]]


def _swap_lines(chance: random.Random, lines: list[str]) -> list[str]:
    i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[i], lines[j] = lines[j], lines[i]
    return lines


def _indent(chance: random.Random, lines: list[str]) -> list[str]:
    i = chance.randrange(len(lines))
    lines[i] = chance.choice(["  ", " ", "\t", "- "]) + lines[i] if chance.random() < 0.5 else lines[i][2:]
    return lines


def _change_sign(chance: random.Random, lines: list[str]) -> list[str]:
    text = "\n".join(lines)
    i = chance.randrange(len(text))
    signs: list[str] = [*"{}[]:,-#&*!|>'\"%@`?\\ \t\n\x00", "\u2028", "\x85", "é", ": ", "- ", "…", ""]
    new = chance.choice(signs)
    rest = text[i + chance.choice([0, 1]) :]
    return (text[:i] + new + rest).split("\n")


def _change_value(chance: random.Random, lines: list[str]) -> list[str]:
    keyed = [i for i, line in enumerate(lines) if ": " in line]
    i = chance.choice(keyed)
    values = ["", "1", "-1", "1.5", "true", "no", "[]", "{}", "[x]", "{a: b}", "{kind: play}", "{kind: [1]}", "~"]
    values += ["every-role", "{in-turn: leader}", "9" * 30, "9" * 5000 + "s", "99h", "'", "../x", "everyone", "1_0"]
    key, _, _ = lines[i].partition(": ")
    lines[i] = f"{key}: {chance.choice(values)}"
    return lines


def _change_key(chance: random.Random, lines: list[str]) -> list[str]:
    keyed = [i for i, line in enumerate(lines) if ":" in line]
    i = chance.choice(keyed)
    key, _, value = lines[i].partition(":")
    indent = key[: len(key) - len(key.lstrip(" -"))]
    keys = ["kind", "rotate", "steps", "1", "true", "~", "[a]", "'a b'", "levels", "x" * 200, "each leader", "warn"]
    lines[i] = f"{indent}{chance.choice(keys)}:{value}"
    return lines


CHANGES: list[Change] = [
    _drop_line,
    _double_line,
    _swap_lines,
    _indent,
    _change_sign,
    _change_value,
    _change_key,
]


def test_a_thousand_broken_files(folders: Folders, tmp_path: Path) -> None:
    """However a file is broken, it passes or gets sentences of ours, each at a line that the file has."""
    chance = random.Random(20)
    root = bundled_folder()
    originals = [path.read_text(encoding="utf-8") for path in sorted(root.glob("*/*.yaml"))[:12]]
    originals += [path.read_text(encoding="utf-8") for path in sorted(tmp_path.glob("*/*.yaml"))] * 3
    places = Folders((*folders.scenarios, root / "scenarios"), (*folders.rubrics, root / "rubrics"))
    path = tmp_path / "broken.yaml"
    told = 0
    for _ in range(1000):
        lines = chance.choice(originals).split("\n")
        for change in chance.choices(CHANGES, k=chance.choice([1, 1, 2])):
            lines = change(chance, lines)
        path.write_text("\n".join(lines), encoding="utf-8")
        height = len(path.read_text(encoding="utf-8").splitlines())
        for problem in check_files([path], places):
            told += 1
            assert problem.file == str(path)
            assert 1 <= problem.line <= max(height, 1)
            assert problem.col >= 1
            assert problem.sentence
            assert "cannot be used here" not in problem.sentence
            assert str(problem).isprintable()
    assert told > 500
