"""What people write: forms and their corrections, evidence, forecasts, journals, and what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from samples import FISHBOWL, SELECTION, TRIAD, Play, setting_of

from roleplay.content.rubric import Rubric
from roleplay.session import commands as c
from roleplay.session.decide import NotAllowed
from roleplay.session.events import Answer
from roleplay.session.state import FACILITATOR, Setting
from roleplay.session.tasks import tasks

FORM = "1.2r1/form/listening/chen/ana"
FORECAST = "1.0r1/forecast/listening/ana/ana"


@pytest.fixture
def play() -> Play:
    """A triad in its first feedback: Ana led, Ben was the parent, Chen observed and marked two moments."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.TapMarker("t1", "named", "names-feeling", "chen", "ana"), after=72)
    play.do(c.TapMarker("t1", "slip", "solves", "chen", "ana"), after=5)
    play.do(c.TakeBackMarker("t1", "slip"), after=1)
    play.go_to("1.2r1")
    return play


def send(play: Play, changes: Mapping[str, Answer | None], form: str = FORM) -> None:
    """Send a form that is good but for some answers; none leaves an answer out."""
    answers, prompts = play.answers(play.due(form), 3, "said")
    changed = {**answers, **changes}
    play.do(c.SendForm("t1", form, {id: a for id, a in changed.items() if a is not None}, prompts))


def test_not_observed_is_an_answer_and_not_a_zero(play: Play) -> None:
    """“Not observed” is taken on every scale and keeps no value; a count of none is a zero."""
    play.send(FORM, level=None)
    send(play, {"questions": Answer(value=0)})
    unseen, corrected = play.track().forms[FORM]
    assert {(a.observed, a.value, a.text) for a in unseen.answers.values()} == {(False, None, None)}
    assert (corrected.answers["questions"].observed, corrected.answers["questions"].value) == (True, 0)
    with pytest.raises(NotAllowed, match="has no level"):
        send(play, {"questions": Answer(observed=False, value=0)})


def test_a_corrected_form_keeps_both_versions(play: Play) -> None:
    """What was sent first stays beside the correction, numbered, and the last one counts."""
    play.send(FORM, level=2)
    play.send(FORM, level=3)
    [form] = [form for form in play.view(FACILITATOR).forms if form.due.id == FORM]
    assert [(v.version, v.answers["reflecting"].value) for v in form.versions] == [(1, 2), (2, 3)]
    assert form.last.version == 2


@pytest.mark.parametrize("level", [1, 4])
def test_the_lowest_and_the_highest_level_need_evidence(play: Play, level: int) -> None:
    """With `evidence: at-ends` a level at the end comes with a marker or with a quote."""
    with pytest.raises(NotAllowed, match="needs evidence"):
        send(play, {"reflecting": Answer(value=level)})
    send(play, {"reflecting": Answer(value=level, taps=("named",))})
    send(play, {"reflecting": Answer(value=level, quote=play.text("I hear you"))})
    assert len(play.track().forms[FORM]) == 2


@pytest.mark.parametrize("level", [2, 3])
def test_a_level_in_the_middle_needs_no_evidence(play: Play, level: int) -> None:
    """Between the ends a level stands by itself."""
    send(play, {"reflecting": Answer(value=level)})
    assert len(play.track().forms[FORM]) == 1


def test_evidence_is_a_marker_that_stands(play: Play) -> None:
    """A marker that was taken back, or that nobody tapped, proves nothing."""
    for tap in ("slip", "nothing"):
        with pytest.raises(NotAllowed, match="taken back"):
            send(play, {"reflecting": Answer(value=4, taps=(tap,))})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reflecting": None}, "choose a level"),
        ({"reflecting": Answer(value=9)}, "choose one of the levels"),
        ({"reflecting": Answer(value=True)}, "choose one of the levels"),
        ({"silence": Answer(value=1)}, "seen or not seen"),
        ({"questions": Answer(value=-1)}, "whole number"),
        ({"moment": Answer()}, "write a few words"),
        ({"kindness": Answer(value=3)}, "does not ask"),
    ],
)
def test_an_answer_fits_its_scale(play: Play, changes: Mapping[str, Answer | None], says: str) -> None:
    """A form with an answer that its scale does not know is refused whole, and nothing of it is kept."""
    with pytest.raises(NotAllowed, match=says):
        send(play, changes)
    assert FORM not in play.track().forms


def test_a_question_that_must_be_answered_is(play: Play) -> None:
    """A prompt is optional unless the rubric says otherwise."""
    answers, prompts = play.answers(play.due(FORM), 3, "said")
    play.do(c.SendForm("t1", FORM, answers, {"noticed": prompts["noticed"]}))
    with pytest.raises(NotAllowed, match="What did you notice"):
        play.do(c.SendForm("t1", FORM, answers, {"next": prompts["next"]}))


@pytest.mark.parametrize("form", ["1.2r1/form/listening/ana/ana", "1.2r9/form/listening/chen/ana", "nonsense"])
def test_only_what_is_asked_can_be_sent(play: Play, form: str) -> None:
    """A form that the script asks of nobody is refused."""
    with pytest.raises(NotAllowed, match="Nobody is asked"):
        play.do(c.SendForm("t1", form, {}))


def test_a_form_is_not_sent_before_its_step(play: Play) -> None:
    """The next round's form is known, but its step has not begun."""
    with pytest.raises(NotAllowed, match="filled in later"):
        play.send("1.2r2/form/listening/ana/ben")


def test_a_form_can_be_sent_late(play: Play) -> None:
    """A form stays open when its step is over, also when the table has finished."""
    play.go_to("3")
    play.do(c.Next())
    play.send(FORM)
    assert FORM in play.track().forms


def test_a_forecast_is_made_before_the_conversation() -> None:
    """Before it can be changed; once the conversation has been played it cannot, whatever is retaken later."""
    play = Play.started(TRIAD)
    play.go_to("1.0r1")
    play.send(FORECAST, level=4)
    play.send(FORECAST, level=2)
    assert len(play.track().forms[FORECAST]) == 2
    play.go_to("1.2r1")
    with pytest.raises(NotAllowed, match="made before the conversation"):
        play.send(FORECAST)
    play.do(c.Retake())
    with pytest.raises(NotAllowed, match="made before the conversation"):
        play.send(FORECAST)


def test_a_forecast_is_open_again_when_the_start_was_taken_back() -> None:
    """A conversation that was begun by mistake has not been played."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.Undo())
    play.send(FORECAST)
    assert FORECAST in play.track().forms


def test_a_forecast_looks_ahead_to_the_next_conversation() -> None:
    """Where two conversations follow each other, the first does not close, or show, the forecast for the second."""
    first = {"name": "First", "kind": "play", "length": "1m", "ends": "by-hand"}
    look = {"name": "Look ahead", "kind": "prepare", "length": "1m", "forecast": "felt-heard", "ends": "by-hand"}
    play = Play.started(FISHBOWL, 2, script=[first, look, {**first, "name": "Second"}])
    play.go_to("1")
    play.send("1/forecast/felt-heard/ana/ana", level=2)
    assert play.view(FACILITATOR).forms == ()


def test_the_partner_ticks_before_either_is_shown_and_neither_changes_it_after(play: Play) -> None:
    """Both may change their answer until both are in; from then on each has seen the other's."""
    for came_out in (("ride",), ("ride", "sister")):
        play.do(c.TickFacts("t1", "1.2r1", "ben", came_out))
    play.do(c.WriteLearned("t1", "1.2r1", "ana", play.text("the ride")))
    with pytest.raises(NotAllowed, match="already been shown"):
        play.do(c.TickFacts("t1", "1.2r1", "ben", ()))
    with pytest.raises(NotAllowed, match="already been shown"):
        play.do(c.WriteLearned("t1", "1.2r1", "ana", play.text("and the sister")))


def test_what_came_out_is_asked_of_leader_and_partner_only(play: Play) -> None:
    """Nobody else, for no other round, and about no fact that the case does not have."""
    for command in (
        c.TickFacts("t1", "1.2r1", "chen", ("ride",)),
        c.WriteLearned("t1", "1.2r1", "ben", play.text("x")),
        c.TickFacts("t1", "1.2r2", "chen", ("ride",)),
        c.TickFacts("t1", "1.2r1", "ben", ("dog",)),
    ):
        with pytest.raises(NotAllowed):
            play.do(command)


def test_with_two_partners_one_answer_shown_is_enough_to_close_the_leaders() -> None:
    """As soon as the leader is shown what one partner ticked, the leader's own words stand."""
    roles = {**TRIAD["roles"], "parent": {"title": "Parent", "count": 2}}
    play = Play.started(TRIAD, 4, roles=roles, groups={"size": 4})
    play.go_to("1.2r1")
    play.do(c.TickFacts("t1", "1.2r1", "ben", ("ride",)))
    play.do(c.WriteLearned("t1", "1.2r1", "ana", play.text("the ride")))
    assert [facts.came_out for facts in play.view("ana").facts] == [("ride",), None]
    with pytest.raises(NotAllowed, match="already been shown"):
        play.do(c.WriteLearned("t1", "1.2r1", "ana", play.text("all of it")))


def test_a_journal_is_written_here_or_on_paper() -> None:
    """With words, or ticked as written on paper; not empty, not for a question that is not asked, not by strangers."""
    play = Play.started(TRIAD)
    with pytest.raises(NotAllowed, match="when its step has begun"):
        play.do(c.WriteJournal("t1", "2", "ana", on_paper=True))
    play.go_to("2")
    words = play.text("mine")
    play.do(c.WriteJournal("t1", "2", "ana", {1: words}, share=(1,)))
    play.do(c.WriteJournal("t1", "2", "ben", on_paper=True))
    assert play.track().journals["2", "ana"][0].answers == {1: words}
    assert play.track().journals["2", "ben"][0].on_paper
    for command in (
        c.WriteJournal("t1", "2", "ana"),
        c.WriteJournal("t1", "2", "ana", {2: words}),
        c.WriteJournal("t1", "2", "ana", {0: words}, share=(1,)),
        c.WriteJournal("t1", "2", "zoe", {0: words}),
        c.WriteJournal("t1", "1.2r1", "ana", {0: words}),
    ):
        with pytest.raises(NotAllowed):
            play.do(command)


def test_a_journal_for_one_role_is_asked_of_nobody_else() -> None:
    """In a step that is for the raters, the candidates wait: they are not asked, and cannot write there."""
    journal = {"name": "Notes", "kind": "journal", "length": "2m", "for": "rater", "prompts": ["What did you see?"]}
    play = Play.started(SELECTION, ("ana", "ben", "chen", "dee"), script=[journal])
    assert {task.by for task in tasks(play.state, play.track())} == {"chen", "dee"}
    play.do(c.WriteJournal("t1", "0", "chen", on_paper=True))
    with pytest.raises(NotAllowed, match="no journal from this person"):
        play.do(c.WriteJournal("t1", "0", "ana", on_paper=True))


def test_a_tap_counts_once(play: Play) -> None:
    """The same tap, sent twice, is one marker; taken back, it cannot be taken back again."""
    play.do(c.Retake())
    play.do(c.TapMarker("t1", "again", "solves", FACILITATOR, "ana"))
    with pytest.raises(NotAllowed, match="already counted"):
        play.do(c.TapMarker("t1", "again", "solves", FACILITATOR, "ana"))
    play.do(c.TakeBackMarker("t1", "again"))
    with pytest.raises(NotAllowed, match="no such tap"):
        play.do(c.TakeBackMarker("t1", "again"))


def test_a_marker_knows_how_far_the_conversation_was() -> None:
    """Its time counts from the start of the conversation, pauses left out."""
    play = Play.started(SELECTION, 4)
    play.go_to("1")
    play.do(c.Pause(), after=60)
    play.do(c.Resume(), after=500)
    play.do(c.TapMarker("t1", "tap", "solves", "chen", "ana"), after=12.5)
    [mark] = play.track().marks
    assert (mark.step, mark.into, mark.at) == ("1", 72.5, 572.5)


MAP: dict[str, Any] = {
    "format": 1,
    "title": "Map",
    "scale": {"kind": "text"},
    "rows": 3,
    "criteria": [{"id": "goal", "title": "Goal"}, {"id": "instead", "title": "Instead"}],
}


def test_of_a_form_in_rows_the_first_must_be_filled_in() -> None:
    """Further rows may stay empty, whole or in part; a row that the rubric does not have is refused."""
    form = {"rubric": "map", "by": "leader", "about": "self"}
    setting = setting_of(TRIAD, script=[{"name": "Map", "kind": "prepare", "length": "5m", "forms": [form]}])
    rubrics = {**setting.bundle.rubrics, "map": Rubric.model_validate(MAP)}
    play = Play(Setting(setting.bundle.model_copy(update={"rubrics": rubrics}), setting.plan))
    play.open()
    play.do(c.Start())

    def send(*ids: str) -> None:
        said = {id: Answer(text=play.text(id)) for id in ids}
        play.do(c.SendForm("t1", "0/form/map/ana/ana", said))

    with pytest.raises(NotAllowed, match="Instead: write a few words"):
        send("goal", "goal.2", "instead.2")
    for extra in ("goal.4", "other"):
        with pytest.raises(NotAllowed, match="does not ask for this"):
            send("goal", "instead", extra)
    for more in ((), ("goal.2",), ("goal.3", "instead.3")):
        send("goal", "instead", *more)
    assert len(play.track().forms["0/form/map/ana/ana"]) == 3


def test_a_forecast_written_in_time_can_be_brought_in_later() -> None:
    """It was made before the conversation, on somebody's own device; one that stands already stays as it is."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    answers = {"reflecting": Answer(value=2), "silence": Answer(value=True), "questions": Answer(value=1)}
    answers["moment"] = Answer(text=play.text("none yet"))
    forecast = c.SendForm("t1", "1.0r1/forecast/listening/ana/ana", answers)
    with pytest.raises(NotAllowed, match="before the conversation"):
        play.do(forecast)
    play.do(replace(forecast, earlier=True))
    assert len(play.track("t1").forms[forecast.form]) == 1
    with pytest.raises(NotAllowed, match="before the conversation"):
        play.do(replace(forecast, earlier=True))


def test_a_journal_can_be_written_at_home_where_time_ran_out(play: Play) -> None:
    """Its step never began; once the session is closed, it is taken all the same, of those who were asked."""
    journal = c.WriteJournal("t1", "2", "ana", {0: play.text("Pauses.")})
    with pytest.raises(NotAllowed, match="has begun"):
        play.do(journal)
    play.do(c.End())
    play.do(journal)
    assert ("2", "ana") in play.track().journals
    for wrong in (replace(journal, step="9"), replace(journal, step="1.2r1")):
        with pytest.raises(NotAllowed):
            play.do(wrong)


def test_of_what_was_written_elsewhere_the_newest_time_stays() -> None:
    """Nothing is noted twice, an older time changes nothing, and a stranger has written nothing here."""
    play = Play.started(TRIAD)
    play.do(c.BringIn("ana", {"t1 form/x": 20, "t1 form/y": 10}))
    play.do(c.BringIn("ana", {"t1 form/x": 10, "t1 form/y": 30}))
    assert play.state.brought == {"t1 form/x": 20, "t1 form/y": 30}
    events = len(play.events)
    play.do(c.BringIn("ana", {"t1 form/x": 20}))
    assert len(play.events) == events
    with pytest.raises(NotAllowed, match="Nobody of this session"):
        play.do(c.BringIn("zoe", {}))
    play.do(c.End())
    play.do(c.BringIn("ana", {"t1 form/x": 40}))
    assert play.state.brought["t1 form/x"] == 40
