"""Steps in which people read and write for themselves, one after the other on a shared laptop."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from roleplay.tui.panels.base import StepPanel, task_lines
from roleplay.tui.review_view import Review, seen_by_all
from roleplay.tui.widgets.picture import picture_of

_ROOMY = 15
"""Rows from which the picture of a conversation has its minutes below it, and space around it."""


class WritingPanel(StepPanel):
    """Who is asked for what, whether it is in, and whose turn it is."""

    @property
    def lead(self) -> str:
        """The line above the list."""
        return ""

    def more(self) -> ComposeResult:
        """What is asked and what Enter does, then the list."""
        yield Static(id="lead", classes="space")
        yield Static(id="tasks")

    def paint(self) -> None:
        """Put in who is asked for what."""
        tasks = self.scene.here()
        lead = [Content.styled(self.lead, "$text-primary bold")] if tasks else []
        self.put("lead", Content("   ").join([*lead, *self._keys()]))
        self.put("tasks", task_lines(self.scene, tasks))

    def _keys(self) -> Iterator[Content]:
        """What the keys open, each as its key and its words."""
        scene, task = self.scene, self.scene.next_missing()
        if task is not None:
            does = f"hand the laptop to {scene.name(task.by)}" if scene.alone is None else "write"
            yield Content.assemble((self.key_of("open"), "bold $text-accent"), f" {does}")
        elif scene.here() and all(asked.done for asked in scene.here()):
            yield Content.styled("Everything of this step is in.", "$text-success")


class PreparePanel(WritingPanel):
    """Cards are read, and the leader may forecast."""

    @property
    def lead(self) -> str:
        """It is for the conversation, where there is one."""
        return "Before the conversation"

    def _keys(self) -> Iterator[Content]:
        """Cards come before what is written."""
        does = "read your card" if self.scene.alone else "show a card"
        yield Content.assemble((self.key_of("cards"), "bold $text-accent"), f" {does}")
        yield from super()._keys()


class FeedbackPanel(WritingPanel):
    """Forms about each other or oneself, and what came out."""

    @property
    def lead(self) -> str:
        """Whether anybody writes about somebody else."""
        forms = [task.form for task in self.scene.here() if task.form]
        return "Written about each other" if any(not form.about_self for form in forms) else "Written about oneself"

    def _keys(self) -> Iterator[Content]:
        """What is in can be read at once by the one whom it is about."""
        yield from super()._keys()
        if any(task.done for task in self.scene.here()):
            yield Content.assemble((self.key_of("received"), "bold $text-accent"), " read what is in")
        if self._review is not None:
            yield Content.assemble((self.key_of("look_back"), "bold $text-accent"), " look back")

    def more(self) -> ComposeResult:
        """Below the list, what the conversation was like, where it was recorded or somebody noted who spoke."""
        yield from super().more()
        yield Static(id="picture")

    def on_resize(self) -> None:
        """As wide as there is space for."""
        if self._composed:
            self._paint_picture()

    def paint(self) -> None:
        """Put in who is asked for what, and the picture."""
        super().paint()
        self._paint_picture()

    def _paint_picture(self) -> None:
        roomy, review = self.size.height >= _ROOMY, self._review
        shown = picture_of(review.strip, self.size.width - 4, axis=roomy) if review else Content()
        self.query_one("#picture").set_class(roomy, "space")
        self.put("picture", shown)

    @property
    def _review(self) -> Review | None:
        """The conversation that this feedback is about, as its whole table may see it, where there is any of it."""
        scene, take = self.scene, self.scene.take
        review = seen_by_all(scene.state, scene.words, scene.track, take.id) if take else None
        return review if review is not None and review.is_known else None


class JournalPanel(WritingPanel):
    """Everybody writes for themselves, here or on paper."""

    @property
    def lead(self) -> str:
        """They are nobody else's."""
        return "Journals"
