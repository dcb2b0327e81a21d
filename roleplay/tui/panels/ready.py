"""Before the start: who is here, what will happen, and how to begin."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from roleplay.analysis.bells import say_aloud
from roleplay.tui.panels.base import StepPanel


class ReadyPanel(StepPanel):
    """The people, the plan in one line, and what the plan had to compromise."""

    def compose(self) -> ComposeResult:
        """A few lines."""
        yield Static(id="start", classes="strong")
        yield Static(id="plan", classes="space")
        yield Static(id="notes", classes="space muted")
        yield from self.last_time()

    def paint(self) -> None:
        """Put in the plan."""
        plan = self.scene.state.setting.plan
        rounds = max(track.rounds for track in plan.tracks)
        lines = [f"About {say_aloud(round(plan.planned_seconds / 60) * 60)} in all."]
        if rounds > 1:
            lines.append(self._rounds(rounds))
        several = len(plan.tracks) > 1
        lines += [f"{t.title if several else 'Here'}: {self.scene.names(t.people)}" for t in plan.tracks]
        self.put("start", f"Ready. Press {self.key_of('go')} to start.")
        self.put("plan", "\n".join(lines))
        self.put("notes", Content("\n".join(plan.notes)))

    def _rounds(self, rounds: int) -> str:
        scenario = self.scene.scenario
        steps = (step for track in self.scene.state.setting.plan.tracks for step in track.steps)
        turns = [found for step in steps if (found := scenario.turns_of(step.source))]
        if turns:
            return f"{rounds} turns: each {scenario.roles[turns[0].in_turn].title} has one."
        return f"{rounds} rounds; everybody changes seats after each."
