"""What came out: the partner ticks which hidden facts did, the leader writes what he or she found out.

Neither sees what the other said before both have answered; then both see both, side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static, TextArea

from roleplay.conduct.drafts import FactsDraft, LearnedDraft, learned_command, writing_key
from roleplay.conduct.runner import Runner
from roleplay.session.commands import Command, TickFacts
from roleplay.session.forms import FactsDue
from roleplay.session.tasks import Task
from roleplay.session.texts import Text, read
from roleplay.session.visible import SeenFacts
from roleplay.tui.screens.private import WritingScreen
from roleplay.tui.widgets.answers import WordsArea
from roleplay.tui.widgets.rows import Row, Rows
from roleplay.values import Value

D = TypeVar("D", bound=Value)


class CameOutScreen(WritingScreen[D]):
    """Asks one of the two; once both have answered, it shows both."""

    DEFAULT_CSS = """
    CameOutScreen .page { height: 1fr; padding: 1 2; & > * { margin: 0 0 1 0; max-width: 110; } }
    CameOutScreen #sides { height: 1fr; padding: 1 1 0 1; }
    CameOutScreen #sides VerticalScroll { width: 1fr; padding: 0 1; }
    CameOutScreen #sides VerticalScroll > * { margin: 0 0 1 0; }
    CameOutScreen .-hidden { color: $text-muted; }
    """

    def __init__(self, runner: Runner, task: Task, empty: D) -> None:
        assert task.facts is not None, "this task is about hidden facts"
        self.due: FactsDue = task.facts
        super().__init__(runner, task.track, task.by, task.step, writing_key(task.kind, task.step, task.by), empty)

    def what(self) -> str:
        """For the first line."""
        return "what came out"

    @property
    def seen(self) -> list[SeenFacts]:
        """What the reader may see of this step, one for each partner."""
        return [facts for facts in self.view.facts if facts.track == self.track_id and facts.due.step == self.step_id]

    @property
    def both(self) -> list[SeenFacts]:
        """Where both have answered."""
        return [facts for facts in self.seen if facts.came_out is not None and facts.learned is not None]

    def content(self) -> ComposeResult:
        """The question, or both answers."""
        if not self.both:
            with VerticalScroll(classes="page", can_focus=False):
                yield from self.asking()
            return
        with Horizontal(id="sides"):
            with VerticalScroll():
                yield _say(f"What {self.runner.name(self.due.leader)} found out", "section")
                yield _say(read(self.runner.words, self.both[0].learned))
            with VerticalScroll():
                for facts in self.both:
                    yield from self._came_out(facts)

    def asking(self) -> ComposeResult:
        """The question."""
        yield from ()

    def buttons(self) -> ComposeResult:
        """Sending, until both have answered."""
        if not self.both:
            words = "Send correction" if self.last_sent() is not None else "Send"
            yield Button(words, id="send", variant="primary", compact=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - as Textual calls it
        """Nothing is sent once both have been shown."""
        return not (action == "send" and self.both)

    async def after_sending(self) -> None:
        """Show both where this was the second answer."""
        if self.both:
            await self.recompose()
            self.refresh_bindings()
            self.show_saved("")
            self.query_one("#done").focus()
        else:
            await super().after_sending()

    def _came_out(self, facts: SeenFacts) -> Iterator[Static]:
        yield _say(f"What came out, as {self.runner.name(facts.due.partner)} remembers it", "section")
        for fact in facts.due.facts:
            out = fact.id in (facts.came_out or ())
            yield _say(f"✓ {fact.fact}" if out else f"– {fact.fact} (stayed hidden)", "" if out else "-hidden")


class FactsScreen(CameOutScreen[FactsDraft]):
    """Where the partner ticks what came out."""

    HELP = """\
Tick the facts that the other person found out, before you see what he or she wrote. Choose with the arrow keys and \
Enter, or with the mouse. Nothing ticked is an answer too.

When both of you have answered, you both see both.
"""

    def __init__(self, runner: Runner, task: Task) -> None:
        super().__init__(runner, task, FactsDraft())

    def asking(self) -> ComposeResult:
        """The facts."""
        leader = self.runner.name(self.due.leader)
        yield _say(f"Which of these did {leader} find out?", "section")
        words = f"Tick what came out, in whatever words. {leader} is asked the same, and then you both see both."
        yield _say(words, "muted")
        yield Rows([Row(fact.id, fact.fact) for fact in self.due.facts], "many", self.draft.facts, id="facts")
        if self.last_sent() is not None:
            yield _say(f"You have sent this. You can change it until {leader} has written.", "muted")

    def on_mount(self) -> None:
        """Begin with the facts."""
        super().on_mount()
        self.query("#facts").focus()

    @on(Rows.Picked, "#facts")
    def _ticked(self, event: Rows.Picked) -> None:
        self.write(FactsDraft(facts=tuple(fact.id for fact in self.due.facts if fact.id in event.rows.chosen)))

    def last_sent(self) -> FactsDraft | None:
        """What was ticked before."""
        ticked = next((facts.came_out for facts in self.seen if facts.came_out is not None), None)
        return None if ticked is None else FactsDraft(facts=ticked)

    def command(self) -> tuple[Command, list[Text]]:
        """What sends the ticks."""
        assert self.step_id is not None
        return TickFacts(self.track_id, self.step_id, self.person, self.draft.facts), []


class LearnedScreen(CameOutScreen[LearnedDraft]):
    """Where the leader writes what he or she found out."""

    HELP = """\
Write what you found out in the conversation that was not on your card. A few words for each thing are enough.

When the other person has ticked what came out, you both see both.
"""

    def __init__(self, runner: Runner, task: Task) -> None:
        super().__init__(runner, task, LearnedDraft())

    def asking(self) -> ComposeResult:
        """Room to write."""
        partner = self.runner.name(self.due.partner)
        yield _say("What did you find out that was not on your card?", "section")
        yield _say(
            f"A few words for each thing are enough; if nothing came out, send it empty. "
            f"{partner} is asked the same, and then you both see both.",
            "muted",
        )
        yield WordsArea(self.draft.text, id="learned")
        if self.last_sent() is not None:
            yield _say("You have sent this. You can change it until the other answer is in.", "muted")

    def on_mount(self) -> None:
        """Begin with the words."""
        super().on_mount()
        self.query("#learned").focus()

    @on(TextArea.Changed, "#learned")
    def _written(self, event: TextArea.Changed) -> None:
        self.write(LearnedDraft(text=event.text_area.text))

    def last_sent(self) -> LearnedDraft | None:
        """What was written before."""
        learned = next((facts.learned for facts in self.seen if facts.learned is not None), None)
        return None if learned is None else LearnedDraft(text=read(self.runner.words, learned))

    def command(self) -> tuple[Command, list[Text]]:
        """What sends the words."""
        assert self.step_id is not None
        return learned_command(self.track_id, self.step_id, self.person, self.draft)


def _say(words: str, classes: str = "") -> Static:
    return Static(words, classes=classes, markup=False)
