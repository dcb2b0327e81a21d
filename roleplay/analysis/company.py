"""Who has worked with whom over several sessions, and in which round each led last: what new groups are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from roleplay.analysis.past import Past
from roleplay.planning.mixing import Company, pair_of
from roleplay.planning.plan import PlannedStep


def company_of(pasts: Iterable[Past], here: Mapping[str, str]) -> Company:
    """Fold earlier sessions into what counts for those who are here; only what was really played does.

    Args:
        pasts: earlier sessions, oldest first.
        here: person in this session to who that is over all sessions.
    """
    together: Counter[tuple[str, str]] = Counter()
    led: dict[str, int] = {}
    for past in pasts:
        ids = {there: id for id, known in here.items() if (there := past.person(known))}
        met = set()
        took_part: dict[str, int] = {}
        for people, step in _played(past):
            now = [ids[person] for person in people if person in ids]
            met |= {pair_of(*two) for two in combinations(now, 2)}
            took_part |= {person: 0 for person in now if person not in took_part}
            leaders = [ids[person] for person in past.state.setting.leaders(step) if person in ids]
            took_part |= {person: step.round or 1 for person in leaders if not took_part.get(person)}
        together.update(met)
        led |= took_part
    return Company(together, led)


def _played(past: Past) -> Iterator[tuple[tuple[str, ...], PlannedStep]]:
    """The conversations that were played, or, where a scenario has none, its other steps; with who was at the table."""
    for track in past.state.tracks.values():
        plays = any(step.kind == "play" for step in track.steps)
        for step in track.steps:
            if (step.kind == "play" or not plays) and track.has_played({step.id}):
                cast = dict.fromkeys(person for people in step.cast.values() for person in people)
                yield tuple(cast) or track.people_in(step), step
