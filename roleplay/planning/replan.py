"""The plan of a table from the next round on, made anew when people have come, gone or moved, with the fewest changes.

What has begun stays. A round that has not begun keeps its leader, its case and its lengths where it can; whoever has
not led yet leads once; nobody who is gone is cast, and whoever came gets a round in the time that was planned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from roleplay.content.scenario import Case, Scenario
from roleplay.content.steps import InTurn, Rotate
from roleplay.planning.casting import Cast
from roleplay.planning.fit import Weight, fit
from roleplay.planning.plan import PlannedStep, with_takes
from roleplay.planning.recast import Had, cast_rounds, cast_whole, leading_chair, step_in

Turn = tuple[PlannedStep, ...]
"""The steps of one round, in their order."""


@dataclass(frozen=True, slots=True)
class Seated:
    """A table as it stands when its plan is made anew."""

    people: tuple[str, ...]
    steps: tuple[PlannedStep, ...]
    at: int
    """The place of the step it is at or waits for: -1 before the first one, the number of steps after the last."""
    settled: frozenset[str]
    """The ids of the steps that have begun, or in which somebody has written."""

    def begun(self) -> dict[int, Turn]:
        """The rounds of which a step is settled, by number."""
        numbers = {step.round for step in self.steps if step.id in self.settled and step.round is not None}
        return {n: turn for n, turn in _rounds(self.steps).items() if n in numbers}

    def ahead(self) -> dict[int, Turn]:
        """The rounds of which nothing has begun, by number."""
        begun = self.begun()
        return {n: turn for n, turn in _rounds(self.steps).items() if n not in begun}


@dataclass(frozen=True, slots=True)
class Around:
    """What the other tables say for the plan of this one."""

    played: tuple[tuple[int, Cast], ...] = ()
    """Who had which role elsewhere: the place of the block in the script, and the cast of each round begun there."""
    usual: Mapping[str, PlannedStep] = field(default_factory=dict)
    """A step of every source, as it was planned first."""
    seconds: Mapping[int, int] = field(default_factory=dict)
    """By block, the most seconds that any table still has for rounds that have not begun."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """The role that people who come from another table had there, where roles are held for the whole session."""
    cases: tuple[Case, ...] = ()


def replan(
    scenario: Scenario,
    table: Seated,
    people: Sequence[str],
    gone: Collection[str] = (),
    around: Around | None = None,
) -> tuple[PlannedStep, ...]:
    """All steps of a table at which these people sit from now on.

    Args:
        scenario: what is played.
        table: the table as it stands.
        people: who sits there from the next round on.
        gone: those who have left, and so are missing from the rest of the round that runs, too.
        around: what the other tables say.
    """
    return with_takes(_Anew(scenario, table, tuple(people), frozenset(gone), around or Around()).steps())


def block_of(step: PlannedStep) -> int:
    """The place in the script of the block, or of the single step, that a planned step belongs to."""
    return int(step.source.partition(".")[0])


def casts_begun(scenario: Scenario, table: Seated) -> list[tuple[int, Cast]]:
    """Of each round that has begun, its block and the cast of its conversation."""
    begun = (turn for turn in table.begun().values() if not _is_cut(scenario, turn))
    return [(block_of(turn[0]), _talk(turn).cast) for turn in begun]


def can_play(scenario: Scenario, people: int) -> bool:
    """Whether so many people fill the roles that a conversation needs."""
    return people >= scenario.people_needed


def has_room(scenario: Scenario, people: int) -> bool:
    """Whether so many people find a role at one table."""
    return scenario.grows or people <= sum(role.count.most for role in scenario.seated.values())


def _rounds(steps: Sequence[PlannedStep]) -> dict[int, Turn]:
    found: dict[int, Turn] = {}
    for step in steps:
        if step.round is not None:
            found[step.round] = (*found.get(step.round, ()), step)
    return found


def _is_cut(scenario: Scenario, turn: Turn) -> bool:
    """Whether a round has lost its conversation, because somebody who was needed left before it began."""
    item = scenario.script[block_of(turn[0])]
    talks = isinstance(item, Rotate) and any(step.kind == "play" for step in item.steps)
    return talks and not any(step.kind == "play" for step in turn)


def _talk(turn: Turn) -> PlannedStep:
    """The step that says who had which role in a round: its last conversation."""
    return next((step for step in reversed(turn) if step.kind == "play"), turn[-1])


@dataclass(frozen=True, slots=True)
class _Anew:
    """One table, whose plan is made anew."""

    scenario: Scenario
    table: Seated
    people: tuple[str, ...]
    gone: frozenset[str]
    around: Around

    def steps(self) -> Iterator[PlannedStep]:
        """All its steps, in order."""
        whole = {} if self.scenario.rotates else self._whole()
        begun = self.table.begun()
        blocks = {n: item for n, item in enumerate(self.scenario.script) if isinstance(item, Rotate)}
        pending = [n for n in blocks if self._is_open(n)]
        last, kept = 0, dict(begun)
        for step in self.table.steps:
            while pending and block_of(step) > pending[0]:
                for turn in self._turns(pending.pop(0), whole, kept, last):
                    last = turn[0].round or last
                    yield from turn
            if step.round is None:
                yield self._outside(step, whole)
            elif step.round in begun and step.round != last:
                last = step.round
                kept[last] = self._begun_round(begun[last], whole)
                yield from kept[last]
        for block in pending:
            for turn in self._turns(block, whole, kept, last):
                last = turn[0].round or last
                yield from turn

    def _is_open(self, block: int) -> bool:
        """Whether rounds of a block are still to come: it lies ahead, or its last conversation is not over."""
        steps, at = self.table.steps, self.table.at
        if at < 0:
            return True
        reached = max(map(block_of, steps[: at + 1]))
        if at >= len(steps) or reached != block:
            return at < len(steps) and reached < block
        talks = any(step.kind == "play" for step in steps if block_of(step) == block)
        onward = (step for step in steps[at:] if block_of(step) == block)
        return any(step.kind == "play" or not talks for step in onward) or not can_play(
            self.scenario, len(self.table.people)
        )

    def _outside(self, step: PlannedStep, whole: Cast) -> PlannedStep:
        if step.id in self.table.settled:
            return self._settled(step)
        return step.model_copy(update={"cast": whole, "people": ()})

    def _settled(self, step: PlannedStep) -> PlannedStep:
        return step if step.people else step.model_copy(update={"people": self.table.people})

    # A round that has begun

    def _begun_round(self, turn: Turn, whole: Cast) -> Turn:
        """A round that has begun: what is settled, and the rest of it for those who are still there."""
        settled = self.table.settled
        rest = [step for step in turn if step.id not in settled]
        changed = self._rest(rest, whole) if rest else None
        return tuple(
            self._settled(step) if step.id in settled else step.model_copy(update=changed)
            for step in turn
            if step.id in settled or changed is not None
        )

    def _rest(self, rest: Sequence[PlannedStep], whole: Cast) -> dict[str, object] | None:
        """The cast of the rest of a round, and who is there; none where it cannot go on."""
        in_turn = self.scenario.turns_of(rest[0].source)
        if in_turn is not None:
            person = next(iter(rest[0].cast.get(in_turn.in_turn, ())), "")
            turns = person in whole.get(in_turn.in_turn, ())
            return {"cast": _cast_of_turn(in_turn, whole, person), "people": ()} if turns else None
        here = tuple(p for p in rest[0].people or self.table.people if p not in self.gone)
        cast = {role: tuple(p for p in people if p in here) for role, people in rest[0].cast.items()}
        if any(step.kind == "play" for step in rest):
            before = [turn for turn in self.table.begun().values() if turn[0].round != rest[0].round]
            filled = step_in(self.scenario, cast, self._had(block_of(rest[0]), before))
            return {"cast": filled, "people": here} if filled is not None else None
        return {"cast": cast, "people": here}

    # Rounds that have not begun

    def _turns(self, block: int, whole: Cast, kept: Mapping[int, Turn], last: int) -> list[Turn]:
        """The rounds of a block from the next one on, numbered onward from the `last` one."""
        item = self.scenario.script[block]
        assert isinstance(item, Rotate)
        begun = [turn for turn in kept.values() if block_of(turn[0]) == block]
        ahead = [turn for turn in self.table.ahead().values() if block_of(turn[0]) == block]
        if isinstance(item.rotate, InTurn):
            found = self._in_turn(item.rotate, whole, begun, ahead)
        elif can_play(self.scenario, len(self.people)):
            found = self._every_role(block, begun, ahead)
        else:
            found = []
        lengths = self._lengths(block, [turn for turn, _ in found], begun, ahead)
        used = [turn[0].case for turn in (*begun, *ahead)]
        turns: list[Turn] = []
        for number, (planned, cast) in enumerate(found, start=last + 1):
            case = planned[0].case if planned else self._case(used, item)
            used += [] if planned else [case]
            turns.append(tuple(self._step(s, number, cast, case, n) for s, n in lengths[len(turns)].items()))
        return [turn for turn in turns if turn]

    def _step(self, source: str, round: int, cast: Cast, case: str | None, length: int) -> PlannedStep:
        changed = {
            "id": f"{source}r{round}",
            "round": round,
            "length": length,
            "case": case,
            "cast": cast,
            "people": (),
        }
        return self._sample(source).model_copy(update=changed)

    def _sample(self, source: str) -> PlannedStep:
        own = (step for step in reversed(self.table.steps) if step.source == source and not step.added)
        return next(own, None) or self.around.usual[source]

    def _case(self, used: Sequence[str | None], item: Rotate) -> str | None:
        """The case of a round that comes in addition: the next one that this table has not, else the next one."""
        cases = [case.id for case in self.around.cases]
        if not cases:
            return None
        if isinstance(item.rotate, InTurn):
            return next((case for case in used if case), cases[0])
        last = cases.index(used[-1]) if used and used[-1] in cases else -1
        onward = [cases[(last + 1 + n) % len(cases)] for n in range(len(cases))]
        return next((case for case in onward if case not in used), onward[0])

    def _lengths(
        self, block: int, found: Sequence[Turn | None], begun: Sequence[Turn], ahead: Sequence[Turn]
    ) -> list[dict[str, int]]:
        """The lengths of each round: as planned; where there are more rounds, shorter ones in the same time."""
        sources = [source for source in self.scenario.steps if source.startswith(f"{block}.")]
        usual = {s: self.around.usual[s].length for s in sources if s in self.around.usual}
        before = (*begun, *ahead)
        model = usual | _lengths_of(before[-1]) if before else usual
        each = [model | _lengths_of(turn) if turn else model for turn in found]
        time = max(sum(map(_seconds, ahead)), self.around.seconds.get(block, 0))
        if len(found) <= len(ahead) or sum(sum(lengths.values()) for lengths in each) <= time:
            return each
        steps = [self.scenario.steps[source] for source in model]
        weights = [
            Weight(n, min(n, Weight.of(step.length, step.least).least), len(found))
            for n, step in zip(model.values(), steps, strict=True)
        ]
        fitted = fit(weights, time) or [weight.least for weight in weights]
        return [dict(zip(model, fitted, strict=True))] * len(found)

    def _every_role(self, block: int, begun: Sequence[Turn], ahead: Sequence[Turn]) -> list[tuple[Turn | None, Cast]]:
        """Each round with what was planned for it, and its cast."""
        had = self._had(block, begun)
        lead = leading_chair(self.scenario)
        cut = {p for turn in begun if _is_cut(self.scenario, turn) for p in turn[0].cast.get(lead, ())}
        rounds = self._leaders(had, ahead, cut)
        planned = [(leader, _talk(turn).cast if turn else {}) for turn, leader in rounds]
        casts = cast_rounds(self.scenario, self.people, planned, had)
        return [(turn, cast) for (turn, _), cast in zip(rounds, casts, strict=True)]

    def _had(self, block: int, begun: Sequence[Turn]) -> Had:
        """Who has had which role how often in the rounds of a block that have begun, here and elsewhere."""
        held = [turn for turn in begun if not _is_cut(self.scenario, turn)]
        casts = [_talk(turn).cast for turn in held] + [cast for at, cast in self.around.played if at == block]
        return Counter((role, p) for cast in casts for role, people in cast.items() for p in people)

    def _leaders(self, had: Had, ahead: Sequence[Turn], cut: Collection[str]) -> list[tuple[Turn | None, str]]:
        """Who leads in which round: as planned; who came takes the rounds of those who left, then one more each.

        So does whoever was to lead in a round that was cut short.
        """
        lead = leading_chair(self.scenario)
        due = [p for p in self.people if not had.get((lead, p))]
        planned = [next((p for p in _talk(turn).cast.get(lead, ()) if p in due), None) for turn in ahead]
        others = [p for p in due if p not in planned]
        could_play = can_play(self.scenario, len(self.table.people))
        came = [p for p in others if p not in self.table.people or p in cut or not could_play]
        waiting = [p for p in others if p not in came]
        rounds: list[tuple[Turn | None, str]] = []
        for turn, was in zip(ahead, planned, strict=True):
            instead = came or waiting
            leader = was or (instead.pop(0) if instead else None)
            if leader is not None:
                rounds.append((turn, leader))
        return [*rounds, *((None, leader) for leader in came)]

    def _in_turn(
        self, turn: InTurn, whole: Cast, begun: Sequence[Turn], ahead: Sequence[Turn]
    ) -> list[tuple[Turn | None, Cast]]:
        had = {p for steps in begun for p in steps[0].cast.get(turn.in_turn, ())}
        due = [p for p in whole.get(turn.in_turn, ()) if p not in had]
        found: list[tuple[Turn | None, Cast]] = []
        for steps in ahead:
            person = next((p for p in steps[0].cast.get(turn.in_turn, ()) if p in due), None)
            if person is not None:
                due.remove(person)
                found.append((steps, _cast_of_turn(turn, whole, person)))
        return [*found, *((None, _cast_of_turn(turn, whole, person)) for person in due)]

    def _whole(self) -> Cast:
        roles_of = {person: role for person in self.people if (role := self._role_of(person)) is not None}
        return cast_whole(self.scenario, self.people, self.table.people, roles_of)

    def _role_of(self, person: str) -> str | None:
        """The role that somebody holds here, or had at another table."""
        for step in reversed(self.table.steps):
            for role, people in step.cast.items():
                if person in people and role in self.scenario.seated:
                    return role
        before = self.around.roles.get(person)
        return before if before in self.scenario.seated else None


def _cast_of_turn(turn: InTurn, whole: Cast, person: str) -> Cast:
    others = {turn.others: tuple(p for p in whole.get(turn.in_turn, ()) if p != person)} if turn.others else {}
    return whole | {turn.in_turn: (person,)} | others


def _lengths_of(turn: Turn) -> dict[str, int]:
    return {step.source: step.length for step in turn if not step.added}


def _seconds(turn: Turn) -> int:
    return sum(step.length for step in turn)
