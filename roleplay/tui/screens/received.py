"""What one person may read of the session so far: the own feedback first, as the report will have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Markdown, Static

from roleplay.conduct.clock import local_zone
from roleplay.conduct.runner import Runner
from roleplay.report.build import build_report
from roleplay.report.render import render
from roleplay.session.forms import find_form
from roleplay.session.tasks import tasks
from roleplay.session.visible import viewer_of
from roleplay.tui.review_view import places
from roleplay.tui.screens.private import PrivateScreen


class ReceivedScreen(PrivateScreen):
    """Where somebody reads the feedback that has come in."""

    HELP = """\
What others wrote about your conversation, what came out, and what you wrote yourself: exactly what your report will \
hold, as far as it has come in. Where you are asked about yourself on the same form, you write first and then read \
what others wrote.

Scroll with the arrow keys or the mouse. l looks back at your last conversation: who spoke when, what was marked, and, \
where it was recorded, what was said, to be heard and corrected.
"""
    DEFAULT_CSS = """
    ReceivedScreen #received { height: 1fr; padding: 0 1; }
    ReceivedScreen Markdown { max-width: 96; background: transparent; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "look_back", "Look back", id="received.look-back", tooltip="Look back at your conversation"),
    ]

    def __init__(self, runner: Runner, person: str) -> None:
        super().__init__(runner, runner.state.track_of(person).id, person)

    def _waiting(self) -> Iterator[str]:
        """What others have written that the reader can read once the own form on the same rubric is in."""
        setting, track = self.runner.state.setting, self.track
        seen = {form.due.id for form in self.view.forms}
        written = [find_form(setting, track, id) for id in track.forms if id not in seen]
        # The own form opens neither what is sealed nor what stays with its writer.
        unseen = [due for due in written if not due.sealed and not due.private]
        asked = [task.form for task in tasks(self.runner.state, track) if task.by == self.person and not task.done]
        for own in asked:
            about_me = [due for due in unseen if own and (due.rubric, due.about) == (own.rubric, self.person)]
            if own is not None and own.about_self and about_me:
                yield setting.bundle.rubrics[own.rubric].title

    def what(self) -> str:
        """For the first line."""
        return "your feedback so far"

    def content(self) -> ComposeResult:
        """The reader's report."""
        runner = self.runner
        report = build_report(runner.state, runner.words, viewer_of(self.person), runner.session)
        with VerticalScroll(id="received"):
            for title in self._waiting():
                said = f"More is here for you: “{title}”. You can read it after your own form."
                yield Static(said, classes="strong", markup=False)
            yield Markdown(render(report, "md", local_zone()), open_links=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There may be no conversation to look back at yet."""
        if action == "look_back":
            return next(places(self.runner.state, viewer_of(self.person)), None) is not None
        return super().check_action(action, parameters)

    def action_look_back(self) -> None:
        """Hear and read the last conversation."""
        from roleplay.tui.screens.review import ReviewScreen

        self.app.push_screen(ReviewScreen(self.runner, self.person))
