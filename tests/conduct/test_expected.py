"""Who was expected and has not come, over a crash and until the close."""

from __future__ import annotations

from pathlib import Path

from classroom import a_class
from samples import TRIAD, Play

from roleplay.conduct.expected import KEY, expected_draft, still_expected
from roleplay.conduct.roster import Guest
from roleplay.tui.screens.facilitator import FacilitatorScreen, leading_screen

ABSENT = (Guest("Zoe", email="zoe@school.example", tags={"cohort": "new"}, known="k-zoe"), Guest("Yan"))


def test_whoever_has_come_since_is_expected_no_more() -> None:
    """The list is as it was kept, without those who take part now; e-mails and tags are not in it."""
    play = Play.started(TRIAD, ("Zoe", "ben", "chen"))
    play.words = {id: "zoe" if text == "Zoe" else text for id, text in play.words.items()}
    kept = expected_draft(ABSENT)
    assert "example" not in kept
    assert "cohort" not in kept
    assert still_expected({KEY: kept}, play.state, play.words) == (Guest("Yan"),)
    assert still_expected({}, play.state, play.words) == ()


async def test_a_class_that_is_opened_again_offers_those_who_are_late(tmp_path: Path) -> None:
    """They stand beside the session until it is closed; then nothing of them is left."""
    async with a_class(tmp_path, 6) as this:
        runner, store = this.table.runner, this.table.store
        store.save_draft(runner.session, KEY, expected_draft(ABSENT))
        again = leading_screen(runner, store.drafts(runner.session))
        assert isinstance(again, FacilitatorScreen)
        assert [(guest.name, guest.known) for guest in again.absent] == [("Zoe", "k-zoe"), ("Yan", None)]
        await this.press("f10", "left", "enter")
        assert this.state.ended is not None
        assert store.drafts(runner.session) == {}
