"""What happens in a conversation: given now, held back, or said aloud by somebody at the table."""

from __future__ import annotations

from pathlib import Path

from private_table import TALL
from samples import REMIX, SELECTION, TRIAD
from staging import Led, led
from textual.widgets import Static

from roleplay.tui.screens.card import CardScreen

PANEL = {
    **SELECTION,
    "roles": {**SELECTION["roles"], "rater": {"title": "Rater", "count": "2-3", "also": "State department"}},
    "script": [
        {
            "name": "Team at work",
            "kind": "play",
            "length": "6m",
            "injects": [
                {"at": "1m", "to": "candidate", "from": "The office", "say": "say/office"},
                {"at": "facilitator", "to": "candidate", "from": "rater", "say": "say/state"},
                {"at": "facilitator", "to": "everyone", "from": "rater", "say": "say/all"},
            ],
        }
    ],
}
NAMES = ("Ana", "Ben", "Chen", "Dee", "Eva")


def card(this: Led) -> str:
    """The card that is open, also what has to be scrolled to."""
    assert isinstance(this.pilot.app.screen, CardScreen)
    return "\n".join(str(part.content) for part in this.pilot.app.screen.query("#card Static").results(Static))


def happened(this: Led) -> list[tuple[str, str]]:
    """What was given and held back, in order."""
    kinds = {"inject-given": "given", "inject-held": "held"}
    return [(kinds[e.kind], getattr(e, "inject", "")) for e in this.happened if e.kind in kinds]


async def test_what_comes_by_itself_is_listed_with_its_time(tmp_path: Path) -> None:
    """Beside what comes when the facilitator chooses; what it says stands there for nobody."""
    async with led(tmp_path) as this:
        await this.go_to("1.1r1")
        await this.press("f5")
        for words in ("comes by itself at 03:00", "comes by itself at 02:00", "when you choose", "For everyone"):
            assert words in this.text
        assert "say/" not in this.text


async def test_something_held_back_does_not_come_until_it_is_given(tmp_path: Path) -> None:
    """The list says so; it can still be given later, or never."""
    async with led(tmp_path) as this:
        await this.go_to("1.1r1")
        await this.press("f5", "h")
        await this.at(200)
        assert happened(this) == [("held", "step-1"), ("given", "case-1")]
        assert "say/bell/everyone" not in this.text
        await this.press("f5")
        assert "held back; was to come at 03:00" in this.text
        await this.press("enter")
        assert happened(this)[-1] == ("given", "step-1")
        assert "say/bell/everyone" in this.text


async def test_something_can_be_given_before_its_time(tmp_path: Path) -> None:
    """Then it does not come a second time."""
    async with led(tmp_path) as this:
        await this.go_to("1.1r1")
        await this.press("f5", "enter")
        assert "say/bell/everyone" in this.text
        await this.at(200)
        assert happened(this) == [("given", "step-1"), ("given", "case-1")]


async def test_what_waits_for_the_facilitator_anyway_cannot_be_held_back(tmp_path: Path) -> None:
    """The key does nothing there, and the button is dim."""
    async with led(tmp_path) as this:
        await this.go_to("1.1r1")
        await this.press("f5", "down", "h")
        assert this.pilot.app.screen.query_one("#hold").disabled
        assert happened(this) == []


async def test_both_are_a_click_away(tmp_path: Path) -> None:
    """Holding back and giving have buttons."""
    async with led(tmp_path) as this:
        await this.go_to("1.1r1")
        await this.press("f5")
        await this.pilot.click("#hold")
        await this.settle()
        await this.press("f5")
        await this.pilot.click("#give")
        await this.settle()
        assert happened(this) == [("held", "step-1"), ("given", "step-1")]


async def test_f1_explains_the_list(tmp_path: Path) -> None:
    """And names its keys; closing it leads back to the list."""
    async with led(tmp_path, size=TALL) as this:
        await this.go_to("1.1r1")
        await this.press("f5", "f1")
        assert "What comes by itself can be held back" in this.text
        assert "injects.hold" in this.text
        await this.press("escape")
        assert "What can still happen" in this.text


async def test_whoever_says_it_gets_the_words_and_nobody_else_is_handed_them(tmp_path: Path) -> None:
    """The parent speaks as the other parent: the stage calls for the parent, and the leader hears it said."""
    async with led(tmp_path, REMIX) as this:
        await this.press("space")
        await this.at(125)
        assert "Card for Ben: show Ben the laptop" in this.text
        await this.press("enter", "enter", "escape")
        assert "Card for" not in this.text, "both were on the card"
    async with led(tmp_path / "again", {**REMIX, "cases": []}) as this:
        await this.press("space")
        await this.at(125)
        assert "Ben now speaks as The other parent: show Ben the laptop – press Enter" in this.text
        assert "Ana" not in next(row for row in this.rows if "now speaks" in row)
        assert "say/" not in this.text
        await this.press("enter", "enter")
        assert "You say this now, as The other parent:\nsay/phone/leader" in card(this)
        await this.press("escape")
        assert "now speaks" not in this.text


async def test_of_several_in_a_role_one_is_enough(tmp_path: Path) -> None:
    """Three candidates get the same note: one takes the laptop, and reads for whom it is."""
    async with led(tmp_path, PANEL, NAMES) as this:
        await this.press("space")
        await this.at(60)
        assert "Card for Candidate (3 people): show one of them the laptop" in this.text
        await this.press("enter")
        assert "Who takes the laptop?" in this.text
        assert "Dee" not in " ".join(row for row in this.rows if "Candidate" in row and "│" in row)
        await this.press("down", "enter", "enter")
        assert "From The office:\nsay/office" in card(this)
        assert "It is for all of you, also for Ana, Chen." in card(this)
        await this.press("escape")
        assert "Card for" not in this.text


async def test_of_several_who_may_speak_one_is_asked_for(tmp_path: Path) -> None:
    """Either rater speaks for the department."""
    async with led(tmp_path, PANEL, NAMES) as this:
        await this.press("space", "f5", "down", "enter")
        assert "Rater (Dee, Eva) now speaks as State department: show one of them the laptop" in this.text
        await this.press("enter")
        assert "Who says it, as State department?" in this.text
        await this.press("enter", "enter")
        assert "One of you says this now, as State department:\nsay/state" in card(this)


async def test_what_is_for_everyone_stands_on_the_stage_in_the_name_it_is_said(tmp_path: Path) -> None:
    """Nobody has to be called; on the own card it is theirs to say."""
    async with led(tmp_path, PANEL, NAMES) as this:
        await this.press("space", "f5", "down", "down", "enter")
        assert "State department says: say/all" in this.text
        assert "press Enter" not in this.text
        await this.press("f4")
        assert "State department says: say/all" in this.text


async def test_somebody_alone_reads_on_the_stage_what_to_say(tmp_path: Path) -> None:
    """With bots around there is nobody to hide it from, and nobody else to say it."""
    data = {**REMIX, "cases": []}
    async with led(tmp_path, data, ("Ana", "Ben", "Chen"), bots=("Ana", "Chen")) as this:
        await this.press("space")
        await this.at(125)
        assert "You say this now, as The other parent: say/phone/leader" in this.text
    async with led(tmp_path / "leader", data, ("Ana", "Ben", "Chen"), bots=("Ben", "Chen")) as this:
        await this.press("space")
        await this.at(125)
        assert "The other parent says: say/phone/leader" in this.text


async def test_a_note_from_outside_goes_to_those_it_is_for(tmp_path: Path) -> None:
    """Where nobody at the table says it, its reader is called, and after that nobody else."""
    async with led(tmp_path, TRIAD) as this:
        await this.go_to("1.1r1")
        await this.at(120)
        assert "Card for Ben: show Ben the laptop – press Enter" in this.text
