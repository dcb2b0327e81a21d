"""From a session to a report for one reader.

Whose words go in is decided by `visible` alone; everything else here is public in the session: the plan, when
steps ran, names. Numbers about everybody come from the debrief feed, the same for each reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from roleplay.analysis.carried import Carried
from roleplay.analysis.past import Past
from roleplay.analysis.timing import StepTime, step_times
from roleplay.content.durations import say_duration
from roleplay.content.series import Series
from roleplay.content.steps import DebriefStep
from roleplay.report import parts as p
from roleplay.report.debrief import debrief_feed
from roleplay.report.feed import DebriefFeed
from roleplay.report.feedback import LeaderPart, Said
from roleplay.report.forms import facts_part, form_part
from roleplay.report.glance import attendees_of, overview_of
from roleplay.report.happened import happened, inject_lines
from roleplay.report.maps import map_parts, own_map_parts
from roleplay.report.ratings import missing_ratings, ratings_parts
from roleplay.report.rounds import leader_part, leaders_of
from roleplay.report.sources import Sources
from roleplay.report.takes import form_take
from roleplay.report.talking import talk_parts
from roleplay.session.events import Why
from roleplay.session.state import State, TrackState
from roleplay.session.texts import TextRef
from roleplay.session.visible import Viewer, visible


def build_report(
    state: State,
    words: Mapping[str, str],
    viewer: Viewer,
    session: str,
    *,
    carried: Sequence[Carried] = (),
    series: Series | None = None,
    feed: DebriefFeed | None = None,
    quotes: tuple[TextRef, ...] | None = None,
    pasts: Sequence[Past] = (),
    names: bool = False,
    sounds: Mapping[str, str] | None = None,
) -> p.Report:
    """The report of a session as far as `viewer` may see it.

    Args:
        state: the session; it may be half played, or closed.
        words: text id to words; what is missing was erased, and the report says so in its place.
        viewer: for whom it is. A person gets the own part and the class; the room gets the class alone.
        session: the id of the session.
        carried: what goes on in it from earlier sessions of the same people.
        series: the series that it is a part of.
        feed: what `debrief_feed` says of the session, where it is known already: it is the same for every reader.
        quotes: what `shared_quotes` says of it, likewise.
        pasts: earlier sessions of the same people, oldest first; the facilitator reads who led and who met in them.
        names: whether the report for the room says who was here; writers it never names.
        sounds: where it goes out with its sound, the file of each recording, beside the report.
    """
    sources = Sources(state, words, visible(state, viewer, quotes))
    scenario = sources.setting.scenario
    person = viewer.person if viewer.kind == "person" else ""
    return p.Report(
        session=session,
        reader=viewer.kind,
        name=sources.name(person) if person in state.people else "",
        title=scenario.title,
        part=say_part(series, sources.bundle.id) if series else "",
        occasion=scenario.occasions[state.occasion].title if state.occasion in scenario.occasions else "",
        about=scenario.about,
        scenario=sources.bundle.id,
        opened=_iso(state.opened),
        lasted=state.now if state.ended is None else state.ended,
        ended=state.ended is not None,
        rehearsal=state.rehearsal,
        people=sum(not sources.is_sample(id) for id in state.people),
        carried=tuple(_carried(sources, carried)),
        leaders=tuple(_leaders(sources)),
        written=tuple(
            form_part(sources, form, form_take(sources, state.tracks[form.track], form.due))
            for form in sources.view.forms
            if person and form.due.by == person and not form.due.about_self
        ),
        played=tuple(facts_part(sources, f) for f in sources.view.facts if person and f.due.partner == person),
        maps=tuple(map_parts(sources)) if viewer.kind != "room" else (),
        ratings=tuple(ratings_parts(sources)),
        missing=tuple(missing_ratings(sources)),
        own_maps=tuple(own_map_parts(sources)) if person else (),
        talks=tuple(talk_parts(sources, sounds)),
        happened=tuple(happened(sources)) if person else (),
        cards=tuple(_cards(sources)),
        journal=tuple(_journal(sources)),
        feed=feed or debrief_feed(state, words),
        overview=overview_of(sources, pasts) if viewer.kind == "facilitator" else None,
        attendance=tuple(attendees_of(sources)) if names and viewer.kind == "room" else (),
        guide=tuple(_guide(sources)),
        tables=tuple(_table(sources, track) for track in sources.tracks),
    )


def say_part(series: Series, scenario: str) -> str:
    """Which part of a series a scenario is: `Reflective debriefs, part 2 of 4`; nothing where it is none."""
    if scenario not in series.series:
        return ""
    return f"{series.title}, part {series.series.index(scenario) + 1} of {len(series.series)}"


def _iso(wall: int | None) -> str:
    """UTC milliseconds as ISO 8601 to the second."""
    if wall is None:
        return ""
    return datetime.fromtimestamp(wall / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _carried(sources: Sources, carried: Sequence[Carried]) -> Iterator[p.CarriedPart]:
    """What everybody here could read then, and what the reader wrote."""
    viewer = sources.view.viewer
    for one in carried:
        mine = viewer.kind == "person" and one.by == viewer.person
        told = one.open and viewer.kind != "room"
        if mine or told:
            yield p.CarriedPart(
                title=one.title,
                by=sources.name(one.by),
                about=sources.name(one.about),
                about_self=one.by == one.about,
                opened=_iso(one.opened),
                lines=tuple(Said(ask=label, answer=words) for label, words in one.lines),
            )


def _leaders(sources: Sources) -> Iterator[LeaderPart]:
    viewer = sources.view.viewer
    for track in sources.tracks:
        for person in leaders_of(sources, track):
            if viewer.kind == "facilitator" or person == viewer.person:
                yield leader_part(sources, track, person)


def _cards(sources: Sources) -> Iterator[p.CardPart]:
    if sources.view.viewer.kind != "person":
        return
    scenario, given = sources.setting.scenario, set()
    for card in sources.view.cards:
        # Whoever keeps a role through several rounds holds its card once.
        if (card.case, card.role) in given:
            continue
        given.add((card.case, card.role))
        case = scenario.case(card.case)
        yield p.CardPart(
            title=f"Round {card.round}: {case.title}" if card.round and scenario.rotates else case.title,
            role="" if card.role == "everyone" else scenario.roles[card.role].title,
            text=card.text,
            facts=tuple(fact.fact for fact in card.hidden),
        )


def _journal(sources: Sources) -> Iterator[p.JournalPart]:
    for track, versions in sources.view.journals:
        planned = sources.state.tracks[track].planned(versions[-1].step)
        prompts = sources.setting.step(planned).prompts
        yield p.JournalPart(
            name=planned.name,
            on_paper=versions[-1].on_paper,
            corrected=len(versions) - 1,
            answers=tuple(
                Said(ask=prompts[number], answer=sources.said(ref))
                for number, ref in sorted(versions[-1].answers.items())
            ),
        )


def _guide(sources: Sources) -> Iterator[p.GuideLine]:
    """The questions for looking back; those that only one role talks about are for that role and the facilitator."""
    viewer, scenario = sources.view.viewer, sources.setting.scenario
    plays = {step.plays(viewer.person) for track in sources.tracks for step in track.steps if viewer.kind == "person"}
    for step in scenario.steps.values():
        theirs = not step.for_ or viewer.kind == "facilitator" or plays.intersection(step.for_)
        if isinstance(step, DebriefStep) and theirs:
            yield from (p.GuideLine(phase=item.phase, ask=item.ask) for item in step.guide)


def _table(sources: Sources, track: TrackState) -> p.TablePart:
    return p.TablePart(
        title=track.title,
        people=sources.names(track.people),
        past=sources.names(track.past),
        steps=tuple(
            _step_line(sources, track, time)
            for time in step_times(track, sources.state.now)
            if _is_told(sources, track, time)
        ),
        injects=tuple(inject_lines(sources, track)) if sources.view.viewer.kind == "facilitator" else (),
    )


def _is_told(sources: Sources, track: TrackState, time: StepTime) -> bool:
    """Whether a reader hears that a step ran, and with whom: where people are rated under seal, nobody is told when
    the others were asked in alone."""
    viewer, scenario = sources.view.viewer, sources.setting.scenario
    if viewer.kind != "person" or not scenario.sealed_rubrics:
        return True
    planned, meant = time.planned, sources.setting.step(time.planned).for_
    takes_part = not planned.cast or planned.plays(viewer.person) is not None
    is_meant = not meant or any(step.plays(viewer.person) in meant for step in track.steps)
    return takes_part and is_meant and time.run.why != "undone"


def _step_line(sources: Sources, track: TrackState, time: StepTime) -> p.StepLine:
    planned, roles = time.planned, sources.setting.scenario.roles
    return p.StepLine(
        name=planned.name,
        kind=planned.kind,
        round=planned.round,
        take=planned.take if planned.kind == "play" else 1,
        label=sources.label(track, planned.id),
        case=sources.case_title(planned),
        cast=tuple(
            p.CastLine(
                role=roles[role].title,
                people=sources.names(people),
                plays=roles[role].plays or "",
                also=roles[role].also or "",
            )
            for role, people in planned.cast.items()
            if people
        ),
        started=time.run.started,
        ended=time.run.ended,
        planned=planned.length,
        spent=time.spent,
        added=time.added,
        paused=time.paused,
        note=_note(time),
    )


_WHY: Mapping[Why, str] = {
    "undone": "taken back",
    "retake": "another take followed",
    "session-ended": "ended with the session",
}


def _note(time: StepTime) -> str:
    notes = []
    if round(time.added):
        notes.append(f"made {say_duration(abs(time.added))} {'longer' if time.added > 0 else 'shorter'}")
    if round(time.paused):
        notes.append(f"paused for {say_duration(time.paused)}")
    if time.run.ended is None:
        notes.append("running")
    elif time.run.why is not None and time.run.why in _WHY:
        notes.append(_WHY[time.run.why])
    return ", ".join(notes)
