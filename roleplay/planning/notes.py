"""What a plan had to give way in, in sentences: how people are grouped, and what is different at which table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from roleplay.content.durations import say_duration
from roleplay.content.scenario import Scenario
from roleplay.content.seats import seats
from roleplay.planning.casting import cast_once, rotation
from roleplay.planning.lengths import TableTime, usual_size
from roleplay.planning.words import say_list, say_number, say_times

_NAMES = {2: "pair", 3: "triad"}


def say_notes(scenario: Scenario, sizes: Sequence[int], times: Sequence[TableTime]) -> tuple[str, ...]:
    """The notes of a plan.

    Args:
        scenario: what is played.
        sizes: how many people sit at each table.
        times: what is played at tables of each size.
    """
    usual = usual_size(scenario, sizes)
    said = {time.people: _say_table(scenario, usual, time, len(times) > 1) for time in times}
    said = {size: words for size, words in said.items() if words}
    if len(sizes) == 1 and sizes[0] == scenario.group_size and not said:
        return ()
    # What is said of the only unusual size stands right behind it.
    last = next(iter(said)) if len(said) == 1 else None
    counts = sorted(Counter(sizes).items(), key=lambda item: (item[0] == last, item[0] in said, -item[0]))
    groups = say_list([_say_groups(size, count) for size, count in counts])
    behind = f", who {said[last]}" if last else ""
    notes = [f"{sum(sizes)} people: {groups}{behind}."]
    if last is None:
        several = Counter(sizes)
        notes += [
            f"The {_name(size, several[size])} {words if several[size] > 1 else _singular(words)}."
            for size, words in said.items()
        ]
    return tuple(notes)


def _say_table(scenario: Scenario, usual: int, table: TableTime, others: bool) -> str:
    """What people at a table of an unusual size do otherwise, as `play four rounds of 7m30s …`; often nothing."""
    empty = " and no ".join(scenario.roles[id].title for id in empty_roles(scenario, table.people))
    listens = ["the facilitator can observe"] if empty else []
    longer = f"{say_length(table.more)} longer {'than the others' if others else 'in all than planned'}"
    # What rounding leaves is nothing to speak of.
    earlier = f"are done {say_length(-table.more)} earlier" if table.more <= -60 else ""
    if not table.rounds or table.people == scenario.group_size:
        late = f"take {longer}" if table.more >= 60 else earlier
        has = [f"have no {empty}"] if empty else _say_crowded(scenario, table.people)
        plays = " and ".join(filter(None, (*has, late)))
        return "; ".join(filter(None, (plays, *listens)))
    plays = f"play {say_number(table.rounds)} round{'s' if table.rounds > 1 else ''}"
    if table.people > usual and table.rounds == table.people:
        plays += f" of {say_length(table.each)}"
        plays += f" and take {longer}" if table.more > 0 else " in the same time"
    plays += f" with no {empty}" if empty else ""
    plays += f" and {earlier}" if earlier else ""
    return "; ".join([plays, *listens, *_say_seats(scenario, table.people, table.rounds)])


def _say_crowded(scenario: Scenario, people: int) -> list[str]:
    """The roles that more people have than the file says, where nobody changes roles."""
    roles = scenario.seated
    taken = {} if scenario.rotates else Counter(seats(roles, people))
    many = [f"{say_number(n)} as {roles[id].title}" for id, n in taken.items() if n > roles[id].count.most]
    return [f"have {say_list(many)}"] if many else []


def _say_seats(scenario: Scenario, people: int, rounds: int) -> list[str]:
    """Who plays a role more often than once, and who does not play one."""
    roles = scenario.seated
    if rounds == people:
        often = Counter(seats(roles, people))
        return [
            f"each of them {_plays(roles[id].title)} {say_times(count)}" for id, count in often.items() if count > 1
        ]
    casts = rotation(roles, [str(n) for n in range(people)])[:rounds]
    without = {
        id: people - len({person for cast in casts for person in cast[id]})
        for id, role in roles.items()
        if not role.extra
    }
    last = without.pop(scenario.leading_role, 0)
    said = [f"the last {'leads' if last == 1 else f'{say_number(last)} lead'} next time"] if last else []
    said += [
        f"{say_number(count)} {'does' if count == 1 else 'do'} not play {roles[id].title}"
        for id, count in without.items()
        if count
    ]
    return [", and ".join(said)] if said else []


def empty_roles(scenario: Scenario, people: int) -> list[str]:
    """The extra roles that nobody plays at a table of so many people."""
    cast = cast_once(scenario.seated, [str(n) for n in range(people)])
    return [id for id, role in scenario.seated.items() if role.extra and not cast[id]]


def say_length(seconds: int) -> str:
    """Whole minutes in words, anything else as files write it."""
    minutes, rest = divmod(seconds, 60)
    if rest or not minutes:
        return say_duration(seconds)
    return f"{minutes} minute{'s' if minutes > 1 else ''}"


def _say_groups(size: int, count: int) -> str:
    return f"{say_number(count)} {_name(size, count)}"


def _name(size: int, count: int = 1) -> str:
    """What a group of so many people is called."""
    many = "s" if count > 1 else ""
    return f"{_NAMES[size]}{many}" if size in _NAMES else f"group{many} of {say_number(size)}"


def _singular(words: str) -> str:
    """`play four rounds and are done earlier` as one group does it."""
    ones = {"play": "plays", "have": "has", "take": "takes", "are": "is"}
    first, _, rest = words.partition(" ")
    for many in ("take", "are"):
        rest = rest.replace(f" and {many} ", f" and {ones[many]} ", 1)
    return f"{ones[first]} {rest}"


def _plays(title: str) -> str:
    return "observes" if title.casefold() == "observer" else f"is {title}"
