"""After the last step: what was done, what is still missing, and how to read the report."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from roleplay.analysis.takes import conversations
from roleplay.session.tasks import tasks
from roleplay.session.visible import FACILITATOR_VIEWER
from roleplay.tui.panels.base import StepPanel, task_lines
from roleplay.tui.review_view import places


class EndPanel(StepPanel):
    """A calm end."""

    def compose(self) -> ComposeResult:
        """A few lines."""
        yield Static(id="thanks", classes="strong")
        yield Static(id="done")
        yield Static(id="keys", classes="space")
        yield Static(id="report", classes="space muted")
        yield Static(id="lead", classes="space section")
        yield Static(id="missing")

    def paint(self) -> None:
        """Put in what was done and what is missing."""
        scene = self.scene
        closed = scene.phase == "ended"
        self.put("thanks", "The session is closed." if closed else "Thank you, everyone.")
        self.put("done", self._done())
        missing = scene.missing()
        self.put("lead", "Still missing" if missing else "")
        self.put("missing", task_lines(scene, missing))
        keys = [("open", "write what is missing")] if missing else []
        keys += [("received", "let somebody read the feedback they got")]
        if next(places(scene.state, FACILITATOR_VIEWER, scene.table), None) is not None:
            keys += [("look_back", "look back at a conversation: who spoke when, what was said")]
        keys += [("takes", "lay two takes side by side")] if conversations(scene.track) else []
        keys += [("reports", "write all reports into a folder here")]
        keys += [] if closed else [("end", "close the session; nothing can be written after that")]
        keys += [("leave", "leave the stage")]
        self.put("report", f"The report: roleplay report {scene.session}")
        self.put(
            "keys",
            Content("\n").join(
                Content.assemble((f"{self.key_of(action):<7}", "bold $text-accent"), does) for action, does in keys
            ),
        )

    def _done(self) -> str:
        tracks = self.scene.state.tracks.values()
        every = [task for track in tracks for task in tasks(self.scene.state, track)]
        # What bots had no time for, and who has left, is missed by nobody.
        asked = [task for task in every if task.done or not (task.gone or self.scene.is_bot(task.by))]
        played = sum(step.kind == "play" and track.has_begun(step.id) for track in tracks for step in track.steps)
        forms = [task for task in asked if task.kind != "journal"]
        journals = [task for task in asked if task.kind == "journal"]
        said = [f"{played} conversation{'' if played == 1 else 's'} played"]
        for name, wanted in (("forms", forms), ("journals", journals)):
            if wanted:
                said.append(f"{sum(task.done for task in wanted)} of {len(wanted)} {name} in")
        return " · ".join(said)
