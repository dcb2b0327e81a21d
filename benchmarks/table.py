"""A row for each figure, with what it is compared with and the limit that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; `kept` is None where nothing is promised."""

    what: str
    figure: str
    peer: str = ""
    ratio: str = ""
    limit: str = ""
    kept: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        verdict = {True: "ok", False: "OVER", None: ""}[self.kept]
        return (self.what, self.figure, self.peer, self.ratio, self.limit, verdict)


HEAD = ("what", "figure", "peer", "ratio", "limit", "")


def against(what: str, ours: Sequence[float], theirs: Sequence[float], peer: str, limit: float | None = None) -> Row:
    """How many times longer we take than a peer, by the medians of both; seconds go in."""
    figure, other = median(ours), median(theirs)
    ratio = figure / other
    return Row(
        what,
        say_time(figure),
        f"{say_time(other)} {peer}",
        f"{ratio:.2f}x",
        f"{limit:.2f}x" if limit else "",
        ratio <= limit if limit else None,
    )


def bounded(what: str, value: float, unit: str, limit: float | None = None) -> Row:
    """A figure that has a limit by itself."""
    figure = f"{value:g} {unit}" if float(value).is_integer() else f"{value:.1f} {unit}"
    return Row(what, figure, limit="" if limit is None else f"{limit:g} {unit}", kept=limit is None or value <= limit)


def say_time(seconds: float) -> str:
    """Seconds with three digits that mean something."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1000:.0f} ms" if seconds >= 0.1 else f"{seconds * 1000:.2f} ms"


def write_table(rows: Iterable[Row]) -> str:
    """The rows below their heads, each column as wide as it must be."""
    lines = [HEAD, *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
