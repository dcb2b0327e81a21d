"""Where a file is looked up that somebody means by a name or a path."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.content.folders import Folders, find_file
from roleplay.content.load import load_bundle
from roleplay.problems import CommandProblem


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def sample(folders: Folders) -> str:
    return (folders.scenarios[0] / "talk.yaml").read_text(encoding="utf-8")


def test_an_unknown_name_is_answered_with_the_nearest(folders: Folders) -> None:
    """A misspelt name gets the nearest one and the way to see all."""
    with pytest.raises(CommandProblem) as caught:
        load_bundle("tolk", folders)
    assert caught.value.sentence == 'There is no scenario "tolk".'
    assert caught.value.mend == 'Did you mean "talk"? "roleplay list" shows all.'


def test_a_path_is_a_path(folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ending, a separator, or a file of that very name make a reference a path; a known name stays a name."""
    monkeypatch.chdir(tmp_path)
    mine = sample(folders).replace("A talk", "Mine")
    write(tmp_path / "mine.yaml", mine)
    write(tmp_path / "sub" / "mine", mine)
    write(tmp_path / "mine", mine)
    write(tmp_path / "talk", mine)
    for ref in ("mine.yaml", "sub/mine", "mine"):
        assert load_bundle(ref, folders).scenario.title == "Mine"
    assert load_bundle("talk", folders).scenario.title == "A talk"


def test_the_first_folder_that_has_a_name_wins(folders: Folders, tmp_path: Path) -> None:
    """The owner's scenario stands before the bundled one of the same name, and so does a rubric beside the file."""
    mine = write(tmp_path / "own" / "talk.yml", sample(folders).replace("A talk", "Mine"))
    both = Folders((mine.parent, *folders.scenarios), folders.rubrics)
    assert load_bundle("talk", both).scenario.title == "Mine"
    rubric = (folders.rubrics[0] / "small.yaml").read_text(encoding="utf-8")
    write(mine.parent / "small.yaml", rubric.replace("title: Small", "title: Beside"))
    assert load_bundle("talk", both).rubrics["small"].title == "Beside"


def test_a_file_to_check_is_meant_by_its_name_or_its_path(folders: Folders, tmp_path: Path) -> None:
    """A name finds a scenario or a rubric; a path is taken as it is, and an unknown name gets the nearest."""
    assert find_file("talk", folders) == folders.scenarios[0] / "talk.yaml"
    assert find_file("small", folders) == folders.rubrics[0] / "small.yaml"
    assert find_file("x/y.yaml", folders) == Path("x/y.yaml")
    assert find_file(str(tmp_path), folders) == tmp_path
    with pytest.raises(CommandProblem, match='Did you mean "talk"'):
        find_file("tolk", folders)
