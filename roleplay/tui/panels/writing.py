"""Steps in which people read and write for themselves, one after the other on a shared laptop."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from roleplay.tui.panels.base import StepPanel, task_lines
from roleplay.tui.review_view import seen_by_all
from roleplay.tui.widgets.picture import picture_of


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

    def more(self) -> ComposeResult:
        """Below the list, what the conversation was like, where it was recorded or somebody noted who spoke."""
        yield from super().more()
        yield Static(id="picture", classes="space")
        yield Static(id="look-back", classes="muted")

    def on_resize(self) -> None:
        """As wide as there is space for."""
        if self._composed:
            self._paint_picture()

    def paint(self) -> None:
        """Put in who is asked for what, and the picture."""
        super().paint()
        self._paint_picture()

    def _paint_picture(self) -> None:
        scene = self.scene
        take = scene.take
        review = seen_by_all(scene.state, scene.words, scene.track, take.id) if take else None
        known = review is not None and review.is_known
        self.put("picture", picture_of(review.strip, self.size.width - 4) if review and known else "")
        said = Content.assemble((self.key_of("look_back"), "bold $text-accent"), " looks back: who spoke how much")
        more = ", what was said" if review and review.recordings else ""
        self.put("look-back", said + Content(more) if known else "")


class JournalPanel(WritingPanel):
    """Everybody writes for themselves, here or on paper."""

    @property
    def lead(self) -> str:
        """They are nobody else's."""
        return "Journals"
