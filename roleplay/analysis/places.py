"""How far people have come in a series: which parts they have done, and which comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from roleplay.analysis.past import Past
from roleplay.content.series import Series


@dataclass(frozen=True, slots=True)
class Places:
    """Where known people stand in a series. Parts are counted from 1."""

    series: Series
    done: Mapping[str, tuple[int, ...]]
    """Known person to the parts done, lowest first."""

    def next_part(self, known: str | None) -> int | None:
        """The first part that somebody has not done, or none; people who are not known have done nothing."""
        done = self.done.get(known or "", ())
        return next((part for part in range(1, len(self.series.series) + 1) if part not in done), None)

    def open_parts(self, known: str | None) -> tuple[int, ...]:
        """The parts that are open to somebody: all, or those done and the next one."""
        last = len(self.series.series)
        if self.series.opens.after == "done":
            last = self.next_part(known) or last
        return tuple(sorted({*range(1, last + 1), *self.done.get(known or "", ())}))

    def say(self, name: str, known: str | None, titles: Sequence[str]) -> str:
        """Where somebody stands, in a sentence; `titles` are those of the parts, in order."""
        done, upcoming, all_parts = self.done.get(known or "", ()), self.next_part(known), len(self.series.series)
        if upcoming is None:
            return f"{name} has done all {all_parts} parts." if all_parts > 1 else f"{name} has done its one part."
        coming = f"{upcoming} of {all_parts}: {titles[upcoming - 1]}"
        if not done:
            return f"{name} begins with part {coming}"
        return f"{name} has done {_say_parts(done)}; next is {coming}"


def places_in(pasts: Iterable[Past], series_id: str, series: Series, known: Iterable[str]) -> Places:
    """Who has done which part of a series.

    A part is done by who led a conversation of it that was played, once the session or the table has come to its end;
    it need not have been opened as a part of this series, only not of another.
    """
    fitting = [past for past in pasts if past.state.series in (None, series_id) and not past.state.rehearsal]
    done = {}
    for person in known:
        scenarios = {past.scenario for past in fitting if past.over_for(person) and past.led(person)}
        done[person] = tuple(part for part, id in enumerate(series.series, start=1) if id in scenarios)
    return Places(series, done)


def _say_parts(parts: Sequence[int]) -> str:
    if len(parts) == 1:
        return f"part {parts[0]}"
    return f"parts {', '.join(map(str, parts[:-1]))} and {parts[-1]}"
