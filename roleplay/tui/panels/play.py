"""The conversation: what happens in it, and for the observer's eyes the markers and the last taps."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content

from roleplay.content.durations import say_moment
from roleplay.content.rubric import Marker
from roleplay.session.state import FACILITATOR
from roleplay.tui import marking
from roleplay.tui.panels.base import StepPanel
from roleplay.tui.widgets.pressable import Pressable, pressing
from roleplay.tui.widgets.subjects import Subjects

LAST = 5
"""So many taps are shown."""


class PlayPanel(StepPanel):
    """Keys and titles of the markers, by what they do to the conversation."""

    DEFAULT_CSS = """
    PlayPanel #markers { height: auto; }
    PlayPanel #helps { width: auto; height: auto; margin-right: 2; }
    PlayPanel #others {
        width: auto; max-width: 34%; height: auto; margin-right: 2; text-wrap: nowrap; text-overflow: ellipsis;
    }
    PlayPanel #taps { width: 1fr; height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    PlayPanel.-roomy .room { margin-top: 1; }
    PlayPanel.-roomy #markers { margin-bottom: 1; }
    """

    def parts(self) -> ComposeResult:
        """Where many are marked, the observer's part comes first: it is looked at all the time."""
        many = len(marking.subjects(self.scene)) > 1
        yield from self.more() if many else self.prompts()
        yield from self.prompts() if many else self.more()

    def more(self) -> ComposeResult:
        """A line on who watches whom, the people where there are several, then three columns."""
        yield Pressable(id="eyes", classes="muted room")
        yield Subjects()
        with Horizontal(id="markers", classes="room"):
            yield Pressable(id="helps")
            yield Pressable(id="others")
            yield Pressable(id="taps")

    def on_resize(self) -> None:
        """Where there is space, leave some."""
        self.set_class(self.size.height >= 16, "-roomy")

    def paint(self) -> None:
        """Put in the people, the markers and the last taps."""
        scene = self.scene
        markers = marking.markers(scene)
        self.put("eyes", self._eyes())
        self.query_one(Subjects).show(scene)
        shown = markers is not None and marking.tapping(scene) is not None
        self.query_one("#markers").display = shown
        if markers is None or not shown:
            return
        rubric = markers[1]
        of = {tone: [m for m in rubric.markers if m.tone == tone] for tone in ("helps", "hinders", "neutral")}
        self.put("helps", _column("Helps", of["helps"]))
        others = [_column("Hinders", of["hinders"]), _column("Also", of["neutral"])]
        self.put("others", Content("\n").join(part for part in others if str(part)))
        given = marking.taps(scene)
        several = len(marking.subjects(scene)) > 1
        taps = [
            Content.assemble(
                f"{scene.name(mark.about)}: " if several else (f"{say_moment(mark.into)} ", "$text-muted"),
                rubric.marker(mark.marker).title,
            )
            for mark in reversed(given[-LAST:])
        ] or [Content.styled("none yet", "$text-muted")]
        head = [Content.styled("Last marks", "$text-primary bold")]
        back = Content.assemble((self.key_of("untap"), "bold $text-accent"), " takes one back")
        foot = [pressing("untap", back)] if given else []
        self.put("taps", Content("\n").join([*head, *taps, *foot]))

    def _eyes(self) -> Content:
        scene, now = self.scene, marking.tapping(self.scene)
        if marking.markers(scene) is None or scene.step is None:
            return Content("")
        if now is None:
            return Content("Nobody has to mark anything; the program plays the observer.")
        by, about = (scene.name(person) for person in now)
        nobody = now[0] == FACILITATOR
        if len(marking.subjects(scene)) > 1:
            whose = "Nobody observes; you can mark" if nobody else f"For {by}’s eyes"
            said = f"{whose}: first the number, then the letter."
        elif nobody:
            said = f"Nobody observes; you can mark what {about} does."
        else:
            said = f"For {by}’s eyes: turn the screen to {by}, who marks {about}."
        other = marking.next_tapper(scene)
        if other is None:
            return Content(said)
        turn = Content.assemble((self.key_of("observer"), "bold $text-accent"), f": {scene.name(other)} marks")
        return Content.assemble(said, "  ", pressing("observer", turn))


def _column(title: str, markers: list[Marker]) -> Content:
    lines = [
        pressing(f"stamp('{marker.key}')", Content.assemble((marker.key, "bold $text-accent"), " ", marker.title))
        for marker in markers
    ]
    return Content("\n").join([Content.styled(title, "$text-primary bold"), *lines]) if lines else Content("")
