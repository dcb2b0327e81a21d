"""Who may see what: an oracle works it out a second time, from the events and from what was said on writing."""

from __future__ import annotations

from typing import Any

import pytest
from chance import Chance, Turn, begin, sessions, turns
from hypothesis import given, settings
from samples import PEOPLE, REMIX, SELECTION, TRIAD, Play

from roleplay.planning.plan import PlannedStep
from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.event_base import TrackEvent
from roleplay.session.state import FACILITATOR
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, View, Viewer, viewer_of, visible

Session = tuple[dict[str, Any], int]


class Table:
    """What happened at one table, read off its events."""

    def __init__(self, steps: tuple[PlannedStep, ...], events: list[TrackEvent]) -> None:
        self.steps = {step.id: step for step in steps}
        self.order = [step.id for step in steps]
        self.begun: set[str] = set()
        self.played: set[str] = set()
        self.marks: dict[str, tuple[str, e.MarkerTapped | e.MarkersTyped]] = {}
        self.injects: set[tuple[str, str]] = set()
        self.forms: set[str] = set()
        self.learned: set[str] = set()
        self.ticked: set[str] = set()
        self.runs: str | None = None
        for event in events:
            self._note(event)

    def _note(self, event: TrackEvent) -> None:
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
            case e.MarkersTyped():
                sheet = (event.step, event.by, event.about)
                for tap, (step, mark) in list(self.marks.items()):
                    if isinstance(mark, e.MarkersTyped) and (step, mark.by, mark.about) == sheet:
                        del self.marks[tap]
                self.marks |= {typed.tap: (event.step, event) for typed in event.taps}
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
                [event for event in chance.play.events if isinstance(event, TrackEvent) and event.track == track.id],
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
        if w.share and newest and not self.is_sealed(w.step, w.track) and len(self.chance.play.state.people) > 2:
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
        raters, ended = table.steps[step].cast.get("rater", ()), self.ended
        if raters:
            sent = {rater for rater in raters if f"{step}/{purpose}/{rubric}/{rater}/{about}" in table.forms}
            if ended:
                return self.who in (*raters, "facilitator", about)
            # The raters talk about it in the last step.
            return (len(sent) == len(raters) or "4" in table.begun) and self.who in (*sent, "facilitator")
        first = self.who != about or ended or self.wrote_first(track, step, about)
        return self.who in (about, "facilitator") and first

    def wrote_first(self, track: str, step: str, about: str) -> bool:
        """Whether the one who talked twice has said how it was before others are heard: of that take, or else of all.
        Only one of the scenarios asks for that."""
        if self.chance.play.state.setting.scenario.title != "Once more, otherwise":
            return True
        steps = self.chance.play.track(track).steps
        asks = [s for s in steps if s.name == "Freeze"]
        take = next(s.take for s in steps if s.id == step)
        meant = [s for s in asks if s.take == take] or asks
        return all(f"{s.id}/form/felt-heard/{about}/{about}" in self.tables[track].forms for s in meant)

    def forms(self) -> set[tuple[str, str]]:
        """The forms that may be seen, with their tables."""
        return {(id, form) for id, table in self.tables.items() for form in table.forms if self.sees_form(id, form)}

    def marks(self) -> set[str]:
        """The taps that may be seen."""
        return {
            tap
            for table in self.tables.values()
            for tap, (step, mark) in table.marks.items()
            if mark.by == self.who
            or (self.who == "facilitator" and table.over(step))
            or (self.who == mark.about and (self.ended if self.rates(table) else table.over(step)))
        }

    @property
    def ended(self) -> bool:
        """Whether the session is closed."""
        return self.chance.play.state.ended is not None

    def rates(self, table: Table) -> bool:
        """Whether somebody at a table rates alone, by the markers that are tapped there."""
        return any("rater" in step.cast for step in table.steps.values())

    def cards(self) -> set[str]:
        """The cards that may be read."""
        tokens = set()
        for id, table in self.tables.items():
            if self.viewer.kind != "person" or self.who in self.people[id]:
                for step in table.begun:
                    if case := table.steps[step].case:
                        tokens |= {f"card/{case}/everyone", f"card/{case}/{table.role(step, self.who)}"}
        written = {card for case in self.chance.play.state.setting.scenario.cases for card in case.cards.values()}
        return tokens & written

    def facts(self) -> set[str]:
        """The hidden facts that may be read."""
        tokens = set()
        for table in self.tables.values():
            for id in table.begun:
                step, role = table.steps[id], table.role(id, self.who)
                answered = id in table.learned and id in table.ticked
                if role == "parent" or (answered and (role == "leader" or self.who == "facilitator")):
                    tokens |= {f"fact/{step.case}/ride", f"fact/{step.case}/sister"}
        written = {fact.fact for case in self.chance.play.state.setting.scenario.cases for fact in case.hidden}
        return tokens & written

    def injects(self) -> set[tuple[str, str]]:
        """The injects that may be read, each with its step; a take that was taken back is gone, and so are its own."""
        seen = set()
        for id, table in self.tables.items():
            kept = {step.id for step in self.chance.play.track(id).steps}
            for step, inject in (pair for pair in table.injects if pair[0] in kept):
                case, role = table.steps[step].case, table.role(step, self.who)
                remix = self.chance.play.state.setting.scenario.title == "Once more, otherwise"
                say, to = {
                    "step-1": ("say/phone/leader", "leader") if remix else ("say/bell/everyone", "everyone"),
                    "step-2": ("say/note/leader", "leader"),
                    "case-1": (f"say/{case}/parent", "parent"),
                }[inject]
                at_table = self.viewer.kind != "person" or self.who in self.people[id]
                calls = remix and inject == "step-1" and role == "parent"
                if (to == "everyone" and at_table) or to == role or calls:
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
    """A rating shows to its writer only, until every rater has rated that candidate; then raters lay theirs side by
    side, and the candidate hears of them when the session is closed, missing ones or not."""
    play = Play.started(SELECTION, 4)
    play.go_to("3")
    play.send("3/form/listening/chen/ana", said="of chen")
    assert play.seen("chen") == {"of chen"}
    assert play.seen("ana") == play.seen("dee") == play.seen(FACILITATOR) == set()
    play.send("3/form/listening/dee/ben", said="of ben")
    play.send("3/form/listening/dee/ana", said="of dee")
    assert play.seen(FACILITATOR) == play.seen("chen") == {"of chen", "of dee"}
    assert play.seen("dee") == {"of chen", "of dee", "of ben"}
    assert play.seen("ana") == play.seen("ben") == set()
    play.do(c.End())
    assert (play.seen("ana"), play.seen("ben")) == ({"of chen", "of dee"}, {"of ben"})
    assert play.seen("chen") == play.seen(FACILITATOR) == {"of chen", "of dee", "of ben"}


def test_a_rating_that_never_comes_does_not_keep_the_raters_from_comparing() -> None:
    """Once they talk about it, those who have rated see each other's ratings; who has not, sees none before the own."""
    play = Play.started(SELECTION, 4)
    play.go_to("3")
    play.send("3/form/listening/chen/ana", said="of chen")
    play.go_to("4")
    assert play.seen("chen") == play.seen(FACILITATOR) == {"of chen"}
    assert play.seen("dee") == play.seen("ana") == set()
    play.send("3/form/listening/dee/ana", said="of dee")
    assert play.seen("dee") == play.seen("chen") == {"of chen", "of dee"}
    assert play.seen("ana") == set()


def test_marks_by_which_people_are_rated_wait_for_the_end() -> None:
    """A candidate sees them no earlier than the ratings that go by them."""
    play = Play.started(SELECTION, 4)
    play.go_to("1")
    play.do(c.TapMarker("t1", "tap", "solves", "chen", "ana"))
    play.go_to("3")
    assert play.view("ana").marks == ()
    assert len(play.view(FACILITATOR).marks) == 1
    play.do(c.End())
    assert len(play.view("ana").marks) == 1


def test_a_private_form_is_its_writers_alone() -> None:
    """Neither the facilitator nor, where it is about somebody else, that person ever sees it; and nothing is quoted."""
    request = {"rubric": "felt-heard", "by": "parent", "about": "leader", "private": True}
    own = {"rubric": "listening", "by": "leader", "about": "self", "private": True}
    script = [{"name": "Look back", "kind": "feedback", "length": "5m", "forms": [request, own]}]
    play = Play.started(TRIAD, script=script)
    play.send("0/form/felt-heard/ben/ana")
    play.send("0/form/listening/ana/ana", said="mine", share=True)
    play.do(c.End())
    seen = {who: [form.due.by for form in play.view(who).forms] for who in ("ana", "ben", "chen", FACILITATOR)}
    assert seen == {"ana": ["ana"], "ben": ["ben"], "chen": [], FACILITATOR: []}
    assert play.seen(ROOM) == set()


def test_two_people_quote_nobody_without_a_name() -> None:
    """Where only two take part, each would know whose words they are."""
    play = Play.started(TRIAD, 2)
    play.go_to("2")
    journal = c.WriteJournal("t1", "2", "ana", {0: play.text("mine")}, share=(0,))
    play.do(journal)
    assert play.seen(ROOM) == play.seen("ben") == set()


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


def test_the_own_form_comes_before_what_others_wrote() -> None:
    """Whoever is asked for the same form about oneself reads the others' once the own is in; the facilitator before."""
    play = Play.started(REMIX)
    play.go_to("1")
    play.send("1/form/felt-heard/ben/ana")
    seen = {who: [form.due.by for form in play.view(who).forms] for who in ("ana", "ben", FACILITATOR)}
    assert seen == {"ana": [], "ben": ["ben"], FACILITATOR: ["ben"]}
    play.send("1/form/felt-heard/ana/ana")
    assert [form.due.by for form in play.view("ana").forms] == ["ben", "ana"]


def test_each_take_asks_for_its_own_form_first() -> None:
    """After another take the others' form waits again, for what the person says of that take."""
    play = Play.started(REMIX)
    play.go_to("1")
    play.send("1/form/felt-heard/ana/ana")
    play.send("1/form/felt-heard/ben/ana")
    play.do(c.Retake())
    play.go_to("1t2")
    play.send("1t2/form/felt-heard/ben/ana")
    assert [form.due.step for form in play.view("ana").forms] == ["1", "1"]
    play.send("1t2/form/felt-heard/ana/ana")
    assert [form.due.step for form in play.view("ana").forms] == ["1", "1", "1t2", "1t2"]


def test_once_the_session_is_closed_nothing_waits_for_an_own_form() -> None:
    """An own form that was never written does not keep from somebody what others gave."""
    play = Play.started(REMIX)
    play.go_to("1")
    play.send("1/form/felt-heard/ben/ana")
    play.do(c.End())
    assert [form.due.by for form in play.view("ana").forms] == ["ben"]


def test_who_says_an_inject_knows_what_to_say() -> None:
    """Its words reach the one it is for and the one it comes from, who is called as the role also speaks."""
    play = Play.started(REMIX)
    play.tick(130)
    seen = {who: [(i.id, i.from_, i.mine) for i in play.view(who).injects] for who in ("ana", "ben", "chen")}
    phone = "The other parent"
    assert seen == {
        "ana": [("step-1", phone, False)],
        "ben": [("step-1", phone, True), ("case-1", None, False)],
        "chen": [],
    }


def test_what_is_kept_for_the_next_session_is_the_tables_own() -> None:
    """Everybody at the table can read it, people at other tables and the room cannot; private, it is its writer's."""
    keep = {"rubric": "listening", "by": "leader", "about": "self", "carry": "next-step"}
    script = [{"name": "Next", "kind": "feedback", "length": "5m", "forms": [keep]}]
    play = Play.started(TRIAD, 6, script=script)
    play.send("0/form/listening/ana/ana", said="my step")
    readers = {who for who in (*PEOPLE[:6], FACILITATOR, ROOM) if "my step" in play.seen(who)}
    assert readers == {"ana", "ben", "chen", FACILITATOR}
    script[0]["forms"] = [{**keep, "private": True}]
    play = Play.started(TRIAD, 6, script=script)
    play.send("0/form/listening/ana/ana", said="my step")
    assert {who for who in (*PEOPLE[:6], FACILITATOR, ROOM) if "my step" in play.seen(who)} == {"ana"}
