"""The conversation: what happens in it, and for the observer's eyes the markers and the last taps."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from roleplay.content.durations import say_clock
from roleplay.content.rubric import Marker
from roleplay.session.state import FACILITATOR
from roleplay.tui.panels.base import StepPanel

LAST = 5
"""So many taps are shown."""


class PlayPanel(StepPanel):
    """Keys and titles of the markers, by what they do to the conversation."""

    DEFAULT_CSS = """
    PlayPanel #markers { height: auto; }
    PlayPanel #helps { width: auto; height: auto; margin-right: 2; }
    PlayPanel #others { width: auto; height: auto; margin-right: 2; }
    PlayPanel #taps { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    PlayPanel.-roomy .room { margin-top: 1; }
    """

    def more(self) -> ComposeResult:
        """A line on who watches whom, then three columns."""
        yield Static(id="eyes", classes="muted room")
        with Horizontal(id="markers", classes="room"):
            yield Static(id="helps")
            yield Static(id="others")
            yield Static(id="taps")

    def on_resize(self) -> None:
        """Where there is space, leave some."""
        self.set_class(self.size.height >= 16, "-roomy")

    def paint(self) -> None:
        """Put in the markers and the last taps."""
        markers = self.scene.markers()
        self.put("eyes", self._eyes())
        shown = markers is not None and self.scene.tapping is not None
        self.query_one("#markers").display = shown
        if markers is None or not shown:
            return
        rubric = markers[1]
        of = {tone: [m for m in rubric.markers if m.tone == tone] for tone in ("helps", "hinders", "neutral")}
        self.put("helps", _column("Helps", of["helps"]))
        others = [_column("Hinders", of["hinders"]), _column("Also", of["neutral"])]
        self.put("others", Content("\n").join(part for part in others if str(part)))
        taps = [
            Content.assemble((say_clock(mark.into), "$text-muted"), " ", rubric.marker(mark.marker).title)
            for mark in reversed(self.scene.taps()[-LAST:])
        ] or [Content.styled("none yet", "$text-muted")]
        head = [Content.styled("Last marks", "$text-primary bold")]
        foot = [Content.assemble(("⌫", "bold $text-accent"), " takes one back")] if self.scene.taps() else []
        self.put("taps", Content("\n").join([*head, *taps, *foot]))

    def _eyes(self) -> Content:
        scene = self.scene
        if scene.markers() is None or scene.step is None:
            return Content("")
        if scene.tapping is None:
            return Content("Nobody has to mark anything; the program plays the observer.")
        by, about = (scene.name(person) for person in scene.tapping)
        several = " ctrl+o: next" if len(scene.pairs()) > 1 else ""
        if scene.tapping[0] == FACILITATOR:
            return Content(f"Nobody observes; you can mark what {about} does.{several}")
        return Content(f"For {by}’s eyes: turn the screen to {by}, who marks {about}.{several}")


def _column(title: str, markers: list[Marker]) -> Content:
    lines = [Content.assemble((marker.key, "bold $text-accent"), " ", marker.title) for marker in markers]
    return Content("\n").join([Content.styled(title, "$text-primary bold"), *lines]) if lines else Content("")
