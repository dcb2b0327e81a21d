"""From something that a person is asked for to the screen on which they answer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from roleplay.conduct.runner import Runner
from roleplay.session.tasks import Task, TaskKind
from roleplay.tui.screens.came_out import FactsScreen, LearnedScreen
from roleplay.tui.screens.form import FormScreen
from roleplay.tui.screens.journal import JournalScreen
from roleplay.tui.screens.private import PrivateScreen


def _form(runner: Runner, task: Task) -> PrivateScreen:
    assert task.form is not None, "a form's task names its form"
    return FormScreen(runner, task.track, task.form, task.by)


def _journal(runner: Runner, task: Task) -> PrivateScreen:
    return JournalScreen(runner, task.track, task.step, task.by)


SCREENS: Mapping[TaskKind, Callable[[Runner, Task], PrivateScreen]] = {
    "forecast": _form,
    "form": _form,
    "facts": FactsScreen,
    "learned": LearnedScreen,
    "journal": _journal,
}


def screen_for(runner: Runner, task: Task) -> PrivateScreen:
    """The private screen for a task."""
    return SCREENS[task.kind](runner, task)
