"""What stands on a terminal's screen, worked out from what is drawn on it.

Textual moves the cursor, writes, and begins new lines; colours are left out.
"""

from __future__ import annotations

import codecs
import re

ROWS, COLUMNS = 24, 80
_TOKEN = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[[0-9;?>$]*[a-zA-Z]|\x1b\][^\x07]*\x07|\r|\n|[^\x1b\r\n]+")
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;?>$]*|\][^\x07]*)?\Z")


class ScreenText:
    """A screen of 80 by 24 signs, which begins empty."""

    def __init__(self) -> None:
        self._cells = [[" "] * COLUMNS for _ in range(ROWS)]
        self._row = self._column = 0
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""

    @property
    def lines(self) -> list[str]:
        """The lines from the top, without spaces at their ends."""
        return ["".join(line).rstrip() for line in self._cells]

    def draw(self, news: bytes) -> None:
        """Draw what a program sent, wherever it is cut."""
        text = self._rest + self._decode(news)
        unfinished = _UNFINISHED.search(text)
        self._rest = unfinished[0] if unfinished else ""
        for token in _TOKEN.finditer(text.removesuffix(self._rest)):
            if token[1]:
                self._row, self._column = int(token[1]) - 1, int(token[2]) - 1
            elif token[0] == "\r":
                self._column = 0
            elif token[0] == "\n":
                self._row = min(self._row + 1, ROWS - 1)
            elif not token[0].startswith("\x1b"):
                end = min(self._column + len(token[0]), COLUMNS)
                self._cells[self._row][self._column : end] = token[0][: end - self._column]
                self._column = end
