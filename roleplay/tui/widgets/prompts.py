"""The open questions of a form on a page of their own, and whether the answers may be quoted."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from roleplay.conduct.drafts import FormDraft
from roleplay.content.rubric import Rubric
from roleplay.tui.widgets.answers import WordsArea
from roleplay.tui.widgets.rows import Row, Rows

WORDS = "words"
"""The id of the page."""
SHARE = Row("share", "These words may be quoted in the debrief, without my name.")


class WordsPage(VerticalScroll, can_focus=False):
    """Each question with room to answer."""

    DEFAULT_CSS = """
    WordsPage { padding: 0 1; & > * { max-width: 110; } }
    """

    def __init__(self, rubric: Rubric, draft: FormDraft, may_share: bool) -> None:
        super().__init__(id=WORDS)
        self._rubric, self._draft, self._may_share = rubric, draft, may_share

    def compose(self) -> ComposeResult:
        """The questions."""
        yield Static("In your own words", classes="section", markup=False)
        yield Static("A sentence for each is enough.", classes="muted", markup=False)
        for prompt in self._rubric.prompts:
            ask = prompt.ask if prompt.optional else f"{prompt.ask} (please answer this one)"
            yield Static(ask, markup=False)
            yield WordsArea(self._draft.prompts.get(prompt.id, ""), id=f"prompt-{prompt.id}")
        if self._may_share:
            yield Rows([SHARE], "many", [SHARE.key] if self._draft.share else [], id="share")

    def focus_waiting(self) -> None:
        """Put the focus into the first field that has to be answered and is not."""
        asked = [
            self.query_one(f"#prompt-{prompt.id}", WordsArea) for prompt in self._rubric.prompts if not prompt.optional
        ]
        next((area for area in asked if not area.text.strip()), self.query(WordsArea).first()).focus()

    @property
    def written(self) -> dict[str, str]:
        """Prompt to words, for those that have any."""
        areas = {prompt.id: self.query_one(f"#prompt-{prompt.id}", WordsArea).text for prompt in self._rubric.prompts}
        return {id: text for id, text in areas.items() if text}

    @property
    def shared(self) -> bool:
        """Whether the words may be quoted."""
        return any(rows.chosen for rows in self.query("#share").results(Rows))
