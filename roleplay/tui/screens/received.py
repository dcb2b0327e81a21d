"""What one person may read of the session so far: the own feedback first, as the report will have it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from roleplay.conduct.clock import local_zone
from roleplay.conduct.runner import Runner
from roleplay.report.build import build_report
from roleplay.report.render import render
from roleplay.session.visible import viewer_of
from roleplay.tui.screens.private import PrivateScreen


class ReceivedScreen(PrivateScreen):
    """Where somebody reads the feedback that has come in."""

    HELP = """\
What others wrote about your conversation, what came out, and what you wrote yourself: exactly what your report will \
hold, as far as it has come in.

Scroll with the arrow keys or the mouse.
"""
    DEFAULT_CSS = """
    ReceivedScreen #received { height: 1fr; padding: 0 1; }
    ReceivedScreen Markdown { max-width: 96; background: transparent; }
    """

    def __init__(self, runner: Runner, person: str) -> None:
        super().__init__(runner, runner.state.track_of(person).id, person)

    def what(self) -> str:
        """For the first line."""
        return "your feedback so far"

    def content(self) -> ComposeResult:
        """The reader's report."""
        runner = self.runner
        report = build_report(runner.state, runner.words, viewer_of(self.person), runner.session)
        with VerticalScroll(id="received"):
            yield Markdown(render(report, "md", local_zone()), open_links=False)
