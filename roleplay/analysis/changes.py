"""What a change of people or places does to the plan, in sentences that can be read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from roleplay.planning.notes import say_length
from roleplay.planning.plan import PlannedStep
from roleplay.planning.words import say_list, say_number
from roleplay.session.events import Event, Replanned, Reseated
from roleplay.session.evolve import evolve
from roleplay.session.state import State, TrackState

Name = Callable[[str], str]
"""What a person is called, by id."""


def say_changes(state: State, event: Event, name: Name) -> tuple[str, ...]:
    """What an event changes, from the state before it; nothing for any event but a change of people or places."""
    if not isinstance(event, Replanned):
        return ()
    return tuple(_Said(state, event, name).sentences())


class _Said:
    """One change, with the tables before and after it."""

    def __init__(self, state: State, event: Replanned, name: Name) -> None:
        self._before, self._after, self._event, self._name = state, evolve(state, event), event, name
        self._scenario = state.setting.scenario

    def sentences(self) -> Iterator[str]:
        """First who comes and goes, then what each table does from here on."""
        yield from self._say_who()
        for table in self._event.tables:
            before, after = self._before.tracks[table.track], self._after.tracks[table.track]
            if not table.people:
                yield from self._say_given_up(before)
            elif before.people != after.people or self._event.why == "swapped":
                yield from self._say_table(before, after)
        if any(self._parts(table) for table in self._event.tables):
            yield "From here on the tables no longer begin their rounds together."

    def _names(self, people: Sequence[str]) -> str:
        return say_list([self._name(person) for person in people])

    def _title(self, person: str) -> str:
        return self._after.track_of(person).title

    # Who

    def _say_who(self) -> Iterator[str]:
        event = self._event
        if event.why == "left":
            yield f"{self._names(event.gone)} {_verb(event.gone, 'leaves', 'leave')}."
        elif event.why == "swapped":
            yield self._say_swapped(*event.who)
        elif event.why == "moved":
            person = event.who[0]
            later = " after this round" if self._is_busy(person) else ""
            yield f"{self._name(person)} goes to {self._title(person)}{later}."
        elif event.why in ("arrived", "came-back"):
            came = [person.id for person in event.people] + list(event.back)
            for title in dict.fromkeys(map(self._title, came)):
                here = [person for person in came if self._title(person) == title]
                verb = _verb(here, "joins", "join") if event.people else _verb(here, "is back at", "are back at")
                yield f"{self._names(here)} {verb} {title}."

    def _say_swapped(self, one: str, other: str) -> str:
        if self._title(one) == self._title(other):
            return f"{self._names((one, other))} do each other's part at {self._title(one)} from the next round on."
        return f"{self._names((one, other))} change places from the next round on."

    def _is_busy(self, person: str) -> bool:
        """Whether somebody still takes part in the round that runs at the table before."""
        track = self._before.track_of(person)
        after = self._after.tracks[track.id]
        return after.status == "running" and after.step is not None and after.step.plays(person) is not None

    def _say_given_up(self, before: TrackState) -> Iterator[str]:
        went = {
            title: [p for p in before.people if p not in self._after.away and self._title(p) == title]
            for title in dict.fromkeys(self._title(p) for p in before.people if p not in self._after.away)
        }
        where = [f"{self._names(people)} {_verb(people, 'goes', 'go')} to {title}" for title, people in went.items()]
        runs = before.status == "running" and before.step is not None and before.step.round is not None
        stops = " Its round stops here." if runs else ""
        yield f"{before.title} is given up{f'; {say_list(where)}' if where else ''}.{stops}"

    # What a table does from here on

    def _say_table(self, before: TrackState, after: TrackState) -> Iterator[str]:
        yield from self._say_talk(before, after)
        yield from self._say_rest(before, after)
        if not self._scenario.rotates:
            yield from self._say_roles(before, after)
        yield from self._say_rounds(before, after)
        if len(after.people) == 1 < self._scenario.people_needed:
            yield f"Only {self._name(after.people[0])} is left at {after.title}, so nothing can be played there."
        elif len(after.people) < len(before.people) and (empty := self._emptied(before, after)):
            pair, nobody = f"{after.title} goes on as a pair", f"Nobody is {empty} at {after.title}"
            yield f"{pair if len(after.people) == 2 else nobody}; the facilitator can observe there."

    def _emptied(self, before: TrackState, after: TrackState) -> str:
        """The extra roles that somebody had before, and that nobody has now."""
        was, now = _ahead(before), _ahead(after)
        titles = {role: told.title for role, told in self._scenario.roles.items() if told.extra}
        if was is None or now is None:
            return ""
        return " or ".join(titles[role] for role in titles if was.cast.get(role) and not now.cast.get(role))

    def _say_talk(self, before: TrackState, after: TrackState) -> Iterator[str]:
        """Which role nobody plays any more in the conversation that runs."""
        step = before.talk
        for role, people in step.cast.items() if step else ():
            told = self._scenario.roles[role]
            if not told.extra and people and all(person in self._after.away for person in people):
                yield (
                    f"Nobody is {told.title} in the conversation that runs at {after.title}; "
                    "go on with its next step when you like."
                )

    def _say_rest(self, before: TrackState, after: TrackState) -> Iterator[str]:
        """Who steps in for the rest of the round that runs."""
        step = before.step
        if step is None or step.round is None or before.status != "running":
            return
        was, now = ([s for s in track.steps[before.index + 1 :] if s.round == step.round] for track in (before, after))
        if any(s.kind == "play" for s in was) and not now:
            yield f"The round that runs at {after.title} cannot be played to its end."
        for role, people in now[0].cast.items() if now else ():
            new = [person for person in people if was[0].plays(person) not in (role, None)]
            if new and self._scenario.rotates:
                title = self._scenario.roles[role].title
                yield f"{self._names(new)} {_verb(new, 'steps', 'step')} in as {title} for the rest of this round."

    def _say_roles(self, before: TrackState, after: TrackState) -> Iterator[str]:
        """Who holds another role from here on, and which role has too few people."""
        was, now = _ahead(before), _ahead(after)
        if was is None or now is None or self._scenario.turns_of(now.source) is not None:
            return
        for role, people in now.cast.items():
            new = [person for person in people if was.plays(person) != role]
            if new:
                title = self._scenario.roles[role].title
                yield f"{self._names(new)} {_verb(new, 'is', 'are')} {title} at {after.title} from here on."
        for role, told in self._scenario.seated.items():
            number = len(now.cast.get(role, ()))
            if not told.extra and number < told.count.least:
                there = f"there {'is' if number == 1 else 'are'} {say_number(number)}"
                yield f"At {after.title} {told.title} needs {say_number(told.count.least)}, and {there}."

    def _say_rounds(self, before: TrackState, after: TrackState) -> Iterator[str]:
        was, now = _rounds(before), _rounds(after)
        times = sum(map(_seconds, was)), sum(map(_seconds, now))
        if after.rounds and (before.rounds != after.rounds or times[0] != times[1]):
            lengths = set(map(_seconds, now))
            changed = len(lengths) == 1 and not lengths & set(map(_seconds, was))
            each = f", {say_length(min(lengths))} each from here on" if changed else ""
            rounds = f"{say_number(after.rounds)} round{'' if after.rounds == 1 else 's'}"
            yield f"{after.title} now plays {rounds}{each}{_say_more(*times)}."
        led = {(turn[0].round, self.leader(turn[0])) for turn in was}
        does = "leads" if self._scenario.rotates else "has a turn"
        for turn in now:
            number, person = turn[0].round, self.leader(turn[0])
            if person and (number, person) not in led:
                yield f"{self._name(person)} {does} at {after.title} in round {number}."

    def leader(self, step: PlannedStep) -> str:
        """Who leads in a step; in turns, whose turn it is."""
        turns = self._before.setting.scenario.turns_of(step.source)
        people = step.cast.get(turns.in_turn, ()) if turns else self._before.setting.leaders(step)
        return people[0] if people else ""

    def _parts(self, table: Reseated) -> bool:
        """Whether a step of the rounds was one for the whole class before, and is no more."""
        before = {step.id: step.scope for step in self._before.tracks[table.track].steps}
        return any(step.scope == "table" and before.get(step.id) == "class" for step in table.steps)


def _rounds(track: TrackState) -> list[list[PlannedStep]]:
    """The rounds of a table after the one it is in."""
    now = track.step.round if track.step is not None and track.status == "running" else None
    found: dict[int, list[PlannedStep]] = {}
    for step in track.steps[max(track.index, 0) :]:
        if step.round is not None and step.round != now:
            found.setdefault(step.round, []).append(step)
    return list(found.values())


def _seconds(turn: Sequence[PlannedStep]) -> int:
    return sum(step.length for step in turn if not step.added)


def _ahead(track: TrackState) -> PlannedStep | None:
    """The next conversation that has not begun."""
    return next((step for step in track.steps[track.index + 1 :] if step.kind == "play"), None)


def _say_more(before: int, after: int) -> str:
    if after > before:
        return f", {say_length(after - before)} longer in all"
    return f" and is done {say_length(before - after)} earlier" if after < before else ", in the same time"


def _verb(people: Sequence[str], one: str, several: str) -> str:
    return one if len(people) == 1 else several
