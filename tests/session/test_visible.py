"""Who may see what: an oracle works it out a second time, from the events and from what was said on writing."""

from __future__ import annotations

from typing import Any

import pytest
from chance import Chance, Turn, begin, sessions, turns
from hypothesis import given, settings
from samples import SELECTION, TRIAD, Play

from roleplay.planning.plan import PlannedStep
from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.state import FACILITATOR
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, View, Viewer, viewer_of, visible

Session = tuple[dict[str, Any], int]


class Table:
    """What happened at one table, read off its events."""

    def __init__(self, steps: tuple[PlannedStep, ...], events: list[e.TrackEvent]) -> None:
        self.steps = {step.id: step for step in steps}
        self.order = [step.id for step in steps]
        self.begun: set[str] = set()
        self.played: set[str] = set()
        self.marks: dict[str, tuple[str, e.MarkerTapped]] = {}
        self.injects: set[tuple[str, str]] = set()
        self.forms: set[str] = set()
        self.learned: set[str] = set()
        self.ticked: set[str] = set()
        self.runs: str | None = None
        for event in events:
            self._note(event)

    def _note(self, event: e.TrackEvent) -> None:
        match event:
            case e.TakeAdded():
                self.steps[event.step.id] = event.step
            case e.StepStarted() | e.StepRestored():
                self.runs = event.step
                self.begun.add(event.step)
            case e.StepEnded():
                self.runs = None
                if event.why != "undone":
                    self.played.add(event.step)
            case e.MarkerTapped():
                self.marks[event.tap] = (self.runs or "", event)
            case e.MarkerTakenBack():
                del self.marks[event.tap]
            case e.InjectGiven():
                self.injects.add((self.runs or "", event.inject))
            case e.FormSent():
                self.forms.add(event.form)
            case e.LearnedWritten():
                self.learned.add(event.step)
            case e.FactsTicked():
                self.ticked.add(event.step)

    def talks(self, round: int | None) -> bool:
        """Whether a conversation of that round runs."""
        step = self.steps[self.runs] if self.runs else None
        return step is not None and step.kind == "play" and step.round == round

    def over(self, id: str) -> bool:
        """Whether the first conversation from this step on, in its round, has been played, and none runs."""
        step = self.steps[id]
        onward = [self.steps[i] for i in self.order[self.order.index(step.id.partition("t")[0]) :]]
        plays = {s.id for s in self.steps.values() if s.kind == "play" and s.round == step.round}
        sources = {s.source for s in onward if s.round == step.round}
        return not self.talks(step.round) and any(p in self.played for p in plays if self.steps[p].source in sources)

    def role(self, id: str, person: str) -> str | None:
        """What somebody plays in a step."""
        return next((role for role, cast in self.steps[id].cast.items() if person in cast), None)


class Oracle:
    """Says what a viewer may see, by the table at the head of the module under test."""

    def __init__(self, chance: Chance, viewer: Viewer) -> None:
        self.chance, self.viewer, self.who = chance, viewer, viewer.person or viewer.kind
        self.plan = chance.play.state.setting.plan
        self.tables = {
            track.id: Table(
                track.steps,
                [event for event in chance.play.events if isinstance(event, e.TrackEvent) and event.track == track.id],
            )
            for track in self.plan.tracks
        }
        self.people = {track.id: track.people for track in self.plan.tracks}

    def texts(self) -> set[str]:
        """The ids of the words that may be read, names left out."""
        return {id for id, wrote in self.chance.wrote.items() if self.reads(id)}

    def reads(self, id: str) -> bool:
        """Whether these words may be read."""
        w = self.chance.wrote[id]
        same = [o for o in self.chance.wrote.values() if (o.track, o.key, o.kind) == (w.track, w.key, w.kind)]
        newest = w.version == max(other.version for other in same)
        if w.share and newest and not self.is_sealed(w.step, w.track):
            return True
        table = self.tables[w.track]
        if w.kind == "journal":
            return w.by == self.who
        if w.kind == "learned":
            partner = table.role(w.step, self.who) == "parent" and w.step in table.ticked
            return newest and (w.by == self.who or partner)
        return self.sees_form(w.track, w.key)

    def is_sealed(self, step: str, track: str) -> bool:
        """Whether forms of that step are sealed."""
        return "rater" in self.tables[track].steps[step].cast

    def sees_form(self, track: str, form: str) -> bool:
        """Whether a form may be seen, in all its versions."""
        step, purpose, rubric, by, about = form.split("/")
        table = self.tables[track]
        if self.who == by:
            return True
        if purpose == "forecast":
            return self.who == "facilitator" and table.over(step)
        raters = table.steps[step].cast.get("rater", ())
        all_in = all(f"{step}/{purpose}/{rubric}/{rater}/{about}" in table.forms for rater in raters)
        return self.who in (about, "facilitator") and all_in

    def forms(self) -> set[tuple[str, str]]:
        """The forms that may be seen, with their tables."""
        return {(id, form) for id, table in self.tables.items() for form in table.forms if self.sees_form(id, form)}

    def marks(self) -> set[str]:
        """The taps that may be seen."""
        return {
            tap
            for table in self.tables.values()
            for tap, (step, mark) in table.marks.items()
            if mark.by == self.who or (self.who in (mark.about, "facilitator") and table.over(step))
        }

    def cards(self) -> set[str]:
        """The cards that may be read."""
        tokens = set()
        for id, table in self.tables.items():
            if self.viewer.kind != "person" or self.who in self.people[id]:
                for step in table.begun:
                    if case := table.steps[step].case:
                        tokens |= {f"card/{case}/everyone", f"card/{case}/{table.role(step, self.who)}"}
        return {token for token in tokens if token.split("/")[2] not in ("None", "observer", "candidate")}

    def facts(self) -> set[str]:
        """The hidden facts that may be read."""
        tokens = set()
        for table in self.tables.values():
            for id in table.begun:
                step, role = table.steps[id], table.role(id, self.who)
                answered = id in table.learned and id in table.ticked
                if role == "parent" or (answered and (role == "leader" or self.who == "facilitator")):
                    tokens |= {f"fact/{step.case}/ride", f"fact/{step.case}/sister"}
        return tokens

    def injects(self) -> set[tuple[str, str]]:
        """The injects that may be read, each with its step; a take that was taken back is gone, and so are its own."""
        seen = set()
        for id, table in self.tables.items():
            kept = {step.id for step in self.chance.play.track(id).steps}
            for step, inject in (pair for pair in table.injects if pair[0] in kept):
                case, role = table.steps[step].case, table.role(step, self.who)
                say, to = {
                    "step-1": ("say/bell/everyone", "everyone"),
                    "step-2": ("say/note/leader", "leader"),
                    "case-1": (f"say/{case}/parent", "parent"),
                }[inject]
                at_table = self.viewer.kind != "person" or self.who in self.people[id]
                if (to == "everyone" and at_table) or to == role:
                    seen.add((step, say))
        return seen


def facts_in(view: View) -> set[str]:
    """The hidden facts that a view shows."""
    on_cards = {fact.fact for card in view.cards for fact in card.hidden}
    return on_cards | {fact.fact for facts in view.facts for fact in facts.due.facts}


@given(sessions, turns)
@settings(max_examples=120)
def test_everybody_sees_what_is_meant_for_them_and_nothing_else(session: Session, turns: list[Turn]) -> None:
    """Words, forms, markers, cards, hidden facts and injects reach exactly those whom the table names."""
    chance = begin(session)
    for turn in turns:
        chance.turn(turn)
    state = chance.play.state
    for viewer in (FACILITATOR_VIEWER, ROOM, *map(viewer_of, state.setting.plan.people)):
        view, oracle = visible(state, viewer), Oracle(chance, viewer)
        assert view.texts() - view.names == oracle.texts()
        assert {(form.track, form.due.id) for form in view.forms} == oracle.forms()
        assert {mark.tap for _, mark in view.marks} == oracle.marks()
        assert {card.text for card in view.cards} == oracle.cards()
        assert facts_in(view) == oracle.facts()
        assert {(inject.step, inject.say) for inject in view.injects} == oracle.injects()


@given(sessions, turns)
@settings(max_examples=40)
def test_the_room_sees_nothing_private(session: Session, turns: list[Turn]) -> None:
    """The projector shows what all may know: no form, no marker, no journal, and no words but shared ones."""
    chance = begin(session)
    for turn in turns:
        chance.turn(turn)
        view = chance.play.view(ROOM)
        assert (view.forms, view.marks, view.journals, view.facts) == ((), (), (), ())
        assert {card.role for card in view.cards} <= {"everyone"}
        assert {inject.to for inject in view.injects} <= {"everyone"}
        assert all(chance.wrote[id].share for id in view.texts() - view.names)


@given(sessions, turns)
@settings(max_examples=40)
def test_nobody_is_watched_while_the_conversation_runs(session: Session, turns: list[Turn]) -> None:
    """While a conversation runs, also in a pause, markers show to nobody but those who tapped them."""
    chance = begin(session)
    for turn in turns:
        chance.turn(turn)
        tables = chance.play.state.tracks
        running = {id for id, t in tables.items() if t.clock is not None and t.step and t.step.kind == "play"}
        for person in (FACILITATOR, *chance.play.state.people):
            for track, mark in chance.play.view(person).marks:
                if (
                    track in running
                    and tables[track].planned(mark.step).round == tables[track].steps[tables[track].index].round
                ):
                    assert mark.by == person


def test_cards_are_handed_out_when_their_round_begins() -> None:
    """Nobody reads a card before its round; then the leader does not see the parent's, nor the parent the leader's."""
    play = Play.started(TRIAD)
    assert play.view("ana").cards == ()
    play.go_to("1.0r1")
    assert {card.text for card in play.view("ana").cards} == {"card/farm/everyone", "card/farm/leader"}
    assert {card.text for card in play.view("ben").cards} == {"card/farm/everyone", "card/farm/parent"}
    assert {card.text for card in play.view("chen").cards} == {"card/farm/everyone"}
    assert {card.text for card in play.view(FACILITATOR).cards} == {"card/farm/everyone"}


def test_a_leader_sees_the_markers_when_the_conversation_is_over() -> None:
    """Markers reach the person they are about after the conversation, and hide again while it is played once more."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.TapMarker("t1", "tap", "solves", "chen", "ana"), after=10)
    assert len(play.view("chen").marks) == 1
    assert play.view("ana").marks == play.view(FACILITATOR).marks == play.view("ben").marks == ()
    play.do(c.Next())
    assert len(play.view("ana").marks) == len(play.view(FACILITATOR).marks) == 1
    assert play.view("ben").marks == ()
    play.do(c.Retake())
    assert play.view("ana").marks == ()


def test_a_session_closed_in_the_middle_of_a_conversation_shows_its_markers() -> None:
    """Closing the session ends the conversation, so that what was marked is not lost to the report."""
    play = Play.started(TRIAD)
    play.go_to("1.1r1")
    play.do(c.TapMarker("t1", "tap", "solves", "chen", "ana"))
    play.do(c.End())
    assert len(play.view("ana").marks) == len(play.view(FACILITATOR).marks) == 1


def test_taking_back_the_start_of_a_conversation_keeps_the_forecast_hidden() -> None:
    """A conversation whose start was taken back has not been played, so the forecast is its writer's alone."""
    play = Play.started(TRIAD)
    play.go_to("1.0r1")
    play.send("1.0r1/forecast/listening/ana/ana")
    play.do(c.Next())
    play.do(c.Undo(), after=5)
    assert play.view(FACILITATOR).forms == ()
    assert len(play.view("ana").forms) == 1
    play.do(c.Next())
    play.do(c.Next())
    assert len(play.view(FACILITATOR).forms) == 1


def test_leader_and_partner_are_shown_what_came_out_when_both_have_answered() -> None:
    """Neither sees the other's answer first: not the leader the ticks, not the partner the leader's words."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    play.do(c.TickFacts("t1", "1.2r1", "ben", ("ride",)))
    [leader] = play.view("ana").facts
    assert (leader.due.facts, leader.came_out) == ((), None)
    assert play.view(FACILITATOR).facts == ()
    play.do(c.WriteLearned("t1", "1.2r1", "ana", play.text("the ride")))
    [leader], [partner], [facilitator] = play.view("ana").facts, play.view("ben").facts, play.view(FACILITATOR).facts
    assert leader.came_out == facilitator.came_out == ("ride",)
    assert {fact.id for fact in leader.due.facts} == {"ride", "sister"}
    assert partner.learned is not None
    assert play.words[partner.learned.id] == "the ride"
    assert facilitator.learned is None


def test_sealed_forms_open_when_all_are_in() -> None:
    """A rating shows to its writer only, until every rater has rated that candidate; others stay sealed."""
    play = Play.started(SELECTION, 4)
    play.go_to("3")
    play.send("3/form/listening/chen/ana", said="of chen")
    assert play.seen("chen") == {"of chen"}
    assert play.seen("ana") == play.seen("dee") == play.seen(FACILITATOR) == set()
    play.send("3/form/listening/dee/ben", said="of ben")
    play.send("3/form/listening/dee/ana", said="of dee")
    assert play.seen("ana") == {"of chen", "of dee"}
    assert play.seen(FACILITATOR) == {"of chen", "of dee"}
    assert play.seen("ben") == set()


def test_a_quote_is_what_its_writer_agreed_to_share_last() -> None:
    """A corrected form that is no longer shared takes its quotes back."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    form = "1.2r1/form/listening/chen/ana"
    play.send(form, said="well done", share=True)
    assert play.seen(ROOM) == {"well done"}
    play.send(form, said="well done", share=False)
    assert play.seen(ROOM) == set()


def test_of_a_journal_only_the_answers_that_were_offered_are_quoted() -> None:
    """Whoever shares one answer of a journal keeps the others."""
    play = Play.started(TRIAD)
    play.go_to("2")
    play.do(c.WriteJournal("t1", "2", "ana", {0: play.text("mine"), 1: play.text("for all")}, share=(1,)))
    assert play.seen(ROOM) == play.seen("ben") == {"for all"}


@pytest.mark.parametrize("on_paper", [True, False])
def test_a_journal_is_its_writers_alone(on_paper: bool) -> None:
    """Neither the facilitator nor anybody at the table reads a journal, and nobody sees whether it is on paper."""
    play = Play.started(TRIAD)
    play.go_to("2")
    answers = {} if on_paper else {0: play.text("mine")}
    play.do(c.WriteJournal("t1", "2", "ana", answers, on_paper))
    assert len(play.view("ana").journals) == 1
    assert play.view("ben").journals == play.view(FACILITATOR).journals == play.view(ROOM).journals == ()
