"""Pictures of what a class saw of itself, drawn from blocks so that they are read from the back row.

Each belongs to a phase of the debrief: shared words to the reactions and, where they come from journals, to what comes
next; counts to what happened; forecasts and levels to what it means. Colours are shades of the theme's own, and
every shade has its number or its word beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from textual.content import Content

from roleplay.content.steps import DebriefPhase
from roleplay.report.feed import Bar, DebriefFeed, MarkerLine, RubricSpread, SurpriseLine, ThemeLine

_SIGNS = {"helps": ("●", "$text-primary"), "hinders": ("■", "$text-warning"), "neutral": ("◆", "$text-muted")}
_BARS = {"helps": "$primary", "hinders": "$warning", "neutral": "$text-muted"}
_TONES = {"helps": "helped", "hinders": "made it harder", "neutral": "noted"}
_LABEL_AT_MOST = 0.42
"""The part of the width that names may take beside their bars."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Something to look at while a question is talked about."""

    title: str
    rows: tuple[Content, ...]

    @property
    def content(self) -> Content:
        """All of it."""
        return Content("\n").join((Content.styled(self.title, "bold $text-primary"), *self.rows))


def pictures(feed: DebriefFeed, phase: DebriefPhase, width: int, height: int) -> tuple[Picture, ...]:
    """The pictures of a phase, each in so many columns and, where it can be, rows."""
    if phase == "description":
        if feed.awaited:
            return (_awaited(),)
        return (counts(feed.markers, width, height),) if any(line.count for line in feed.markers) else ()
    if phase == "analysis":
        found = [surprises(feed.surprises, width, height)] if feed.surprises else []
        return (*found, *(spread(part, width, height) for part in feed.spread))
    wanted = "form" if phase == "reactions" else "journal"
    theirs = [theme for theme in feed.themes if theme.origin == wanted] or list(feed.themes)
    # A journal goes from what was to what will be, and here the latter comes first.
    return tuple(quotes(theirs if phase == "reactions" else theirs[::-1], width, height))


def _awaited() -> Picture:
    said = "Counts appear here once there are three people behind them, so that no count is anybody’s own."
    return Picture("What was marked", (Content.styled(said, "$text-muted"),))


def counts(lines: Sequence[MarkerLine], width: int, height: int) -> Picture:
    """How often each behaviour was marked in all conversations; where rows are few, those that were, the most first."""
    rows = height - 2
    kept = [line for line in lines if line.count] if len(lines) > rows else list(lines)
    if len(kept) > rows:
        most_first = sorted(kept, key=lambda line: -line.count)[: max(1, rows)]
        kept = [line for line in kept if line in most_first]
    most = max((line.count for line in kept), default=0) or 1
    wide = min(max((len(line.marker) for line in kept), default=0), int(width * _LABEL_AT_MOST))
    room = width - wide - 4 - len(f" {most}")
    drawn = []
    for line in kept:
        sign, colour = _SIGNS[line.tone]
        cells = max(1, round(line.count / most * room)) if line.count else 0
        drawn.append(
            Content.assemble(
                (f"{sign} ", colour), (f"{_fit(line.marker, wide)}  ", "bold"), ("█" * cells, _BARS[line.tone]),
                (f" {line.count}", "bold"),
            )
        )  # fmt: skip
    tones = [tone for tone in _SIGNS if any(line.tone == tone for line in kept)]
    legend = Content("   ").join(Content.styled(f"{_SIGNS[tone][0]} {_TONES[tone]}", _SIGNS[tone][1]) for tone in tones)
    return Picture("What was marked in all conversations", (*_airy(drawn, rows), legend))


def spread(part: RubricSpread, width: int, height: int) -> Picture:
    """How many forms gave each answer: a bar for each criterion, lowest answer first."""
    longest = max(len(line.criterion) for line in part.lines)
    wide = min(longest, int(width * _LABEL_AT_MOST))
    unseen = max(line.not_observed for line in part.lines)
    room = width - wide - 2 - (len(f"  {unseen}") if unseen else 0)
    bars = [
        Content.assemble(
            (f"{_fit(line.criterion, wide)}  ", "bold"),
            _stack(line.bars, room),
            (f"  {line.not_observed}" if unseen else "", "$text-muted"),
        )
        for line in part.lines
    ]
    scales = dict.fromkeys(tuple(bar.label for bar in line.bars) for line in part.lines)
    legends = [row for labels in scales for row in _legend(labels, bool(unseen), width)]
    title = f"{part.rubric}: how many forms"
    return Picture(title, (*_airy(bars, height - len(wrap(title, width)) - len(legends)), *legends))


def _legend(labels: Sequence[str], unseen: bool, width: int) -> Iterator[Content]:
    """The word of each shade, in as many rows as it takes."""
    words = [(f" {label} ", _shade(n, len(labels))) for n, label in enumerate(labels)]
    row: list[tuple[str, str]] = []
    for word in [*words, *([("right: not observed", "$text-muted")] if unseen else [])]:
        if row and sum(len(text) + 1 for text, _ in row) + len(word[0]) > width:
            yield Content(" ").join(Content.styled(*part) for part in row)
            row = []
        row.append(word)
    yield Content(" ").join(Content.styled(*part) for part in row)


def _stack(bars: Sequence[Bar], room: int) -> Content:
    """One bar of all answers, each as wide as its part and with its number in it."""
    total = sum(bar.forms for bar in bars)
    if not total:
        return Content.styled(f"{'–':<{room}}", "$text-muted")
    given = [(n, bar.forms) for n, bar in enumerate(bars) if bar.forms]
    widths = _shares([forms for _, forms in given], room)
    parts = [(f"{forms:^{cells}}", _shade(n, len(bars))) for (n, forms), cells in zip(given, widths, strict=True)]
    return Content.assemble(*parts)


def _shares(amounts: Sequence[int], room: int) -> list[int]:
    """Columns in proportion, none too narrow for its number; the widest ones give way and take what is left."""
    total = sum(amounts)
    found = [max(len(str(amount)) + 2, amount * room // total) for amount in amounts]
    while (over := sum(found) - room) != 0 and max(found) > 1:
        widest = found.index(max(found))
        found[widest] -= 1 if over > 0 else -1
    return found


def _shade(place: int, of: int) -> str:
    """The colour of one of several ordered answers: the higher, the stronger."""
    part = 20 + round(80 * place / max(1, of - 1))
    return f"{'$background' if part > 55 else '$foreground'} on $primary {part}%"


def surprises(lines: Sequence[SurpriseLine], width: int, height: int) -> Picture:
    """What people had forecast and what others saw of them, on the scale, the largest gaps first."""
    fit = max(1, (height - 1) // 3)
    drawn: list[list[Content]] = []
    for line in lines[:fit]:
        first, last = line.levels[0], line.levels[-1]
        scale = _scale(line, max(2 * len(line.levels), min(width - len(first) - len(last) - 2, 100)))
        said = [Content(row) for row in wrap(line.said, width)]
        drawn.append([Content.styled(line.criterion, "bold"), Content.assemble(f"{first} ", scale, f" {last}"), *said])
    if sum(map(len, drawn)) + len(drawn) < height:
        drawn = [[*rows, Content()] for rows in drawn]
    title = "What surprised:  ○ forecast  ● what others saw"
    return Picture(title, tuple(row for rows in drawn for row in rows))


def _scale(line: SurpriseLine, room: int) -> Content:
    """A line over all levels with a stroke at each, and on it the way from the forecast to what was seen."""
    last = len(line.levels) - 1
    places = [round(n / last * (room - 1)) for n in range(last + 1)]
    start, end = sorted((places[line.forecast], places[line.seen]))
    parts: list[tuple[str, str]] = []
    for column in range(room):
        if column in (places[line.seen], places[line.forecast]):
            parts.append(("●" if column == places[line.seen] else "○", "bold $text-primary"))
        elif start < column < end:
            parts.append(("━", "$primary"))
        else:
            parts.append(("┼" if column in places else "─", "$text-muted"))
    return Content.assemble(*parts)


def quotes(themes: Iterable[ThemeLine], width: int, height: int) -> Iterator[Picture]:
    """Each theme with its question and the words below it, in one picture as many as there is space for."""
    drawn: list[Content] = []
    for theme in themes:
        rows = _theme(theme, width, height - 1)
        if drawn and len(drawn) + 2 + len(rows) > height:
            yield Picture("Words that were shared", tuple(drawn))
            drawn = []
        drawn += [*([Content()] if drawn else []), *rows]
    if drawn:
        yield Picture("Words that were shared", tuple(drawn))


def _theme(theme: ThemeLine, width: int, height: int) -> list[Content]:
    ask = [Content.styled(row, "$text-muted") for row in wrap(theme.ask or "Other words", width)]
    said = [[Content.styled(row, "bold") for row in _wrapped(quote, width)] for quote in theme.quotes]
    roomy = len(ask) + sum(len(rows) + 1 for rows in said) <= height
    return [*ask, *(row for quote in said for row in ([Content(), *quote] if roomy else quote))]


def _wrapped(quote: str, width: int) -> list[str]:
    """Words between quotation marks; marks inside them become single ones."""
    quote = quote.replace("“", "‘").replace("”", "’")
    rows = [row for line in quote.strip().splitlines() for row in wrap(line, width - 1) or [""]]
    rows[0] = f"“{rows[0]}"
    rows[-1] = f"{rows[-1]}”"
    return [rows[0], *(f" {row}" for row in rows[1:])]


def _airy(rows: Sequence[Content], height: int) -> Iterator[Content]:
    """With a row between them, where there is room."""
    air = 2 * len(rows) <= height
    for row in rows:
        yield row
        if air:
            yield Content()


def _fit(text: str, wide: int) -> str:
    return f"{text:<{wide}}" if len(text) <= wide else f"{text[: wide - 1]}…"
