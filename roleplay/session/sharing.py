"""Words that people wrote for others to hear: what was asked, by whom they are, and whether their writer shares them.

Only the newest version of a form or a journal counts. Forecasts, sealed and private forms, and forms about oneself are
not among them; nor is anything where so few take part that everybody would know who wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from roleplay.session.forms import find_form, may_share
from roleplay.session.state import State, TrackState
from roleplay.session.texts import TextRef


@dataclass(frozen=True, slots=True)
class Shareable:
    """An answer in words that its writer could share."""

    text: TextRef
    ask: str
    """The question, as it was asked."""
    origin: Literal["form", "journal"]
    table: str
    by: str
    shared: bool
    """The writer agreed that it may be said to everybody without a name."""


def shareable(state: State, track: TrackState) -> Iterator[Shareable]:
    """The answers of a table that their writers could share, whether they do or not."""
    setting, people = state.setting, len(state.people)
    for id, versions in track.forms.items():
        due = find_form(setting, track, id)
        if due.purpose == "form" and may_share(due, people):
            asks = {prompt.id: prompt.ask for prompt in setting.bundle.rubrics[due.rubric].prompts}
            for prompt, text in versions[-1].prompts.items():
                yield Shareable(text, asks[prompt], "form", track.id, due.by, versions[-1].share)
    for (step, by), journals in track.journals.items():
        if may_share(None, people):
            prompts = setting.step(track.planned(step)).prompts
            for number, text in journals[-1].answers.items():
                yield Shareable(text, prompts[number], "journal", track.id, by, number in journals[-1].share)
