"""A journal: each question with room to write, or a tick that it was written on paper."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, Static, TextArea

from roleplay.conduct.drafts import JournalDraft, journal_command, journal_draft, writing_key
from roleplay.conduct.runner import Runner
from roleplay.session.commands import WriteJournal
from roleplay.session.forms import may_share
from roleplay.session.texts import Text
from roleplay.tui.screens.private import WritingScreen
from roleplay.tui.widgets.answers import WordsArea
from roleplay.tui.widgets.prompts import SHARE
from roleplay.tui.widgets.rows import Row, Rows

PAPER = Row("paper", "I wrote it on paper.")


class JournalScreen(WritingScreen[JournalDraft]):
    """Where somebody writes for themselves."""

    HELP = """\
Your journal is for you: nobody else reads it. Where enough people take part, you can tick that its words may be \
quoted, without your name.

Write as much or as little as you like; Tab goes to the next question. If you write on paper, tick that instead. \
What you write is kept while you write. You can come back to it until the session is closed.
"""
    DEFAULT_CSS = """
    JournalScreen .page { height: 1fr; padding: 0 1; & > * { max-width: 110; } }
    JournalScreen.-wide .page { padding: 1 2; & .muted, & WordsArea { margin: 0 0 1 0; } }
    """

    def __init__(self, runner: Runner, track: str, step: str, person: str) -> None:
        setting = runner.state.setting
        self.questions = setting.step(runner.state.tracks[track].planned(step)).prompts
        super().__init__(runner, track, person, step, writing_key("journal", step, person), JournalDraft())

    def what(self) -> str:
        """For the first line."""
        return "your journal"

    def content(self) -> ComposeResult:
        """The questions, and two ticks."""
        with VerticalScroll(classes="page", can_focus=False):
            yield Static("Only you read this. Write as much or as little as you like.", classes="muted", markup=False)
            for number, question in enumerate(self.questions):
                yield Static(question, classes="section", markup=False)
                yield WordsArea(self.draft.answers.get(number, ""), id=f"answer-{number}")
            ticked = [row.key for row, on in ((PAPER, self.draft.on_paper), (SHARE, self.draft.share)) if on]
            share = self.questions and may_share(None, len(self.runner.state.people))
            yield Rows([PAPER, SHARE] if share else [PAPER], "many", ticked, id="ticks")

    def buttons(self) -> ComposeResult:
        """Sending."""
        words = "Send again" if self.last_sent() is not None else "Send"
        yield Button(words, id="send", variant="primary", compact=True)

    def on_mount(self) -> None:
        """Begin with the first question."""
        super().on_mount()
        first = self.query(WordsArea)
        (first.first() if first else self.query_one("#ticks")).focus(scroll_visible=False)

    @on(TextArea.Changed)
    def _written(self) -> None:
        areas = [self.query_one(f"#answer-{number}", WordsArea).text for number in range(len(self.questions))]
        self.write(self.draft.model_copy(update={"answers": dict(enumerate(areas))}))

    @on(Rows.Picked, "#ticks")
    def _ticked(self, event: Rows.Picked) -> None:
        ticks = {"on_paper": PAPER.key in event.rows.chosen, "share": SHARE.key in event.rows.chosen}
        self.write(self.draft.model_copy(update=ticks))

    def last_sent(self) -> JournalDraft | None:
        """The newest version that was sent."""
        for track, versions in self.view.journals:
            if track == self.track_id and versions[-1].step == self.step_id:
                return journal_draft(versions, self.runner.words)
        return None

    def command(self) -> tuple[WriteJournal, list[Text]]:
        """What sends the journal."""
        assert self.step_id is not None
        return journal_command(self.track_id, self.step_id, self.person, self.draft)
