"""The debrief: one question at a time, fed with what this class marked, answered and agreed to share."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from roleplay.analysis.bells import say_aloud
from roleplay.tui.panels.base import StepPanel
from roleplay.tui.scene import Scene

_WIDEST = 24
"""Columns of the longest bar."""


class DebriefPanel(StepPanel):
    """A question of the guide, how far the class is, and what belongs to that phase."""

    DEFAULT_CSS = """
    DebriefPanel #place { margin-top: 1; color: $text-primary; text-style: bold; }
    DebriefPanel #ask { text-style: bold; }
    DebriefPanel #feed { margin-top: 1; color: $text-muted; }
    """

    def more(self) -> ComposeResult:
        """The question, and what it is fed with."""
        yield Static(id="place")
        yield Static(id="ask")
        yield Static(id="pace", classes="muted")
        yield Static(id="feed")

    def paint(self) -> None:
        """Put in the question and what belongs to it."""
        asked = self.scene.asked
        self.put("ask", asked.ask if asked else "")
        self.put("feed", Content("\n").join(feed(self.scene, asked.phase if asked else "")))
        if asked is None:
            self.put("place", "")
            self.put("pace", "")
            return
        at, count = self.scene.question + 1, len(self.scene.guide)
        self.put("place", f"{asked.phase.capitalize()} · question {min(at, count)} of {count}")
        self._pace(late=False)

    def tick(self, now: float) -> None:
        """Say when it is time for the next question."""
        clock = self.scene.track.clock
        if clock is not None and self.scene.guide:
            spent = clock.elapsed(now)
            late = spent > each(self.scene) * (self.scene.question + 1)
            self._pace(late and self.scene.question + 1 < len(self.scene.guide))

    def _pace(self, late: bool) -> None:
        on, back = self.key_of("question(1)"), self.key_of("question(-1)")
        turn = f"Time for the next one: {on}" if late else f"{on} next, {back} back"
        said = f"About {say_aloud(max(5, round(each(self.scene) / 5) * 5))} for each. {turn}"
        if str(self.query_one("#pace", Static).content) != said:
            self.put("pace", said)


def each(scene: Scene) -> float:
    """Seconds for one question of the guide."""
    total = scene.track.clock.total if scene.track.clock else 0.0
    return total / max(1, len(scene.guide))


def feed(scene: Scene, phase: str) -> Iterator[Content]:
    """What the room may see of itself, as far as it belongs to a phase of the debrief."""
    from roleplay.report.debrief import debrief_feed

    found = debrief_feed(scene.state, scene.words)
    if phase in ("reactions", "application"):
        yield from (Content(f"“{quote}”") for theme in found.themes for quote in theme.quotes)
    elif phase == "description":
        most = max((line.count for line in found.markers), default=0)
        wide = max((len(line.marker) for line in found.markers), default=0)
        yield from (_bar(line.marker, wide, line.count, most, str(line.count)) for line in found.markers if line.count)
    else:
        for spread in found.spread:
            yield Content.styled(spread.rubric, "bold")
            for line in spread.lines:
                said = " · ".join(f"{bar.label} {'█' * bar.forms or '–'}" for bar in line.bars)
                yield Content(f"{line.criterion}: {said}")


def _bar(label: str, wide: int, count: int, most: int, said: str) -> Content:
    cells = max(1, round(count / most * min(_WIDEST, max(most, 1))))
    return Content.assemble(f"{label:<{wide}}  ", ("█" * cells, "$primary"), f" {said}")
