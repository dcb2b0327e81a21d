"""Who speaks: one key on the stage goes round those who talk, another says that nobody does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from private_table import SMALL, TALL
from samples import SELECTION, TRIAD
from staging import Led, led

from roleplay.session.state import FACILITATOR
from roleplay.tui import speaking

TALK: dict[str, Any] = {
    **TRIAD,
    "script": [
        {"rotate": "every-role", "steps": [{"name": "Talk", "kind": "play", "length": "5m", "markers": "listening"}]},
        {"name": "Journal", "kind": "journal", "length": "3m", "prompts": ["What will you keep?"]},
    ],
}
SEVERAL: dict[str, Any] = {**SELECTION, "script": [{"name": "Team at work", "kind": "play", "length": "6m"}]}
"""Three candidates and two raters who talk with each other, and no marker."""


def noted(this: Led) -> list[tuple[str | None, str]]:
    """What stands in the journal: who speaks, and who noted it."""
    return [(event.speaker, event.by) for event in this.table.events("speaker-set")]


async def test_one_key_goes_from_the_leader_to_the_partner_and_back(tmp_path: Path) -> None:
    """And another one says nobody; after that the leader comes first again. The observer has noted it."""
    async with led(tmp_path, TALK) as this:
        await this.press("space", "tab", "tab", "tab", "shift+tab", "tab")
        assert [speaker for speaker, _ in noted(this)] == ["p1", "p2", "p1", None, "p1"]
        assert {by for _, by in noted(this)} == {"p3"}


async def test_who_speaks_now_stands_beside_the_clock_and_no_count_with_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    """Before the first key it says whom the key notes; then who speaks, and who is next."""
    async with led(tmp_path, TALK, size=size) as this:
        await this.press("space")
        row = next(row for row in this.rows if "speaks" in row)
        assert "tab Ana speaks" in row
        await this.at(30)
        await this.press("tab")
        await this.at(60)
        await this.press("tab")
        row = next(row for row in this.rows if "speaks" in row)
        assert "▸ Ben speaks · tab Ana" in row
        assert not any(sign.isdigit() for sign in row)
        assert "%" not in this.text
        assert ("shift+tab nobody" in row) is (size == TALL)


async def test_it_goes_round_all_who_talk_and_needs_no_markers(tmp_path: Path) -> None:
    """All whose role is not to watch; the facilitator notes it where nobody watches."""
    async with led(tmp_path, SEVERAL, ("Ana", "Ben", "Chen", "Dee", "Eva")) as this:
        await this.press("space", *["tab"] * 6)
        assert [speaker for speaker, _ in noted(this)] == ["p1", "p2", "p3", "p4", "p5", "p1"]
        assert {by for _, by in noted(this)} == {FACILITATOR}


async def test_marks_and_the_speaker_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    """Letters stamp, tab notes, whichever comes first."""
    async with led(tmp_path, TALK, size=SMALL) as this:
        await this.press("space", "tab", "f", "tab", "s", "backspace", "tab")
        assert [speaker for speaker, _ in noted(this)] == ["p1", "p2", "p1"]
        assert [mark.marker for mark in this.table.track.standing_marks()] == ["names-feeling"]


async def test_outside_a_running_conversation_the_key_does_nothing(tmp_path: Path) -> None:
    """Before the start, while it is paused, and in a step that is no conversation; nothing is said of it either."""
    async with led(tmp_path, TALK) as this:
        await this.press("tab", "space", "space", "tab", "shift+tab")
        assert this.table.runner.state.phase("t1") == "paused"
        await this.press("space")
        await this.go_to("1")
        await this.press("tab", "shift+tab")
        assert noted(this) == []
        assert "speaks" not in this.text


async def test_the_next_conversation_begins_with_nobody(tmp_path: Path) -> None:
    """And with the one who leads it."""
    async with led(tmp_path, TALK) as this:
        await this.press("space", "tab", "right")
        assert "tab Ben speaks" in this.text
        await this.press("tab")
        assert noted(this)[-1] == ("p2", "p1")


async def test_the_mouse_notes_it_and_the_room_does_not_see_it(tmp_path: Path) -> None:
    """A click on the words does what the key does; the projector shows nothing of it."""
    async with led(tmp_path, TALK) as this:
        await this.press("space")
        y = next(n for n, row in enumerate(this.rows) if "speaks" in row)
        await this.pilot.click(offset=(this.rows[y].index("Ana speaks"), y))
        await this.settle()
        assert noted(this) == [("p1", "p3")]
        await this.press("f4")
        assert "speaks" not in this.text


async def test_a_bot_says_nothing_so_there_is_nothing_to_note(tmp_path: Path) -> None:
    """Whoever plays alone has no such key."""
    async with led(tmp_path, TALK, bots=("Ben", "Chen")) as this:
        await this.press("space", "tab")
        assert noted(this) == []
        assert speaking.noter(this.stage.shown) in ("p1", FACILITATOR)
