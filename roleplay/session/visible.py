"""Who may see what: the one place where this is said.

Screens, pages, reports and exports get a `View` and nothing else. It protects people from each other,
not from the owner of the disk.

| what | who sees it |
|---|---|
| the card for everyone | everybody, once its round has begun |
| a private card | those who play its role, once its round has begun |
| hidden facts | those who know them; the leader and the facilitator once partner and leader have both answered |
| an inject | those who play its role, or everybody, once it happened; and those who said it |
| markers | who tapped them; the person they are about, once the conversation is over; then the facilitator;
|  | where sealed forms go by them, the person they are about once the session is closed |
| a forecast | its writer; the facilitator once the conversation is over |
| a form | its writer, the person it is about and the facilitator; sealed, only its writer until all are
|  | in or the debrief begins, then also those who have sent one about the same person, and this person at the end;
|  | private, only its writer; kept for the next session, everybody at its table;
|  | where the person it is about is asked for the same form, that person once the own one is in |
| what a leader found out | the leader; the partner once he or she has ticked what came out |
| a journal | its writer |
| a quote | everybody, without a name, where its writer agreed to share it and enough people take part to stay
|  | unnamed among; nothing of sealed and private forms, and of those about oneself |
| a recording, what was said in it, and who spoke | those who were at the table in its step, and the facilitator, once
|  | the conversation is over; of what was erased, they see that it was, and nothing more
| an answer about being recorded | who gave it; the others see no more than whether all in the room agree
| a name, and what a take is called | everybody in its session |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from roleplay.content.scenario import HiddenFact
from roleplay.planning.plan import PlannedStep
from roleplay.session.forms import FactsDue, FormDue, facts_due, find_form, forms_due, injects_of, was_played
from roleplay.session.heard import Recording, SpeakerChange
from roleplay.session.sharing import shareable
from roleplay.session.state import FACILITATOR, Journal, Mark, SentForm, State, TrackState
from roleplay.session.texts import TextRef


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks: a participant, the facilitator, or the whole room at the projector."""

    kind: Literal["person", "facilitator", "room"]
    person: str = ""


FACILITATOR_VIEWER = Viewer("facilitator")
ROOM = Viewer("room")


def viewer_of(person: str) -> Viewer:
    """The viewer that a participant is."""
    return FACILITATOR_VIEWER if person == FACILITATOR else Viewer("person", person)


@dataclass(frozen=True, slots=True)
class SeenCard:
    """A card that the viewer may read."""

    track: str
    step: str
    """The step of the round with which the card was handed out."""
    round: int | None
    case: str
    role: str
    """A role, or `everyone`."""
    text: str
    hidden: tuple[HiddenFact, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenInject:
    """An inject that was given to the viewer."""

    track: str
    step: str
    id: str
    at: float
    to: str
    from_: str | None
    """Who it comes from, in words."""
    say: str
    mine: bool = False
    """The viewer is the one who says it."""


@dataclass(frozen=True, slots=True)
class SeenForm:
    """A form with its versions, the newest last."""

    track: str
    due: FormDue
    versions: tuple[SentForm, ...]

    @property
    def last(self) -> SentForm:
        """The version that counts."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class SeenFacts:
    """Hidden facts after the conversation: which came out, and what the leader wrote."""

    track: str
    due: FactsDue
    came_out: tuple[str, ...] | None
    """None while the partner has not ticked, or where the viewer may not see it."""
    learned: TextRef | None


@dataclass(frozen=True, slots=True)
class View:
    """What one viewer may see of a session."""

    viewer: Viewer
    cards: tuple[SeenCard, ...] = ()
    injects: tuple[SeenInject, ...] = ()
    marks: tuple[tuple[str, Mark], ...] = ()
    """With the id of their track."""
    forms: tuple[SeenForm, ...] = ()
    facts: tuple[SeenFacts, ...] = ()
    journals: tuple[tuple[str, tuple[Journal, ...]], ...] = ()
    """With the id of their track; versions, the newest last."""
    labels: tuple[tuple[str, str, TextRef], ...] = ()
    """Track, step, and what its take is called."""
    recordings: tuple[tuple[str, Recording], ...] = ()
    """With the id of their track."""
    speakers: tuple[tuple[str, SpeakerChange], ...] = ()
    """With the id of their track; who spoke, as observers noted it."""
    erased: tuple[tuple[str, str], ...] = ()
    """Track and step of recordings of which neither sound nor words are left."""
    consent: bool | None = None
    """What the viewer said about being recorded."""
    quotes: tuple[TextRef, ...] = ()
    """What may be said to everybody without a name."""
    names: frozenset[str] = field(default_factory=frozenset)
    """The ids of the names' texts; a name is no secret in its own session."""

    def texts(self) -> frozenset[str]:
        """The ids of all words this viewer may read."""
        return frozenset(self._texts()) | self.names

    def _texts(self) -> Iterator[str]:
        for form in self.forms:
            for version in form.versions:
                for answer in version.answers.values():
                    yield from (ref.id for ref in (answer.text, answer.quote) if ref)
                yield from (ref.id for ref in version.prompts.values())
        yield from (facts.learned.id for facts in self.facts if facts.learned)
        for _, versions in self.journals:
            yield from (ref.id for journal in versions for ref in journal.answers.values())
        yield from (ref.id for ref in self.quotes)
        yield from (ref.id for _, _, ref in self.labels)
        for _, recording in self.recordings:
            yield from (ref.id for ref in recording.texts)


def visible(state: State, viewer: Viewer, quotes: tuple[TextRef, ...] | None = None) -> View:
    """What a viewer may see; see the table at the head of this module.

    Args:
        state: the session.
        viewer: who looks.
        quotes: what `shared_quotes` says of the session, where it is known already: it is the same for every viewer.
    """
    tracks = [track for track in state.tracks.values() if _is_near(track, viewer)]
    return View(
        viewer=viewer,
        cards=tuple(card for t in tracks for card in _cards(state, t, viewer)),
        injects=tuple(inject for t in tracks for inject in seen_injects(state, t, viewer)),
        marks=tuple((t.id, mark) for t in tracks for mark in seen_marks(state, t, viewer)),
        forms=tuple(form for t in tracks for form in seen_forms(state, t, viewer)),
        facts=tuple(facts for t in tracks for facts in _facts(state, t, viewer)),
        journals=tuple(
            (t.id, versions) for t in tracks for (_, by), versions in t.journals.items() if by == viewer.person
        ),
        labels=tuple((t.id, step, ref) for t in tracks for step, ref in t.labels.items()),
        recordings=tuple((t.id, one) for t in tracks for one in seen_recordings(t, viewer)),
        speakers=tuple((t.id, one) for t in tracks for one in t.speakers if may_hear(t, one.step, viewer)),
        erased=tuple((t.id, step) for t in tracks for step in _erased(t, viewer)),
        consent=state.consents.get(viewer.person),
        quotes=shared_quotes(state) if quotes is None else quotes,
        names=frozenset(person.name.id for person in state.people.values()),
    )


def round_over(track: TrackState, planned: PlannedStep) -> bool:
    """Whether the conversation of a planned step's round has been played, and no take of it runs now."""
    talk = track.talk
    return (talk is None or talk.round != planned.round) and was_played(track, planned)


def _cards(state: State, track: TrackState, viewer: Viewer) -> Iterator[SeenCard]:
    handed: set[tuple[int | None, str | None, str]] = set()
    for planned in track.steps:
        case = state.setting.case(planned)
        if case is None or not track.has_begun(planned.id):
            continue
        for role, text in case.cards.items():
            # Whoever steps in for somebody gets that card, too.
            mine = viewer.kind == "person" and planned.plays(viewer.person) == role
            key = (planned.round, planned.case, role)
            if key in handed or (role != "everyone" and not mine):
                continue
            handed.add(key)
            known = tuple(f for f in case.hidden if mine and state.setting.scenario.knows_hidden(case, f) == role)
            yield SeenCard(track.id, planned.id, planned.round, case.id, role, text, known)


def seen_injects(state: State, track: TrackState, viewer: Viewer) -> Iterator[SeenInject]:
    """The injects of a table that a viewer may see: of a whole `View` only these, for what is painted often."""
    for planned in track.steps if _is_near(track, viewer) else ():
        given = track.injects.get(planned.id, {})
        for item in injects_of(state.setting, planned):
            role = planned.plays(viewer.person) if viewer.kind == "person" else None
            inject = item.inject
            mine = role is not None and inject.from_ == role
            if item.id in given and (mine or inject.to in ("everyone", role)):
                origin = state.setting.scenario.origin_of(inject)
                at = given[item.id].at
                yield SeenInject(track.id, planned.id, item.id, at, inject.to, origin, inject.say, mine)


def seen_marks(state: State, track: TrackState, viewer: Viewer) -> Iterator[Mark]:
    """The marks of a table that a viewer may see: of a whole `View` only these, for what is painted often."""
    if _is_near(track, viewer):
        yield from (mark for mark in track.standing_marks() if _sees_mark(state, track, mark, viewer))


def marks_told(state: State, track: TrackState, planned: PlannedStep, rubric: str) -> bool:
    """Whether the marks of a step on a rubric are shown to the people whom they are about."""
    sealed = rubric in state.setting.scenario.sealed_rubrics
    return state.ended is not None if sealed else round_over(track, planned)


def _is_near(track: TrackState, viewer: Viewer) -> bool:
    """Whether anything at a table can be for a viewer: people see only what is at their own."""
    return viewer.kind != "person" or viewer.person in track.company


def _sees_mark(state: State, track: TrackState, mark: Mark, viewer: Viewer) -> bool:
    planned = track.planned(mark.step)
    if viewer.kind == "facilitator":
        return mark.by == FACILITATOR or round_over(track, planned)
    if viewer.kind == "room":
        return False
    return mark.by == viewer.person or (mark.about == viewer.person and marks_told(state, track, planned, mark.rubric))


def seen_recordings(track: TrackState, viewer: Viewer) -> Iterator[Recording]:
    """The recordings of a table that a viewer may know of: of a whole `View` only these."""
    for one in track.recordings.values():
        if not one.words_erased and may_hear(track, one.step, viewer):
            yield one


def _erased(track: TrackState, viewer: Viewer) -> Iterator[str]:
    gone = dict.fromkeys(one.step for one in track.recordings.values() if one.words_erased)
    return (step for step in gone if may_hear(track, step, viewer))


def may_hear(track: TrackState, step: str, viewer: Viewer) -> bool:
    """Whether a viewer may know what was said in a step: it is over, and they were at the table, or they lead."""
    planned = track.find(step)
    if planned is None:
        return False
    near = viewer.kind == "facilitator" or (viewer.kind == "person" and viewer.person in track.people_in(planned))
    return near and round_over(track, planned)


def seen_forms(state: State, track: TrackState, viewer: Viewer) -> Iterator[SeenForm]:
    """The forms of a table that a viewer may see: of a whole `View` only these, for what is painted often."""
    for id, versions in track.forms.items() if _is_near(track, viewer) else ():
        due = find_form(state.setting, track, id)
        if _sees_form(state, track, due, viewer):
            yield SeenForm(track.id, due, versions)


def _sees_form(state: State, track: TrackState, due: FormDue, viewer: Viewer) -> bool:
    if viewer.kind == "person" and due.by == viewer.person:
        return True
    if due.private or viewer.kind == "room":
        return False
    if due.sealed:
        return _sees_sealed(state, track, due, viewer)
    if viewer.kind == "person" and due.about != viewer.person:
        return due.carry is not None and viewer.person in track.people_in(track.planned(due.step))
    if due.purpose == "forecast":
        return round_over(track, track.planned(due.step))
    return viewer.kind == "facilitator" or state.ended is not None or _has_written_first(state, track, due)


def _sees_sealed(state: State, track: TrackState, due: FormDue, viewer: Viewer) -> bool:
    """Raters compare what they wrote alone once all have written, or once they talk about it though somebody has not;
    whom it is about hears of it at the end."""
    raters = _raters(state, track, due)
    if state.ended is not None:
        return viewer.kind == "facilitator" or viewer.person in (due.about, *raters)
    onward = track.steps[track.steps.index(track.planned(due.step)) + 1 :]
    compares = any(step.kind == "debrief" and track.has_begun(step.id) for step in onward)
    if not compares and not all(form in track.forms for form in raters.values()):
        return False
    # Whoever still owes a rating does not see the others' before it is sent.
    return viewer.kind == "facilitator" or raters.get(viewer.person) in track.forms


def _raters(state: State, track: TrackState, due: FormDue) -> dict[str, str]:
    """Those who write a sealed form about the same person in the same step, each with the id of that form; nobody waits
    for one who has left."""
    planned = track.planned(due.step)
    asked = forms_due(state.setting, planned, track.people_in(planned))
    return {
        form.by: form.id
        for form in asked
        if form.sealed
        and (form.about, form.rubric) == (due.about, due.rubric)
        and (form.by not in state.away or form.id in track.forms)
    }


def _has_written_first(state: State, track: TrackState, due: FormDue) -> bool:
    """Whether the person a form is about has filled in the own one on the same rubric, where one is asked for."""
    planned = track.planned(due.step)
    own = {
        form.id: step.take
        for step in track.steps
        if step.round == planned.round
        for form in forms_due(state.setting, step, track.people_in(step))
        if form.about_self and (form.purpose, form.rubric, form.by) == ("form", due.rubric, due.about)
    }
    of_take = [id for id, take in own.items() if take == planned.take] or list(own)
    return all(id in track.forms for id in of_take)


def _facts(state: State, track: TrackState, viewer: Viewer) -> Iterator[SeenFacts]:
    for planned in track.steps:
        for due in facts_due(state.setting, planned) if track.has_begun(planned.id) else ():
            ticked = track.facts.get((due.step, due.partner))
            learned = track.learned.get((due.step, due.leader))
            both = ticked is not None and learned is not None
            if viewer.kind == "person" and viewer.person == due.partner:
                yield SeenFacts(track.id, due, ticked, learned if both else None)
            elif viewer.kind == "person" and viewer.person == due.leader:
                yield SeenFacts(track.id, due if both else _withheld(due), ticked if both else None, learned)
            elif viewer.kind == "facilitator" and both:
                yield SeenFacts(track.id, due, ticked, None)


def _withheld(due: FactsDue) -> FactsDue:
    return FactsDue(due.step, due.leader, due.partner, ())


def shared_quotes(state: State) -> tuple[TextRef, ...]:
    """What writers agreed to share."""
    return tuple(answer.text for track in state.tracks.values() for answer in shareable(state, track) if answer.shared)
