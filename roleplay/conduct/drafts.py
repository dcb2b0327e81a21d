"""What somebody is writing, as it stands on the screen, and the command that sends it.

A draft holds words; sending turns them into references and the texts that go with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from roleplay.conduct.runner import new_text
from roleplay.session import commands as c
from roleplay.session.events import Answer
from roleplay.session.forms import FormDue
from roleplay.session.state import Journal, SentForm
from roleplay.session.tasks import Task
from roleplay.session.texts import Text, TextRef, read
from roleplay.values import Value

K = TypeVar("K")


class DraftAnswer(Value):
    """An answer to one criterion as it stands on the screen."""

    observed: bool = True
    value: int | bool | None = None
    text: str = ""
    taps: tuple[str, ...] = ()
    quote: str = ""


class FormDraft(Value):
    """A form as it stands on the screen; a criterion without an answer is not in it."""

    answers: dict[str, DraftAnswer] = {}
    prompts: dict[str, str] = {}
    share: bool = False


class JournalDraft(Value):
    """A journal as it stands on the screen: prompt number to words."""

    answers: dict[int, str] = {}
    on_paper: bool = False
    share: bool = False


class LearnedDraft(Value):
    """What a leader is writing about what came out."""

    text: str = ""


class FactsDraft(Value):
    """What a partner has ticked so far."""

    facts: tuple[str, ...] = ()


def form_key(due: FormDue) -> str:
    """Under which key the draft of a form is kept."""
    return f"form/{due.id}"


def writing_key(kind: str, step: str, by: str) -> str:
    """Under which key the draft of a journal, an answer or ticks is kept."""
    return f"{kind}/{step}/{by}"


def draft_key(task: Task) -> str:
    """Under which key the draft of something that is asked for is kept."""
    return form_key(task.form) if task.form else writing_key(task.kind, task.step, task.by)


def form_command(track: str, due: FormDue, draft: FormDraft, earlier: bool = False) -> tuple[c.SendForm, list[Text]]:
    """The command that sends a form, and the words it points at; `earlier` where it was written when it was due."""
    kept = _Kept()
    answers = {
        id: Answer(
            observed=a.observed,
            value=a.value if a.observed else None,
            text=kept.ref(a.text) if a.observed else None,
            taps=a.taps if a.observed else (),
            quote=kept.ref(a.quote) if a.observed else None,
        )
        for id, a in draft.answers.items()
    }
    prompts = kept.refs(draft.prompts)
    return c.SendForm(track, due.id, answers, prompts, draft.share, earlier), kept.texts


def journal_command(track: str, step: str, by: str, draft: JournalDraft) -> tuple[c.WriteJournal, list[Text]]:
    """The command that sends a journal, and the words it points at."""
    kept = _Kept()
    answers = kept.refs(draft.answers)
    share = tuple(answers) if draft.share else ()
    return c.WriteJournal(track, step, by, answers, draft.on_paper, share), kept.texts


def learned_command(track: str, step: str, by: str, draft: LearnedDraft) -> tuple[c.WriteLearned, list[Text]]:
    """The command that sends what a leader found out, and the words it points at."""
    text = new_text(draft.text.strip() or "(nothing was written)")
    return c.WriteLearned(track, step, by, text.ref), [text]


def form_draft(sent: SentForm, words: Mapping[str, str]) -> FormDraft:
    """A sent form, to be corrected."""
    return FormDraft(
        answers={
            id: DraftAnswer(
                observed=a.observed, value=a.value, text=read(words, a.text), taps=a.taps, quote=read(words, a.quote)
            )
            for id, a in sent.answers.items()
        },
        prompts={id: read(words, ref) for id, ref in sent.prompts.items()},
        share=sent.share,
    )


def journal_draft(versions: Sequence[Journal], words: Mapping[str, str]) -> JournalDraft:
    """A journal that was sent, to be written on."""
    last = versions[-1]
    return JournalDraft(
        answers={n: read(words, ref) for n, ref in last.answers.items()},
        on_paper=last.on_paper,
        share=bool(last.share),
    )


class _Kept:
    """Collects words while references to them are handed out; empty words are none."""

    def __init__(self) -> None:
        self.texts: list[Text] = []

    def ref(self, words: str) -> TextRef | None:
        if not words.strip():
            return None
        self.texts.append(new_text(words.strip()))
        return self.texts[-1].ref

    def refs(self, words: Mapping[K, str]) -> dict[K, TextRef]:
        return {key: ref for key, text in words.items() if (ref := self.ref(text)) is not None}
