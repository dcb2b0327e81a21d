"""A microphone is remembered by its name, for all tables or for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from roleplay.audio.chosen import FILE, Choices, load_choices, save_choices
from roleplay.problems import CommandProblem


def test_a_table_has_its_own_before_the_one_for_all() -> None:
    """Titles are typed by hand, so large and small letters and spaces mean nothing."""
    choices = Choices().using("Webcam").using("Rode", "Table 2")
    assert [choices.of(table) for table in (None, "Table 1", " table  2 ")] == ["Webcam", "Webcam", "Rode"]
    assert choices.using("Yeti", "TABLE 2").tables == {"TABLE 2": "Yeti"}


def test_it_is_there_again(home: Path) -> None:
    """What was kept is read back, and only its owner can read it."""
    choices = Choices().using("Élan").using("Rode", "Table 2")
    save_choices(home, choices)
    assert load_choices(home) == choices
    assert (home / FILE).stat().st_mode & 0o077 == 0


def test_forgetting_one_table_or_all(home: Path) -> None:
    """One table falls back to the one for all; forgetting all leaves no file."""
    choices = Choices().using("Webcam").using("Rode", "Table 2")
    assert choices.forgetting("table 2").of("Table 2") == "Webcam"
    save_choices(home, choices)
    save_choices(home, choices.forgetting())
    assert not (home / FILE).exists()
    assert load_choices(home) == Choices()


@pytest.mark.parametrize("text", ["{", "[]", '{"everywhere": null}', '{"everywhere": null, "tables": 3}'])
def test_a_file_that_somebody_changed(home: Path, text: str) -> None:
    """It is said in a sentence, with the command that starts afresh."""
    home.mkdir()
    (home / FILE).write_text(text)
    with pytest.raises(CommandProblem, match="roleplay devices --forget"):
        load_choices(home)
