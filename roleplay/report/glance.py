"""The class at a glance, for whoever leads it: what is missing, who has led, where the time went, who met whom before.

It says who owes what, and nothing of what anybody wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from roleplay.analysis.company import company_of
from roleplay.analysis.participation import Participation, conversations_played, participations
from roleplay.analysis.past import Past
from roleplay.analysis.timing import step_times
from roleplay.content.durations import say_clock
from roleplay.planning.mixing import pair_of
from roleplay.report.overview import Attendee, ClassOverview, MetBefore, PersonLine, TableLine
from roleplay.report.sources import Sources
from roleplay.session.state import TrackState
from roleplay.session.tasks import Task, tasks

_TOLD = 3
"""How many missing things are named in a sentence."""
_MOST_MET = 12


def overview_of(sources: Sources, pasts: Sequence[Past] = ()) -> ClassOverview:
    """What the facilitator sees first.

    Args:
        sources: the session.
        pasts: earlier sessions of people who are here, oldest first.
    """
    state = sources.state
    asked = {track.id: _asked(sources, track) for track in state.tracks.values()}
    missing = [task for found in asked.values() for task in found if not task.done]
    known = {id: p.known for id, p in state.people.items() if p.known and not sources.is_sample(id)}
    here = [one for one in participations(state) if not sources.is_sample(one.person)]
    leading, roles = sources.setting.scenario.leading_role, sources.setting.scenario.roles
    times = company_of(pasts, known).together if pasts else {}
    together = _together(sources)
    met = sorted((pair for pair in together if times.get(pair)), key=lambda pair: -times[pair])
    return ClassOverview(
        next=say_next(sources, missing),
        tables=tuple(_table(sources, track, asked[track.id]) for track in state.tracks.values()),
        people=tuple(
            PersonLine(
                name=sources.name(one.person),
                tables=_titles(sources, one),
                led=one.played.get(leading, 0),
                observed=sum(n for role, n in one.played.items() if roles[role].extra),
                others=sum(n for role, n in one.played.items() if role != leading and not roles[role].extra),
                missing=tuple(say_task(sources, task) for task in missing if task.by == one.person),
                note=say_moves(one),
                before=_before(pasts, known.get(one.person)),
            )
            for one in here
        ),
        not_led=sources.names(one.person for one in here if not one.played.get(leading) and _should_lead(sources, one)),
        sessions=len(pasts),
        met=tuple(MetBefore(names=(sources.name(a), sources.name(b)), times=times[a, b]) for a, b in met[:_MOST_MET]),
        pairs=len(together),
    )


def attendees_of(sources: Sources) -> Iterator[Attendee]:
    """Everybody who was here, and where they sat."""
    for one in participations(sources.state):
        if not sources.is_sample(one.person):
            yield Attendee(name=sources.name(one.person), tables=_titles(sources, one), note=say_moves(one))


def say_next(sources: Sources, missing: Sequence[Task]) -> str:
    """What there is to do, in a sentence: `3 forms are missing: Table 4, Dana about Eli (Listening); …`."""
    if not missing:
        begun = any(track.runs for track in sources.state.tracks.values())
        return "Everything that was asked for is in." if begun else "Nothing has begun yet."
    counted = _count(missing)
    several = len(sources.state.tracks) > 1
    told = [
        f"{sources.state.tracks[task.track].title}, {said}" if several else said
        for task in missing[:_TOLD]
        for said in [say_task(sources, task, named=True)]
    ]
    more = f"; and {len(missing) - _TOLD} more" if len(missing) > _TOLD else ""
    return f"{counted} missing: {'; '.join(told)}{more}."


def _count(missing: Sequence[Task]) -> str:
    journals = sum(task.kind == "journal" for task in missing)
    forms = len(missing) - journals
    said = [
        f"{number} {word if number == 1 else word + 's'}" for number, word in ((forms, "form"), (journals, "journal"))
        if number
    ]  # fmt: skip
    return f"{' and '.join(said)} {'is' if len(missing) == 1 else 'are'}"


def say_task(sources: Sources, task: Task, named: bool = False) -> str:
    """What somebody owes: `about Eli: Listening`."""
    who = sources.name(task.by) if named else ""
    if task.kind == "facts":
        what = "what came out"
    elif task.kind == "learned":
        what = "what was found out"
    elif task.kind == "forecast":
        what = "forecast"
    elif task.form is None:
        what = "journal"
    else:
        title = sources.bundle.rubrics[task.form.rubric].title
        if task.form.about_self:
            what = title
        else:
            about = f"about {sources.name(task.form.about)} ({title})"
            return f"{who} {about}".strip()
    return f"{who}: {what}" if named else what


def _asked(sources: Sources, track: TrackState) -> list[Task]:
    """What the steps so far ask of people who are still here, and of nobody that can no longer give it."""
    people = sources.state.people
    return [
        task
        for task in tasks(sources.state, track)
        if task.done or not (task.late or sources.is_sample(task.by) or people[task.by].gone)
    ]


def _table(sources: Sources, track: TrackState, asked: Sequence[Task]) -> TableLine:
    times = [time for time in step_times(track, sources.state.now) if time.spent is not None]
    over = [time for time in times if time.run.ended is not None]
    return TableLine(
        title=track.title,
        people=sources.names(track.people),
        past=sources.names(track.past),
        rounds=track.rounds,
        played=len({step.round for step in conversations_played(track) if step.round}),
        asked=len(asked),
        missing=sum(not task.done for task in asked),
        planned=sum(time.planned.length for time in over),
        spent=sum(time.spent or 0.0 for time in over),
        added=sum(time.added for time in over),
        paused=sum(time.paused for time in times),
    )


def _titles(sources: Sources, one: Participation) -> tuple[str, ...]:
    return tuple(sources.state.tracks[table].title for table in one.tables)


def say_moves(one: Participation) -> str:
    """When somebody came, left and came back, in the order in which they did."""
    moves = [("left", at) for at in one.left] + [("came back", at) for at in one.back]
    if one.came is not None:
        moves.append(("came late", one.came))
    return ", ".join(f"{said} at {say_clock(at)}" for said, at in sorted(moves, key=lambda move: move[1]))


def _should_lead(sources: Sources, one: Participation) -> bool:
    """Whether a person was to lead: where all take turns, everybody was, also whoever has left."""
    steps = (step for track in sources.state.tracks.values() for step in track.steps if step.kind == "play")
    return sources.setting.scenario.rotates or any(one.person in sources.setting.leaders(step) for step in steps)


def _together(sources: Sources) -> list[tuple[str, str]]:
    """The pairs who sit together, or did in a conversation that was played."""
    found: dict[tuple[str, str], None] = {}
    for track in sources.state.tracks.values():
        groups: Iterable[tuple[str, ...]] = [
            track.people, *(track.people_in(step) for step in conversations_played(track))
        ]  # fmt: skip
        found |= {pair_of(*two): None for group in groups for two in combinations(group, 2)}
    return list(found)


def _before(pasts: Sequence[Past], known: str | None) -> str:
    sessions = [past for past in pasts if known and past.person(known)]
    if not known or not sessions:
        return ""
    led = sum(past.led(known) for past in sessions)
    return f"led in {led} of {len(sessions)} before"
