"""The commands for a class in a video call, as somebody types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from roleplay.cli import main


def roleplay(*arguments: str, stdin: str | None = None) -> Result:
    """Run a command; an exception that is no exit comes through as itself."""
    return CliRunner().invoke(main, arguments, input=stdin, prog_name="roleplay", catch_exceptions=False)


@pytest.mark.parametrize("ending", ["ics", "md", "html"])
def test_bells_are_written_as_the_name_of_the_file_ends(tmp_path: Path, ending: str) -> None:
    """And the day on which they begin is said."""
    file = tmp_path / f"bells.{ending}"
    done = roleplay("bells", "first-try", "--start", "18:30", "--date", "2026-12-01", "-o", str(file))
    assert "Tuesday, 1 December 2026, at 18:30 (UTC" in done.stderr
    assert file.stat().st_size > 500
    assert done.stdout == ""


def test_bells_of_a_session_are_those_of_its_own_plan() -> None:
    """Nothing is planned anew for a session that was set up."""
    roleplay("rehearse", "parent-conversation", "--people", "7", "--minutes", "45")
    of_session = roleplay("bells", "--session", "20", "--start", "9:00", "--date", "2026-12-01").stdout
    names = "a, b, c, d, e, f, g"
    planned = roleplay(
        *("bells", "parent-conversation", "--people", names, "--minutes", "45"),
        *("--start", "09:00", "--date", "2026-12-01"),
    ).stdout
    assert of_session == planned
    assert "| Table 2 |" in planned


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("first-try", "--start", "half six"), "“half six” is no time of day."),
        (("first-try", "--start", "18:30", "--date", "tomorrow"), "“tomorrow” is no day."),
        (("--start", "18:30"), "Name a scenario, or a session with --session."),
        (("first-try", "--start", "18:30", "--session", "x"), "Name a scenario, or a session with --session."),
        (("--session", "x", "--start", "18:30", "--minutes", "30"), "A session has its own people and times."),
        (("first-try", "--start", "18:30", "-o", "bells.pdf"), "Bells are not written as pdf."),
        (("first-try", "--start", "18:30", "--table", "Table 7"), "No table is called “Table 7”."),
    ],
)
def test_bells_say_what_is_wrong(arguments: tuple[str, ...], sentence: str) -> None:
    """In a sentence, with the status for a command that cannot be carried out."""
    done = roleplay("bells", *arguments)
    assert done.exit_code == 2
    assert sentence in done.stderr
