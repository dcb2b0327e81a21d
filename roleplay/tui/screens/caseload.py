"""The people who were here before, each with the last session, the next step and the goals; and how one has grown."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Markdown, OptionList, Static
from textual.widgets.option_list import Option

from roleplay.conduct.clock import local_zone, wall_now
from roleplay.conduct.history import CaseloadRow, caseload, past_of
from roleplay.problems import CommandProblem
from roleplay.report.growth import build_growth, render_growth
from roleplay.tui.describe import day
from roleplay.tui.screens.base import RoleplayScreen
from roleplay.tui.seating import Place
from roleplay.tui.widgets.choices import Choices

_NOBODY = """\
Nobody is here yet.

Whoever takes part in a session from now on stands here afterwards, with what they mean to do next."""


class CaseloadScreen(RoleplayScreen[Place]):
    """Hands back the person for whom a new session is to be set up."""

    HEADING = "People you have worked with"
    HELP = """\
Here are the people who took part in your sessions; whom you have not seen for longest stands first. With each stand \
the last session, the next step and the goals, as far as you may read them.

Enter shows how somebody has grown, session by session. N begins a new session with that person: then choose what you \
will play."""
    DEFAULT_CSS = """
    CaseloadScreen #people { height: 1fr; margin: 1 1 0 1; }
    CaseloadScreen #nobody { height: 1fr; padding: 1 2; color: $text-muted; }
    CaseloadScreen.-wide #people { margin: 1 3 0 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "New session", id="caseload.new", tooltip="Begin a new session with this person"),
        Binding("escape", "back", "Back", id="caseload.back", tooltip="Back to the scenarios"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, CaseloadRow] = {}

    def body(self) -> ComposeResult:
        """The list, or why it is empty."""
        yield Choices(id="people")
        yield Static(_NOBODY, id="nobody", markup=False)

    def on_mount(self) -> None:
        """Read who was here."""
        try:
            self._rows = {row.known: row for row in caseload(self.desk.store)}
        except CommandProblem as problem:
            self.say(problem)
        now, people = wall_now(), self.query_one("#people", Choices)
        people.set_options(Option(_lines(row, now), id=known) for known, row in self._rows.items())
        people.display = bool(self._rows)
        self.query_one("#nobody").display = not self._rows
        people.highlighted = 0 if self._rows else None
        people.focus()

    def _chosen(self) -> CaseloadRow | None:
        option = self.query_one("#people", Choices).highlighted_option
        return self._rows.get(option.id or "") if option else None

    @on(OptionList.OptionSelected)
    def _read(self) -> None:
        if row := self._chosen():
            self.app.push_screen(GrowthScreen(row.known, row.name))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without people nobody can be chosen."""
        return bool(self._rows) if action == "new" else super().check_action(action, parameters)

    def action_new(self) -> None:
        """Hand back who is chosen."""
        if row := self._chosen():
            self.dismiss(Place(row.name, row.known, asked=True))

    def action_back(self) -> None:
        """Choose nobody."""
        self.leave()


def _lines(row: CaseloadRow, now: int) -> Content:
    """Who, when and what last, and in a line each what goes on."""
    told = [("Next step", " ".join(row.next_step.split()) or "–")]
    goals = " · ".join(" ".join(goal.split()) for goal in row.goals if goal.strip())
    told += [("Goals", goals)] if goals else []
    parts = [part for label, words in told for part in ((f"\n  {label:<11}", "$text-muted"), (words, ""))]
    return Content.assemble((row.name, "bold"), (f"  {day(row.last, now)} · {row.title}", "$text-muted"), *parts)


class GrowthScreen(RoleplayScreen[None]):
    """What was said about somebody, session by session."""

    HELP = """\
What was said about this person from session to session, as far as both of you may read it: what is private to the \
person is not here. Levels are never averaged.

Scroll with the arrow keys or the mouse. Escape goes back."""
    DEFAULT_CSS = """
    GrowthScreen #growth { height: 1fr; padding: 0 1; }
    GrowthScreen Markdown { max-width: 96; background: transparent; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="growth.back", tooltip="Back to the people"),
    ]

    def __init__(self, known: str, name: str) -> None:
        super().__init__()
        self._known, self._person = known, name
        self.heading = name

    def body(self) -> ComposeResult:
        """The report."""
        with VerticalScroll(id="growth"):
            yield Markdown(open_links=False)

    async def on_mount(self) -> None:
        """Read the sessions."""
        self.query_one("#growth").focus()
        try:
            report = build_growth(self._person, self._known, past_of(self.desk.store, [self._known]), openly=True)
        except CommandProblem as problem:
            self.say(problem)
            return
        await self.query_one(Markdown).update(render_growth(report, "md", local_zone()))

    def action_back(self) -> None:
        """Back to the people."""
        self.leave()
