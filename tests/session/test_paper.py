"""What was written on paper and is typed in afterwards: an observer's marks, and all that comes after the close."""

from __future__ import annotations

import pytest
from samples import SELECTION, TRIAD, Play

from roleplay.analysis.markers import marker_counts
from roleplay.session import commands as c
from roleplay.session.decide import NotAllowed
from roleplay.session.events import Answer, TypedTap
from roleplay.session.evolve import fold
from roleplay.session.forms import FormDue, forms_due

TALK = "1.1r1"
FORM = "1.2r1/form/listening/chen/ana"


def sheet(*taps: TypedTap, step: str = TALK, by: str = "chen", about: str = "ana") -> c.TypeMarkers:
    """What Chen marked about Ana on paper."""
    return c.TypeMarkers("t1", step, by, about, taps)


NAMED = TypedTap(tap="p1", marker="names-feeling", into=72.0)
SLIPPED = TypedTap(tap="p2", marker="solves")


@pytest.fixture
def play() -> Play:
    """A triad after its first conversation."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    return play


def test_a_sheet_is_marked_like_any_other_conversation(play: Play) -> None:
    """Typed marks count, reach the leader, keep their time where somebody wrote it down, and can be folded again."""
    play.do(sheet(NAMED, SLIPPED))
    seen = [(mark.marker, mark.into, mark.on_paper) for _, mark in play.view("ana").marks]
    assert seen == [("names-feeling", 72.0, True), ("solves", None, True)]
    assert marker_counts(play.track().marks) == {("listening", "names-feeling"): 1, ("listening", "solves"): 1}
    assert fold(play.state.setting, play.events) == play.state


def test_a_sheet_typed_in_again_takes_the_place_of_the_first(play: Play) -> None:
    """Only what was typed last counts; marks that were tapped at the time stay."""
    play.do(sheet(NAMED, SLIPPED))
    play.do(sheet(TypedTap(tap="p3", marker="solves")))
    assert [mark.tap for mark in play.track().standing_marks()] == ["p3"]
    play.do(sheet())
    assert not play.track().standing_marks()


def test_a_mark_that_stays_on_a_corrected_sheet_stays_evidence(play: Play) -> None:
    """It keeps its id, so what rests on it goes on to; the id of another sheet's mark is refused."""
    play.do(sheet(NAMED, SLIPPED))
    answers, prompts = play.answers(play.due(FORM), 4, "said")
    answers["reflecting"] = Answer(value=4, taps=("p1",))
    play.do(c.SendForm("t1", FORM, answers, prompts))
    play.do(sheet(NAMED))
    assert [mark.tap for mark in play.track().standing_marks()] == ["p1"]
    play.do(c.SendForm("t1", FORM, answers, prompts))


def test_a_typed_mark_is_evidence(play: Play) -> None:
    """A level at the end of the scale can rest on a mark from paper."""
    play.do(sheet(NAMED))
    answers, prompts = play.answers(play.due(FORM), 4, "said")
    answers["reflecting"] = Answer(value=4, taps=("p1",))
    play.do(c.SendForm("t1", FORM, answers, prompts))
    assert FORM in play.track().forms


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (sheet(NAMED, step="1.1r2"), "has begun"),
        (sheet(NAMED, step="1.2r1"), "markers are tapped"),
        (sheet(NAMED, by="ben"), "Nobody here watched"),
        (sheet(NAMED, about="ben"), "Nobody here watched"),
        (sheet(TypedTap(tap="p1", marker="smiles")), "no such marker"),
        (sheet(TypedTap(tap="p1", marker="solves", into=-1)), "before the beginning"),
        (sheet(NAMED, NAMED), "already typed in"),
        (c.TypeMarkers("t9", TALK, "chen", "ana", ()), "no such table"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_in_words(play: Play, command: c.TypeMarkers, says: str) -> None:
    """Nothing is taken that nobody can have marked."""
    with pytest.raises(NotAllowed, match=says):
        play.do(command)


def test_paper_reaches_a_session_that_is_closed(play: Play) -> None:
    """Sheets, forms, what came out and journals are taken after the close; the clock stays closed."""
    play.go_to("2")
    play.do(c.End())
    play.do(sheet(NAMED))
    play.send(FORM, 3)
    play.do(c.TickFacts("t1", "1.2r1", "ben", ("ride",)))
    play.do(c.WriteLearned("t1", "1.2r1", "ana", play.text("There was no ride.")))
    play.do(c.WriteJournal("t1", "2", "ana", {0: play.text("Mine")}))
    assert FORM in play.track().forms
    for command in (c.Next(), c.Start(), c.TakeBackMarker("t1", "p1"), c.AskHelp("t1")):
        with pytest.raises(NotAllowed, match="closed"):
            play.do(command)


def test_a_sealed_rating_is_not_taken_after_the_close() -> None:
    """Whoever rates under seal rates before the others' ratings are shown."""
    play = Play.started(SELECTION, 4)
    while not any(due.sealed for due in asked(play)):
        play.do(c.Next())
    form = next(due.id for due in asked(play) if due.sealed)
    play.do(c.End())
    with pytest.raises(NotAllowed, match="sealed"):
        play.send(form)


def asked(play: Play) -> list[FormDue]:
    """The forms of the step the table is at."""
    track = play.track()
    return list(forms_due(play.state.setting, track.step, track.people)) if track.step else []


def test_a_take_that_has_a_sheet_is_not_taken_back() -> None:
    """Marks typed in for it later keep it, as a form would."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    play.do(c.Retake())
    play.do(c.Next())
    play.do(sheet(NAMED, step="1.1r1t2"))
    play.do(c.Undo())
    with pytest.raises(NotAllowed, match="already written"):
        play.do(c.Undo())
    assert play.view("chen").marks
