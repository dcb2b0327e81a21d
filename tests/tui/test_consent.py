"""Consent on the screens: nobody's yes is sent without that person, and nobody's no is seen by anybody else."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from classroom import a_class
from hearing import RECORDED
from looking import look
from private_table import SMALL, TALL
from staging import Led, led

from roleplay.conduct.runner import new_text
from roleplay.session import commands as c
from roleplay.session.events import Participant
from roleplay.session.hearing_commands import AnswerConsent
from roleplay.tui.screens.consent import ConsentScreen, PassOn
from roleplay.tui.screens.consent_answer import ConsentAnswerScreen
from roleplay.tui.screens.recording import RecordingDialog


async def press(this: Led, *keys: str) -> None:
    """Press one key after the other, with questions left open."""
    for key in keys:
        await this.pilot.press(key)
        await look(this.pilot)


@asynccontextmanager
async def asking(
    folder: Path, size: tuple[int, int] = SMALL, names: Sequence[str] = ("Ana", "Ben", "Chen")
) -> AsyncIterator[Led]:
    """The stage of a conversation that is to be recorded, with the page on which people are asked in front."""
    async with led(folder, RECORDED, names, size=size) as this:
        await press(this, "ctrl+l")
        assert isinstance(this.pilot.app.screen, ConsentScreen)
        yield this


def consents(this: Led) -> dict[str, bool]:
    """Who has answered what."""
    return dict(this.table.runner.state.consents)


async def test_the_laptop_goes_round_and_each_answers_with_one_key(tmp_path: Path) -> None:
    """The hand-over names the person, y or n answers, and the next one is named at once; then all hear the result."""
    async with asking(tmp_path) as this:
        await press(this, "f2")
        for name in ("Ana", "Ben", "Chen"):
            assert f"Hand the laptop to {name}." in this.text
            await press(this, "enter", "y")
        assert consents(this) == {"p1": True, "p2": True, "p3": True}
        assert "Everyone has said yes." in this.text
        await press(this, "enter")
        assert this.pilot.app.screen is this.stage


async def test_what_is_recorded_can_be_read_whole_before_answering(tmp_path: Path, size: tuple[int, int]) -> None:
    """What, where it stays, who hears it, stopping, taking back, and that a no needs no reason: without scrolling."""
    async with asking(tmp_path, size) as this:
        await press(this, "f2", "enter")
        assert this.text.startswith("Ana · may it be recorded?")
        for said in (
            "the sound of “Talk”",
            "on this computer",
            "those who were at the table",
            "stop it at any time",
            "can be taken back",
            "A no needs no reason",
            "y Yes, it may",
            "n No",
            "Done, hand it back",
        ):
            assert said in this.text


async def test_no_key_but_the_own_y_says_yes(tmp_path: Path) -> None:
    """Enter pressed once too often, keys at the hand-over, Esc, and leaving the page answer for nobody."""
    async with asking(tmp_path) as this:
        await press(this, "f2", "y", "n", "enter", "enter", "enter", "space")
        assert isinstance(this.pilot.app.screen, ConsentAnswerScreen)
        await press(this, "escape")
        assert "Hand the laptop to Ben." in this.text
        await press(this, "escape", "enter", "escape", "y", "n")
        assert consents(this) == {}
        assert this.table.events("consent-answered") == []


async def test_a_yes_is_only_ever_sent_for_the_one_who_was_named(tmp_path: Path) -> None:
    """“Later” goes past somebody; y then is the next one's, and the first is still to be asked."""
    async with asking(tmp_path) as this:
        await press(this, "f2", "right", "enter")
        assert "Hand the laptop to Ben." in this.text
        await press(this, "enter", "y")
        assert consents(this) == {"p2": True}
        await press(this, "escape")
        assert "Still to ask: Ana, Chen." in this.text


async def test_a_list_is_ticked_only_with_yes_and_kept_only_with_enter(tmp_path: Path) -> None:
    """A tick can be taken away before it counts; whoever has none has not answered, so that no no is seen."""
    async with asking(tmp_path) as this:
        await press(this, "a", "b", "b")
        assert consents(this) == {}
        await press(this, "enter")
        assert consents(this) == {"p1": True}
        assert "Not everyone has been asked yet." in this.text
        await press(this, "a", "f8", "enter")
        assert consents(this) == {"p1": True, "p2": True, "p3": True}
        assert "Everyone has said yes." in this.text


async def test_ticks_that_were_not_kept_are_asked_about_and_never_sent_unasked(tmp_path: Path) -> None:
    """Leaving with a tick asks whether it counts; no loses it."""
    async with asking(tmp_path) as this:
        await press(this, "a", "escape")
        assert "You ticked one name. Did they say yes?" in this.text
        await press(this, "escape")
        assert consents(this) == {}
        assert this.pilot.app.screen is this.stage
        await press(this, "ctrl+l", "a", "escape", "enter")
        assert consents(this) == {"p1": True}


@pytest.mark.parametrize("who_says_no", [0, 1, 2])
async def test_nothing_on_any_screen_tells_whose_no_it_was(tmp_path: Path, who_says_no: int) -> None:
    """After every key of the round, all that others can read is the same as if somebody else had said no."""

    async def round_of(refuser: int, folder: Path) -> list[str]:
        seen = []
        async with asking(folder) as this:
            await press(this, "f2")
            for number in range(3):
                await press(this, "enter", "n" if number == refuser else "y")
                if number < 2:
                    seen.append(this.text)
            seen.append(this.text)
            assert "Not everyone has said yes, so nothing is recorded." in this.text
            await press(this, "enter", "ctrl+l")
            assert isinstance(this.pilot.app.screen, RecordingDialog)
            seen.append(this.text)
            await press(this, "end", "enter")
            seen.append(this.text)
            await press(this, "escape", "f4")
            seen.append(this.text)
            await press(this, "f4", "f1")
            seen.append(this.text)
            await press(this, "f1")
            await this.press("space")
            seen.append(this.text)
            assert "Not recording: not everyone said yes" in this.text
            assert consents(this)[f"p{refuser + 1}"] is False
        return seen

    mine = await round_of(who_says_no, tmp_path / "one")
    other = await round_of((who_says_no + 1) % 3, tmp_path / "other")
    assert mine == other


async def test_a_no_looks_like_a_yes_while_others_are_still_to_be_asked(tmp_path: Path) -> None:
    """The page with the names says that somebody has answered, and no more."""

    async def page_after(key: str, folder: Path) -> str:
        async with asking(folder) as this:
            await press(this, "f2", "enter", key, "escape")
            assert "Ana has answered" in this.text
            return this.text

    assert await page_after("y", tmp_path / "yes") == await page_after("n", tmp_path / "no")


async def test_it_can_be_left_and_goes_on_where_it_was(tmp_path: Path) -> None:
    """Also once the first step runs, and from the window about recordings."""
    async with asking(tmp_path) as this:
        await press(this, "f2", "enter", "y", "escape", "escape")
        assert this.pilot.app.screen is this.stage
        await this.press("space")
        assert "Not recording yet: ^l asks on" in this.text
        await press(this, "ctrl+l")
        assert "Still to ask: Ben, Chen." in this.text
        await press(this, "enter", "f2")
        assert "Hand the laptop to Ben." in this.text


async def test_whoever_comes_later_is_waited_for(tmp_path: Path) -> None:
    """Everybody had said yes; with one more in the room, recording waits until that one was asked."""
    async with asking(tmp_path) as this:
        await press(this, "f8", "enter", "enter")
        await this.press("space")
        name = new_text("Dee")
        await this.table.runner.do(c.Arrive((Participant(id="p4", name=name.ref),)), [name])
        await this.settle()
        assert "Not recording yet: ^l asks on" in this.text
        await press(this, "ctrl+l")
        assert "Still to ask: Dee." in this.text


async def test_a_yes_is_taken_back_in_private_and_after_saying_what_is_erased(tmp_path: Path) -> None:
    """Nothing changes before the second question; then the yes is gone, and nobody is named."""
    async with asking(tmp_path) as this:
        await press(this, "f8", "enter", "enter", "ctrl+l", "end", "enter")
        assert "Who wants to answer anew?" in this.text
        await press(this, "down", "enter")
        assert "Hand the laptop to Ben." in this.text
        await press(this, "enter")
        assert "You have said yes. Press n to take it back." in this.text
        await press(this, "n")
        assert "Take your yes back?" in this.text
        assert consents(this)["p2"] is True
        await press(this, "enter")
        assert consents(this) == {"p1": True, "p2": False, "p3": True}
        assert this.pilot.app.screen is this.stage
        await press(this, "ctrl+l")
        assert "Not everyone has said yes, so nothing is recorded." in this.text


async def test_twenty_four_people_are_asked_with_two_keys_each(tmp_path: Path) -> None:
    """Enter at the hand-over, y or n at the page; a class of eight tables is done after 48 keys."""
    async with a_class(tmp_path, 24, RECORDED, TALL) as this:
        await this.pilot.press("ctrl+l", "f2")
        await look(this.pilot)
        for _ in range(24):
            await this.pilot.press("enter", "y")
            await this.pilot.pause()
        await look(this.pilot)
        assert len(this.state.consents) == 24
        assert all(this.state.consents.values())
        assert "Everyone has said yes." in this.text


async def test_a_whole_class_stands_on_one_page_of_names(tmp_path: Path, size: tuple[int, int]) -> None:
    """Each name has its key."""
    async with a_class(tmp_path, 24, RECORDED, size) as this:
        await this.pilot.press("ctrl+l")
        await look(this.pilot)
        assert "a ☐ Ana" in this.text
        assert "x ☐ Xia" in this.text
        assert "pgdn More" not in this.text


async def test_who_is_alone_with_bots_is_asked_without_a_hand_over(tmp_path: Path) -> None:
    """Nobody else looks, and bots are not asked."""
    async with led(tmp_path, RECORDED, bots=("Ben", "Chen")) as this:
        await press(this, "ctrl+l", "f2")
        assert isinstance(this.pilot.app.screen, ConsentAnswerScreen)
        await press(this, "y")
        assert consents(this) == {"p1": True}
        assert "Everyone has said yes." in this.text


async def test_where_nothing_is_to_be_recorded_nothing_is_said_about_it(tmp_path: Path) -> None:
    """No key, no word beside the clock."""
    plain = {**RECORDED, "script": [{"name": "Talk", "kind": "play", "length": "5m"}]}
    async with led(tmp_path, plain) as this:
        await press(this, "space", "ctrl+l")
        assert this.pilot.app.screen is this.stage
        assert "ecord" not in this.text


async def test_the_hand_over_says_no_more_than_the_name(tmp_path: Path) -> None:
    """Nothing of what is asked or answered stands there."""
    async with asking(tmp_path) as this:
        await press(this, "f2", "enter", "n")
        assert isinstance(this.pilot.app.screen, PassOn)
        assert "You have said" not in this.text
        await this.table.runner.do(AnswerConsent("p1", True))
        await look(this.pilot)
        assert "yes" not in this.text.split("Hand the laptop")[1].split("Later")[0]
