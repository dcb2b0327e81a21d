"""A series with its scenarios, as somebody names it."""

from __future__ import annotations

from pathlib import Path

import pytest
from meetings import write_series

from roleplay.conduct.series import SeriesRun, load_played, load_series
from roleplay.content.bundle import Bundle
from roleplay.content.folders import Folders
from roleplay.problems import CommandProblem, FileProblems


@pytest.fixture
def own(tmp_path: Path) -> Folders:
    """A folder of one's own with a series in it."""
    write_series(tmp_path / "scenarios", tmp_path / "rubrics")
    return Folders((tmp_path / "scenarios",), (tmp_path / "rubrics",))


def test_a_series_brings_its_parts(own: Folders) -> None:
    """In order, each ready to be played, by its name or by its number."""
    run = load_series("debriefs", own)
    assert run.id == "debriefs"
    assert list(run.bundles) == ["part-1", "part-2", "part-3", "part-4"]
    assert run.titles == ("Debrief 1", "Debrief 2", "Debrief 3", "Debrief 4")
    assert run.part(4).scenario.title == "Debrief 4"
    assert [criterion.id for criterion in run.part(2).rubrics["own-2"].criteria] == ["asks", "sees", "own-2"]


def test_the_parts_are_looked_for_beside_the_file(tmp_path: Path, own: Folders) -> None:
    """A path leads to the series and to what lies with it."""
    run = load_played(str(tmp_path / "scenarios" / "debriefs.yaml"), Folders((), own.rubrics))
    assert isinstance(run, SeriesRun)
    assert run.part(1).id == "part-1"


def test_a_scenario_is_played_as_itself(own: Folders) -> None:
    """What is named may be either, and is not taken for the other."""
    assert isinstance(load_played("part-1", own), Bundle)
    with pytest.raises(CommandProblem, match="not a series"):
        load_series("part-1", own)
    with pytest.raises(CommandProblem, match="part-1"):
        load_played("part1", own)


def test_what_needs_mending_is_said(tmp_path: Path, own: Folders) -> None:
    """In the series itself, and in one of its parts."""
    part = tmp_path / "scenarios" / "part-3.yaml"
    whole = part.read_text(encoding="utf-8")
    part.write_text(whole.replace('"title": "Debrief 3"', '"titel": "Debrief 3"'), encoding="utf-8")
    with pytest.raises(FileProblems, match="part-3"):
        load_series("debriefs", own)
    part.unlink()
    with pytest.raises(FileProblems, match=r"debriefs\.yaml"):
        load_series("debriefs", own)
