"""The board of a debrief: the question that is asked, its own clock, and the picture that belongs to it."""

from __future__ import annotations

from textwrap import wrap

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from roleplay.analysis.pace import Turn
from roleplay.content.durations import say_clock
from roleplay.tui.scene import Scene
from roleplay.tui.widgets.charts import Picture, pictures
from roleplay.tui.widgets.texts import put_text

_MOST_ROWS = 14
"""Rows of a picture where pictures stand one below the other."""
_AROUND = 3
"""Rows for the place, the time, and one before the picture."""


class DebriefBoard(Vertical):
    """Shows the question of a scene; `go_on` moves its clock."""

    DEFAULT_CSS = """
    DebriefBoard { height: auto; }
    DebriefBoard > Static { height: auto; }
    DebriefBoard #place { color: $text-primary; text-style: bold; }
    DebriefBoard #ask { text-style: bold; }
    DebriefBoard #pace { color: $text-muted; }
    DebriefBoard.-one { height: 1fr; }
    DebriefBoard.-apart { margin-top: 1; }
    DebriefBoard #pace.-late { color: $text-warning; }
    DebriefBoard #picture { margin-top: 1; }
    """

    def __init__(self, scene: Scene, one: bool = False) -> None:
        """With `one` it takes the space there is for one picture; otherwise all stand one below the other."""
        super().__init__(classes="-one" if one else "")
        self._scene, self._one = scene, one
        self._keys = ("↓", "↑")

    def compose(self) -> ComposeResult:
        """The question, and what it is fed with."""
        yield Static(id="place", markup=False)
        yield Static(id="ask", markup=False)
        yield Static(id="pace", markup=False)
        yield Static(id="picture")

    def on_mount(self) -> None:
        """Paint for the first time."""
        self.show(self._scene)

    def on_resize(self) -> None:
        """Draw the picture as wide as there is space for."""
        self._draw()

    def say_keys(self, on: str, back: str) -> None:
        """How the keys are written that go to the next question and to the one before."""
        self._keys = (on, back)

    def show(self, scene: Scene) -> None:
        """Put in the question and what belongs to it."""
        self._scene = scene
        if not self.is_mounted:
            return
        asked = scene.asked
        place = (
            f"{asked.phase.capitalize()} · question {scene.turn.question + 1} of {len(scene.guide)}" if asked else ""
        )
        put_text(self, "place", place)
        put_text(self, "ask", asked.ask if asked else "")
        self._draw()
        if asked is None:
            put_text(self, "pace", "")

    def go_on(self, now: float) -> None:
        """Paint the question's own clock, and when the next one is due."""
        clock, count = self._scene.track.clock, len(self._scene.guide)
        if clock is None or not count:
            return
        turn: Turn = self._scene.turn
        due = turn.ends(count, clock.total)
        left = due - clock.elapsed(now)
        last = turn.question + 1 >= count
        on, back = self._keys
        if left > 0:
            then = "the last one" if last else f"next at {say_clock(clock.total - due)}"
            said = f"{say_clock(left)} for this question, {then} · {on} next, {back} back"
        else:
            said = "That was its time." if last else f"Time for the next one: {on}"
        put_text(self, "pace", said)
        self.query_one("#pace").set_class(left <= 0 and not last, "-late")

    def _draw(self) -> None:
        if not self.is_mounted or not self.size.width:
            return
        width, asked = self.size.width, self._scene.asked
        rows = self.size.height - len(wrap(asked.ask, width)) - _AROUND if self._one and asked else _MOST_ROWS
        found = shown_pictures(self._scene, width, rows)
        shown = found[:1] if self._one else found
        content = Content("\n\n").join(picture.content for picture in shown)
        static = self.query_one("#picture", Static)
        if static.content != content:
            static.update(content)
        static.display = bool(shown)


def shown_pictures(scene: Scene, width: int, height: int) -> tuple[Picture, ...]:
    """The pictures that belong to the question that is asked, the one to look at first; the questions of a phase take
    them in turn, and `picture` of the scene goes on from there."""
    if scene.asked is None:
        return ()
    phase = scene.asked.phase
    found = pictures(scene.feeds.of(scene.state, scene.words), phase, width, height)
    if not found:
        return ()
    nth = sum(item.phase == phase for item in scene.guide[: scene.turn.question])
    first = (nth + scene.picture) % len(found)
    return (*found[first:], *found[:first])
