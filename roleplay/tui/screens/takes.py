"""Two takes of a conversation side by side: what was marked, chosen and written, as far as the reader may see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roleplay.analysis.takes import Said, TakeSeen, compare_takes, conversations
from roleplay.conduct.runner import Runner
from roleplay.content.durations import say_moments
from roleplay.planning.plan import PlannedStep
from roleplay.report.sources import Sources
from roleplay.tui.scene import label_of
from roleplay.tui.screens.private import PrivateScreen


class Line(Horizontal):
    """What it is about, and what two takes say of it."""

    DEFAULT_CSS = """
    Line { height: auto; }
    Line .what { width: 30%; max-width: 40; padding: 0 1 0 0; }
    Line .side { width: 1fr; padding: 0 1 0 0; }
    Line.-head { margin: 0 0 1 0; }
    """

    def __init__(self, what: str, sides: Iterable[Content], classes: str = "") -> None:
        super().__init__(classes=classes)
        self._parts = (Content(what), *sides)

    def compose(self) -> ComposeResult:
        """Three texts in a row."""
        for name, part in zip(("what", "side", "side"), self._parts, strict=True):
            yield Static(part, classes=name)


class TakesScreen(PrivateScreen):
    """Where one person, or the facilitator, lays two takes beside each other."""

    HELP = """\
Two takes of the same conversation: what was marked in each and when, what was chosen on the forms, and what was \
written. You see what you may read anyway, and nothing more.

Where there are more than two takes, ← and → choose those that stand side by side. Where several conversations were \
played more than once, n goes on to the next. Scroll with the arrow keys or the mouse.
"""
    DEFAULT_CSS = """
    TakesScreen #heads { height: auto; padding: 0 1; margin: 1 0 0 0; }
    TakesScreen #takes { height: 1fr; padding: 0 1; }
    TakesScreen #takes .section { margin: 1 0 0 0; }
    TakesScreen #takes .words { margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # What scrolls has these keys too, and would hide them at the foot.
        Binding(
            "left",
            "other(0)",
            "Left take",
            key_display="←",
            priority=True,
            id="takes.left",
            tooltip="Another take on the left",
        ),
        Binding(
            "right",
            "other(1)",
            "Right take",
            key_display="→",
            priority=True,
            id="takes.right",
            tooltip="Another take on the right",
        ),
        Binding("n", "talk", "Next conversation", id="takes.next", tooltip="The takes of another conversation"),
    ]

    def __init__(self, runner: Runner, track: str, person: str) -> None:
        super().__init__(runner, track, person)
        self._talk = len(self._talks) - 1
        self._sides = [0, 0]
        self._begin()

    def what(self) -> str:
        """For the first line."""
        return "takes side by side"

    @property
    def _talks(self) -> tuple[tuple[PlannedStep, ...], ...]:
        return conversations(self.track)

    def _takes(self) -> tuple[TakeSeen, ...]:
        first = self._talks[self._talk][0]
        seen = compare_takes(self.runner.state.setting, self.track, self.view, first.round)
        return tuple(take for take in seen if take.first == first.id)

    def _begin(self) -> None:
        last = len(self._talks[self._talk]) - 1
        self._sides = [last - 1, last]

    def content(self) -> ComposeResult:
        """The names of the takes, then what there is to compare."""
        yield Vertical(id="heads")
        yield VerticalScroll(id="takes")

    def on_mount(self) -> None:
        """Show the last two takes."""
        super().on_mount()
        self._paint()
        self.query_one("#takes").focus()

    def paint_time(self) -> None:
        """While a conversation runs, nobody looks back."""
        super().paint_time()
        if self.track.talk and self.is_current:
            self.hand_back()

    def _paint(self) -> None:
        takes = self._takes()
        left, right = (takes[side] for side in self._sides)
        heads, body = self.query_one("#heads"), self.query_one("#takes")
        heads.remove_children()
        body.remove_children()
        heads.mount(Line(self._where(left.step), map(self._head, (left, right)), "-head"))
        body.mount_all(self._lines(left, right))
        body.scroll_home(animate=False)
        self.refresh_bindings()

    def _where(self, step: PlannedStep) -> str:
        return f"Round {step.round} · {step.name}" if step.round else step.name

    def _head(self, take: TakeSeen) -> Content:
        said = label_of(self.track, take.step, self.runner.words)
        name = f"Take {take.step.take}: {said}" if said else f"Take {take.step.take}"
        return Content.styled(name, "bold $text-primary")

    # What stands below

    def _lines(self, left: TakeSeen, right: TakeSeen) -> Iterator[Static | Line]:
        parts = [*self._marks(left, right), *self._levels(left, right), *self._words(left, right)]
        yield from parts or [Static("There is nothing here yet that you may read.", classes="muted")]

    def _marks(self, left: TakeSeen, right: TakeSeen) -> Iterator[Static | Line]:
        keys = list(dict.fromkeys((m.rubric, m.marker) for take in (left, right) for m in take.marks))
        rubrics = self.runner.state.setting.bundle.rubrics
        if keys:
            yield Static("Marked", classes="section")
        for rubric, marker in keys:
            times = [[m.into for m in take.marks if (m.rubric, m.marker) == (rubric, marker)] for take in (left, right)]
            yield Line(rubrics[rubric].marker(marker).title, map(_times, times))

    def _levels(self, left: TakeSeen, right: TakeSeen) -> Iterator[Static | Line]:
        for id, rubric in self.runner.state.setting.bundle.rubrics.items():
            for title, one, other in (
                (rubric.title, left.levels, right.levels),
                (f"{rubric.title}, about oneself", left.own, right.own),
            ):
                asked = [c for c in rubric.asked if (id, c.id) in one or (id, c.id) in other]
                if asked:
                    yield Static(title, classes="section", markup=False)
                for criterion in asked:
                    say, key = rubric.scale_of(criterion).describe, (id, criterion.id)
                    yield Line(criterion.title, [_chosen(side.get(key, ()), say) for side in (one, other)])

    def _words(self, left: TakeSeen, right: TakeSeen) -> Iterator[Static | Line]:
        for key in dict.fromkeys((*left.prompts, *right.prompts)):
            yield Static(key[1], classes="section", markup=False)
            yield Line("", [self._said(take.prompts.get(key, ())) for take in (left, right)], "words")

    def _said(self, said: Iterable[Said]) -> Content:
        sources = Sources(self.runner.state, self.runner.words, self.view)
        lines = [
            Content.assemble((f"{sources.writer(self.track, one.due)}: ", "$text-muted"), sources.said(one.text))
            for one in said
        ]
        return Content("\n").join(lines) if lines else _NOTHING

    # What the keys do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There may be nothing else to choose."""
        if action == "other":
            return len(self._talks[self._talk]) > 2
        if action == "talk":
            return len(self._talks) > 1
        return super().check_action(action, parameters)

    def action_other(self, side: int) -> None:
        """Another take on one side, never the one that stands on the other."""
        count = len(self._talks[self._talk])
        at = (self._sides[side] + 1) % count
        self._sides[side] = (at + 1) % count if at == self._sides[1 - side] else at
        self._paint()

    def action_talk(self) -> None:
        """The takes of another conversation."""
        self._talk = (self._talk + 1) % len(self._talks)
        self._begin()
        self._paint()


_NOTHING = Content.styled("–", "$text-muted")


def _times(into: list[float | None]) -> Content:
    """How often, and when."""
    if not into:
        return _NOTHING
    return Content.assemble((f"{len(into)}", "bold"), (f"  {say_moments(into)}", "$text-muted"))


def _chosen(values: Iterable[int], say: Callable[[object], str]) -> Content:
    """What was chosen, the lowest first, and by how many where there were several."""
    found = Counter(values)
    told = [say(value) + (f" ({found[value]})" if found[value] > 1 else "") for value in sorted(found)]
    return Content("\n".join(told)) if told else _NOTHING
