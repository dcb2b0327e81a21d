"""A first file of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.load import check_files, load_bundle, load_file
from roleplay.content.starter import StarterKind, copy_text, write_new
from roleplay.problems import CommandProblem

BUNDLED = Folders((bundled_folder() / "scenarios",), (bundled_folder() / "rubrics",))


@pytest.mark.parametrize("kind", ["scenario", "rubric"])
@pytest.mark.parametrize("name", ["A hard talk", "Été: \"no\" #3 {x} 'y'", "TITLE", "no", "2024"])
def test_a_new_file_passes_the_check(tmp_path: Path, kind: StarterKind, name: str) -> None:
    """Whatever it is called, a new file needs no mending and bears the name as its title."""
    path = write_new(kind, name, tmp_path / "new")
    assert check_files([path], BUNDLED) == []
    value = load_file(path).value
    assert value is not None
    assert value.title.lower() == name.lower()


def test_a_new_scenario_can_be_played(tmp_path: Path) -> None:
    """It comes with the bundled rubric that it names."""
    path = write_new("scenario", "lost-bag", tmp_path)
    bundle = load_bundle(str(path), BUNDLED)
    assert (bundle.id, bundle.scenario.title, list(bundle.rubrics)) == ("lost-bag", "Lost bag", ["listening"])


@pytest.mark.parametrize("kind", ["scenario", "rubric"])
def test_a_new_file_says_how_it_is_tried(tmp_path: Path, kind: StarterKind) -> None:
    """The commands in its first lines bear its own name, whatever stands in its title."""
    text = write_new(kind, "A NAME for TITLE", tmp_path).read_text(encoding="utf-8")
    commands = [line.split()[1:4] for line in text.splitlines() if line.startswith("#   roleplay ")]
    assert commands[0] == ["roleplay", "check", "a-name-for-title.yaml"]
    assert {command[2] for command in commands} == {"a-name-for-title.yaml"}
    assert '\ntitle: "A NAME for TITLE"\n' in text


def test_every_key_has_a_comment_near(tmp_path: Path) -> None:
    """The file teaches: no more than twelve lines in a row go without a comment."""
    for kind in ("scenario", "rubric"):
        run = 0
        for line in write_new(kind, "x", tmp_path / kind).read_text(encoding="utf-8").splitlines():
            run = 0 if "#" in line else run + 1
            assert run <= 12


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    """A second file of one name is refused and the first stays as it was."""
    path = write_new("rubric", "Mine", tmp_path)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(CommandProblem, match="already"):
        write_new("rubric", "mine", tmp_path)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["", "  ", "…", "../", "a\x1b[2J", "x" * 200])
def test_what_cannot_be_a_name(tmp_path: Path, name: str) -> None:
    """A name without a letter, with something unprintable, or without end, is refused before anything is written."""
    with pytest.raises(CommandProblem, match="cannot be the name of a file"):
        write_new("scenario", name, tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_name_is_no_path(tmp_path: Path) -> None:
    """Separators in a name never lead out of the folder."""
    assert write_new("scenario", "../../up/and out", tmp_path / "new").parent == tmp_path / "new"


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    """A file where the folder should be is said in words."""
    (tmp_path / "new").write_text("x", encoding="utf-8")
    with pytest.raises(CommandProblem, match="cannot be written"):
        write_new("scenario", "x", tmp_path / "new")


def test_a_copy_has_its_own_title_and_every_other_word() -> None:
    """What names the schema by where the file lies goes; a title that spans lines stays as it is."""
    original = "# yaml-language-server: $schema=../x.json\n#\n# A note.\nformat: 1\ntitle: Theirs  # old\nabout: Why.\n"
    assert copy_text(original, "Mine: own") == '# A note.\nformat: 1\ntitle: "Mine: own"\nabout: Why.\n'
    long = "title: >-\n  A long\n  title\nformat: 1\n"
    assert copy_text(long, "Mine") == long
