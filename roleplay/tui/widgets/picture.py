"""The picture of a conversation and its figures, as they are painted on screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from roleplay.report.talk import TalkPart
from roleplay.tui.strip import Strip, draw

_VALUE_AT_MOST = 24
_MEANS = 30
"""Columns below which there is no space beside a figure to say what was counted."""


def picture_of(strip: Strip, width: int, at: float | None = None, axis: bool = True) -> Content:
    """Who spoke when and what was marked, in so many columns; nothing where nothing is known.

    Args:
        strip: the conversation.
        width: how many columns there are.
        at: the moment that one looks at or listens to.
        axis: with the minutes below.
    """
    rows = [] if strip.is_empty else draw(strip, width, at)
    return Content("\n").join(Content.assemble(*row) for row in (rows if axis else rows[:-1]))


def figures_of(talk: TalkPart, width: int, in_full: bool) -> Content:
    """The figures and how each was got; in short, the talk time alone. Where there are none, why."""
    rows = [Content(talk.how)] if talk.lanes or talk.said else []
    if talk.figures:
        rows = [*rows, *_table(talk, width)] if in_full else [_in_short(talk, width)]
    return Content("\n").join(rows)


def _in_short(talk: TalkPart, width: int) -> Content:
    """The talk time, or where nobody knows whose it is, what was asked; and how it was got, where there is space."""
    first, *_ = talk.figures
    if talk.speakers:
        values = zip(talk.speakers, first.values, strict=True)
        told = f"{first.title}: {'   '.join(f'{name} {value}' for name, value in values)}"
    else:
        told = "   ".join(f"{figure.title}: {figure.values[0]}" for figure in talk.figures)
    with_how = f"{told}   {first.how}"
    return Content(with_how if cell_len(with_how) <= width else told)


def _table(talk: TalkPart, width: int) -> Iterator[Content]:
    """A row for each figure, a column for each speaker, behind them what was counted, and below from what."""
    wide = max(cell_len(figure.title) for figure in talk.figures) + 2
    heads: Sequence[str] = talk.speakers or ("",)
    each = min(_VALUE_AT_MOST, (width - wide) // len(heads))
    left = width - wide - each * len(heads)
    if talk.speakers:
        yield _beside([("", wide, ""), *((name, each, "bold $text") for name in heads)])
    for figure in talk.figures:
        values = [(value, each if talk.speakers else width - wide - left, "$text") for value in figure.values]
        means = [(figure.means, left, "$text-muted")] if left >= _MEANS else []
        yield _beside([(figure.title, wide, ""), *values, *means])
    yield from (Content(f"{how}.") for how in dict.fromkeys(figure.how for figure in talk.figures))


def _beside(cells: Sequence[tuple[str, int, str]]) -> Content:
    """Texts in columns, each wrapped below itself: the words, how wide, and their style."""
    columns = [(Content(words).wrap(max(1, wide - 2)) or [Content()], wide, style) for words, wide, style in cells]
    rows = max(len(rows) for rows, _, _ in columns)
    return Content("\n").join(
        Content.assemble(
            *((set_cell_size(rows[n].plain if n < len(rows) else "", wide), style) for rows, wide, style in columns)
        )
        for n in range(rows)
    )
