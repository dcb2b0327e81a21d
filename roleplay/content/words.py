"""How words of a file fall into paragraphs, on a screen and on paper alike."""

from __future__ import annotations

from collections.abc import Iterator


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text: any line break separates them, save between rows, which begin with a space.

    Rows that follow one another are one paragraph with a line each, as a small table of numbers is written.
    """
    rows: list[str] = []
    for line in text.splitlines():
        said = " ".join(line.split())
        if said and line[:1].isspace():
            rows.append(said)
            continue
        if rows:
            yield "\n".join(rows)
            rows = []
        if said:
            yield said
    if rows:
        yield "\n".join(rows)
