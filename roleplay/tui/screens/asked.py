"""From something that a person is asked for to the screen on which they answer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from roleplay.analysis.carried import Carried
from roleplay.conduct.runner import Runner
from roleplay.session.tasks import Task, TaskKind
from roleplay.tui.screens.came_out import FactsScreen, LearnedScreen
from roleplay.tui.screens.form import FormScreen
from roleplay.tui.screens.journal import JournalScreen
from roleplay.tui.screens.private import PrivateScreen


def _journal(runner: Runner, task: Task) -> PrivateScreen:
    return JournalScreen(runner, task.track, task.step, task.by)


SCREENS: Mapping[TaskKind, Callable[[Runner, Task], PrivateScreen]] = {
    "facts": FactsScreen,
    "learned": LearnedScreen,
    "journal": _journal,
}


def screen_for(runner: Runner, task: Task, carried: Sequence[Carried] = ()) -> PrivateScreen:
    """The private screen for a task; `carried` is what was kept from earlier sessions."""
    if task.form is not None:
        return FormScreen(runner, task.track, task.form, task.by, carried)
    return SCREENS[task.kind](runner, task)
