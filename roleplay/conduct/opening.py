"""Opening a session, and opening it again after the program was shut."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from roleplay.audio.shelf import Shelf
from roleplay.conduct.clock import Clock, MonotonicClock, wall_now
from roleplay.conduct.cut_off import end_cut_off
from roleplay.conduct.runner import Journal, Runner, new_text
from roleplay.content.blanks import fill_bundle
from roleplay.content.bundle import Bundle
from roleplay.content.ids import as_id
from roleplay.planning.plan import Plan
from roleplay.problems import CommandProblem
from roleplay.session.commands import Command, Open, Reopen
from roleplay.session.events import Participant, SessionOpened
from roleplay.session.evolve import fold
from roleplay.session.state import Setting, State
from roleplay.session.texts import Text, read
from roleplay.settings import home_folder
from roleplay.store.protocol import Store
from roleplay.store.session_lock import hold_session

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
"""Without the two that are read as other signs."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who will take part: a stable id, and a name."""

    id: str
    name: str
    bot: bool = False
    known: str | None = None
    """Who this is in all sessions, where somebody said so."""


def new_known_id() -> str:
    """An id for somebody who is from now on known over all sessions; it says nothing about who that is."""
    return f"k-{_letters(10)}"


def seats_for(names: Sequence[str], bots: int = 0) -> tuple[Seat, ...]:
    """People by name, each with an id of their own, then so many bots."""
    taken = {name.casefold() for name in names}
    free = [name for name in _BOT_NAMES if name.casefold() not in taken]
    people = tuple(Seat(f"p{n}", name) for n, name in enumerate(names, start=1))
    return (*people, *(Seat(f"b{n + 1}", _bot_name(free, n), True) for n in range(bots)))


def _bot_name(names: Sequence[str], number: int) -> str:
    again, which = divmod(number, len(names))
    return f"{names[which]} {again + 1} (bot)" if again else f"{names[which]} (bot)"


_BOT_NAMES = ("Robin", "Sam", "Alex", "Kim", "Noa", "Luca", "Toni", "Mika", "Jo", "Charlie", "Quinn", "Sascha")


def open_session(
    store: Store,
    journal: Journal,
    bundle: Bundle,
    plan: Plan,
    people: Sequence[Seat],
    *,
    clock: Clock | None = None,
    rehearsal: bool = False,
    blanks: Mapping[str, str] | None = None,
    occasion: str | None = None,
    series: str | None = None,
) -> Runner:
    """Open a new session, which this process then owns; its first event is safe when this returns.

    Args:
        store: where the contents are kept.
        journal: where the events are written.
        bundle: what is played, its blanks not filled in: what people write stands with the words, not with the file.
        plan: who plays what.
        people: those whom the plan names.
        clock: the session's clock.
        rehearsal: everybody is a bot.
        blanks: the answers to the scenario's blanks.
        occasion: the set of cases that the plan was made with.
        series: the series that this session is a part of.

    Raises:
        StoreProblem: it could not be written.
    """
    scenario = store.put_content(bundle.model_dump_json(by_alias=True))
    planned = store.put_content(plan.model_dump_json())
    session = _new_id(bundle)
    names = [new_text(person.name) for person in people]
    filled = {id: new_text(answer) for id, answer in (blanks or {}).items() if id in bundle.scenario.blanks}
    setting = Setting(fill_bundle(bundle, {id: text.text for id, text in filled.items()}), plan)
    runner = Runner(session, State(setting), {}, journal, clock or MonotonicClock())
    participants = tuple(
        Participant(id=person.id, name=name.ref, bot=person.bot, known=person.known)
        for person, name in zip(people, names, strict=True)
    )
    command = Open(
        wall_now(),
        scenario,
        planned,
        participants,
        rehearsal,
        blanks={id: text.ref for id, text in filled.items()},
        occasion=occasion,
        series=series,
    )
    return _owned(runner, command, [*names, *filled.values()])


def _new_id(bundle: Bundle) -> str:
    """The day, the scenario, and letters that tell it from the others; it can be typed after a command as it is."""
    return "-".join(part for part in (time.strftime("%Y-%m-%d"), as_id(bundle.id), _letters(4)) if part)


def _letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))


def _owned(runner: Runner, command: Command, texts: Sequence[Text] = ()) -> Runner:
    """Take hold of a session and carry out its first command; it is let go where that fails."""
    runner.belongings.enter_context(hold_session(home_folder(), runner.session))
    try:
        runner.do_at_once(command, texts)
    except BaseException:
        runner.close()
        raise
    return runner


def read_session(store: Store, session: str) -> tuple[State, dict[str, str]]:
    """The state of a session as its journal tells it, and its words.

    Raises:
        StoreProblem: the journal cannot be read.
        CommandProblem: the journal has no beginning.
    """
    events = store.events(session)
    if not events or not isinstance(events[0], SessionOpened):
        raise CommandProblem(f"The session {session} has no beginning.", "`roleplay sessions` lists the others.")
    bundle = Bundle.model_validate_json(store.content(events[0].scenario))
    plan = Plan.model_validate_json(store.content(events[0].plan))
    words = store.texts(session)
    answers = {id: read(words, ref) for id, ref in events[0].blanks.items()}
    return fold(Setting(fill_bundle(bundle, answers), plan), events), words


def scenario_of(store: Store, session: str) -> str:
    """The hash of the scenario that a session plays.

    Raises:
        StoreProblem: the journal cannot be read.
        CommandProblem: the journal has no beginning.
    """
    opened = next(iter(store.events(session)), None)
    if not isinstance(opened, SessionOpened):
        raise CommandProblem(f"The session {session} has no beginning.", "`roleplay sessions` lists the others.")
    return opened.scenario


def reopen_session(
    store: Store, journal: Journal, session: str, make_clock: Callable[[float], Clock] = MonotonicClock
) -> Runner:
    """Open a session again, paused where it was; the time for which it was shut does not count.

    What was being recorded then is kept to its last moment.

    Raises:
        CommandProblem: the session is closed, or open in another window.
        StoreProblem: it cannot be read or written.
    """
    state, words = read_session(store, session)
    beat = store.last_beat(session)
    at = max(state.now, beat.at if beat else 0.0)
    runner = _owned(Runner(session, state, words, journal, make_clock(at)), Reopen(wall_now()))
    try:
        end_cut_off(runner, Shelf(home_folder()))
    except BaseException:
        runner.close()
        raise
    return runner
