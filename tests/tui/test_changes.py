"""People come, go and change places from the facilitator's screen; each change is shown before it is done."""

from __future__ import annotations

from pathlib import Path

from classroom import Class, a_class

from roleplay.conduct.roster import Guest


def kinds(this: Class) -> list[str]:
    """The kinds of all events on the disk."""
    return [event.kind for event in this.happened]


async def test_somebody_who_was_expected_arrives_with_two_keys(tmp_path: Path) -> None:
    """Those who are absent are offered first; what would change is read before it happens, and stays below after."""
    async with a_class(tmp_path, 9, absent=[Guest("Zoe", known="k-zoe"), Guest("Yan")]) as this:
        await this.press("space", "right", "a")
        assert "Who arrives?" in this.text
        assert this.text.index("Zoe") < this.text.index("Yan") < this.text.index("not on the list")
        await this.press("enter")
        assert "This would change" in this.text
        assert "Zoe" in this.text
        assert "replanned" not in kinds(this)
        await this.press("enter")
        assert kinds(this).count("replanned") == 1
        assert sum(len(track.people) for track in this.state.tracks.values()) == 10
        assert "Zoe" in str(this.screen._log[-1])
        assert next(person.known for person in this.state.people.values() if person.id == "p10") == "k-zoe"
        await this.press("a")
        assert "Yan" in this.text.split("Who arrives?")[1]
        assert "Zoe" not in this.text.split("Who arrives?")[1].split("not on the list")[0]


async def test_a_name_is_typed_and_the_table_chosen(tmp_path: Path) -> None:
    """Whoever is on no list is typed in; the same name twice is told apart."""
    async with a_class(tmp_path, 9) as this:
        await this.press("space", "right", "a", *"Ana", "enter")
        assert "Ana (2)" in this.text
        await this.press("tab", "enter", "down", "enter")
        assert "This would change" in this.text
        await this.press("enter")
        assert "p10" in this.state.tracks["t2"].people


async def test_esc_in_the_preview_changes_nothing(tmp_path: Path) -> None:
    """There is a way out of every question."""
    async with a_class(tmp_path, 9) as this:
        await this.press("space", "right", "l", *"eva", "enter")
        assert "This would change" in this.text
        await this.press("escape")
        assert "replanned" not in kinds(this)
        for keys in (("a", "escape"), ("l", "escape"), ("p", "escape"), ("p", "down", "enter", "escape")):
            await this.press(*keys)
            assert this.pilot.app.screen is this.screen


async def test_somebody_leaves_and_comes_back(tmp_path: Path) -> None:
    """A few letters find them; a typed name that had left is asked about and never taken for somebody unasked."""
    async with a_class(tmp_path, 9) as this:
        await this.press("space", "right", "l", *"eva", "enter", "enter")
        assert [person.id for person in this.state.people.values() if person.gone] == ["p5"]
        assert "Eva" in str(this.screen._log[-1])
        await this.press("a", *"Eva", "enter")
        assert "Is this Eva, who had left?" in this.text
        await this.press("enter", "enter")
        assert not any(person.gone for person in this.state.people.values())
        assert len(this.state.people) == 9


async def test_two_people_swap_and_a_table_is_given_up(tmp_path: Path) -> None:
    """From the menu; a table without people is no longer shown."""
    async with a_class(tmp_path, ["Ana", "Ben", "Chen", "Dee", "Eva", "Fay"]) as this:
        await this.press("space", "right", "p", "down", "down", "enter", *"ana", "enter", *"fay", "enter", "enter")
        assert "p6" in this.state.tracks["t1"].people
        await this.press("l", *"dee", "enter", "enter", "l", *"eva", "enter", "enter")
        assert len(this.state.open_tracks) == 1
        assert not any(row.startswith(("  Table 2 ", "▸ Table 2 ")) for row in this.rows)


async def test_all_that_was_said_can_be_read_again(tmp_path: Path) -> None:
    """f6 shows it, the newest first."""
    async with a_class(tmp_path, 9) as this:
        await this.press("space", "right", "2", "plus", "f6")
        assert "What was said" in this.text
        assert this.text.index("1 minute more") < this.text.index("Read your card", this.text.index("What was said"))
