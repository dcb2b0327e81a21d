"""People who meet again: a small series on a shared core, and sessions of it that are kept in a store, a day apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from roleplay.analysis.carried import Carried, carry_over
from roleplay.analysis.fresh import fresh_case, next_occasion
from roleplay.analysis.past import Past
from roleplay.analysis.places import Places, places_in
from roleplay.conduct.bots import Bots
from roleplay.conduct.clock import HandClock
from roleplay.conduct.drafts import DraftAnswer, FormDraft, JournalDraft, form_command, journal_command
from roleplay.conduct.history import past_of
from roleplay.conduct.holding import DirectJournal
from roleplay.conduct.opening import Seat, open_session
from roleplay.conduct.runner import Runner
from roleplay.content.bundle import Bundle
from roleplay.content.rubric import Criterion, Rubric
from roleplay.content.scales import TextScale
from roleplay.content.scenario import Scenario
from roleplay.content.series import Series
from roleplay.planning.build import build_plan
from roleplay.session.commands import End, Next, Start
from roleplay.session.forms import FormDue
from roleplay.session.tasks import tasks
from roleplay.store.protocol import Store

DAY = 86_400_000
WALL = 1_760_000_000_000
"""9 October 2025, 08:53 UTC."""

LEVELS = {"kind": "levels", "levels": {1: "Not yet", 2: "Emerging", 3: "Solid", 4: "Strong"}}

CORE: dict[str, Any] = {
    "format": 1,
    "title": "Every debrief",
    "scale": LEVELS,
    "criteria": [
        {"id": "asks", "title": "Asks", "levels": {1: "Tells", 4: "Asks, and waits"}},
        {"id": "sees", "title": "Sees the person", "levels": {1: "Sees the task", 4: "Sees the person"}},
    ],
}
STEP: dict[str, Any] = {
    "format": 1,
    "title": "My next step",
    "scale": {"kind": "text"},
    "prompts": [{"id": "step", "ask": "What will you do?", "optional": False}, {"id": "sign", "ask": "A sign?"}],
}
PLAN: dict[str, Any] = {
    "format": 1,
    "title": "Plan",
    "scale": {"kind": "text"},
    "rows": 3,
    "criteria": [{"id": "goal", "title": "Goal"}, {"id": "act", "title": "First act"}],
}
SURE: dict[str, Any] = {
    "format": 1,
    "title": "How sure I am",
    "scale": {"kind": "agreement", "levels": {1: "Not at all", 2: "Partly", 3: "Completely"}},
    "criteria": [{"id": "begin", "title": "I can begin."}],
}
FORMS = (
    {"rubric": "own-{n}", "by": "coach", "about": "self"},
    {"rubric": "own-{n}", "by": "observer", "about": "coach"},
    {"rubric": "step", "by": "coach", "about": "self", "carry": "next-step"},
    {"rubric": "sure", "by": "coach", "about": "self"},
)


def part(number: int, forms: Sequence[Mapping[str, Any]] = FORMS, **changes: Any) -> dict[str, Any]:
    """A part of the series, as it would stand in its file: a coach leads, a teacher answers, others observe."""
    return {
        "format": 1,
        "title": f"Debrief {number}",
        "about": "To practise.",
        "roles": {
            "coach": {"title": "Coach", "leads": True},
            "teacher": {"title": "Teacher"},
            "observer": {"title": "Observer", "extra": True},
        },
        "cases": [
            {"id": case, "title": case, "cards": {"teacher": f"card/{case}"}} for case in ("one", "two", "three")
        ],
        "script": [
            {"name": "Read", "kind": "prepare", "length": "1m", "forecast": f"own-{number}"},
            {"name": "Talk", "kind": "play", "length": "5m"},
            {
                "name": "Say",
                "kind": "feedback",
                "length": "4m",
                "forms": [{**form, "rubric": form["rubric"].format(n=number)} for form in forms],
            },
        ],
        **changes,
    }


def own_rubric(number: int) -> dict[str, Any]:
    """The rubric of a part: the core, and one criterion of its own."""
    return {
        "format": 1,
        "title": f"Debrief {number}",
        "core": "core",
        "scale": LEVELS,
        "criteria": [{"id": f"own-{number}", "title": f"Only in {number}", "levels": {1: "No", 4: "Yes"}}],
    }


def part_bundle(number: int, forms: Sequence[Mapping[str, Any]] = FORMS, **changes: Any) -> Bundle:
    """A part of the series with its rubrics, as it is loaded."""
    core = Rubric.model_validate(CORE)
    own = Rubric.model_validate(own_rubric(number)).with_core(core)
    others = {"step": STEP, "plan": PLAN, "sure": SURE}
    return Bundle(
        id=f"part-{number}",
        scenario=Scenario.model_validate(part(number, forms, **changes)),
        rubrics={f"own-{number}": own, "core": core} | {id: Rubric.model_validate(r) for id, r in others.items()},
    )


SERIES = Series(format=1, title="Debriefs", series=tuple(f"part-{n}" for n in range(1, 5)))


def write_series(folder: Path, rubrics: Path) -> None:
    """The same as files: the series `debriefs`, its four parts, and their rubrics."""
    folder.mkdir(parents=True, exist_ok=True)
    rubrics.mkdir(parents=True, exist_ok=True)
    _write(folder / "debriefs.yaml", {"format": 1, "title": "Debriefs", "series": list(SERIES.series)})
    for id, rubric in {"core": CORE, "step": STEP, "plan": PLAN, "sure": SURE}.items():
        _write(rubrics / f"{id}.yaml", rubric)
    for number in range(1, 5):
        _write(folder / f"part-{number}.yaml", part(number))
        _write(rubrics / f"own-{number}.yaml", own_rubric(number))


def _write(path: Path, data: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(data), encoding="utf-8")


Fill = Callable[[FormDue, Criterion], int | None]
"""The level that somebody gives, or none for not observed."""


class Meetings:
    """Sessions that are played one after the other, each a day later than the last."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store = store
        self.days = 0
        monkeypatch.setattr("roleplay.conduct.opening.wall_now", lambda: WALL + self.days * DAY)

    def begin(self, bundle: Bundle, seats: Sequence[Seat], **options: Any) -> Runner:
        """Open a session, on the next day."""
        self.days += 1
        occasion = options.get("occasion")
        first = options.pop("first_case", 0)
        plan = build_plan(bundle.scenario, [seat.id for seat in seats], None, first, occasion)
        return open_session(self.store, DirectJournal(self.store), bundle, plan, seats, clock=HandClock(), **options)

    def before(self, seats: Iterable[Seat]) -> tuple[Past, ...]:
        """The sessions so far of those who sit here."""
        return past_of(self.store, [seat.known for seat in seats if seat.known])

    def carried_for(self, seats: Sequence[Seat]) -> tuple[Carried, ...]:
        """What will be carried into a session of these people."""
        return carry_over(self.before(seats), {seat.id: seat.known for seat in seats if not seat.bot})

    def fresh_case(self, bundle: Bundle, seats: Sequence[Seat], occasion: str | None = None) -> int:
        """The case with which these people begin."""
        return fresh_case(self.before(seats), bundle, {seat.id: seat.known for seat in seats}, occasion)

    def next_occasion(self, bundle: Bundle, seats: Sequence[Seat]) -> str | None:
        """The occasion that comes next for these people."""
        bots = [seat.id for seat in seats if seat.bot]
        return next_occasion(self.before(seats), bundle, {seat.id: seat.known for seat in seats}, bots=bots)

    def places(self, *known: str, series_id: str = "debriefs", series: Series | None = None) -> Places:
        """How far these people have come in a series: in the small one, or in another."""
        return places_in(past_of(self.store, known), series_id, series or SERIES, known)

    def play(
        self,
        bundle: Bundle,
        seats: Sequence[Seat],
        level: int | Fill = 2,
        said: str = "said",
        *,
        quoted: bool = False,
        end: bool = True,
        steps: int = 100,
        only: Callable[[FormDue], bool] = lambda due: True,
        **options: Any,
    ) -> str:
        """Play a session, or move on so many times; people write all that is asked, or `only` some. Returns its id.

        Where `quoted`, each level comes with words as evidence.
        """
        runner = self.begin(bundle, seats, **options)
        fill = level if callable(level) else lambda due, criterion: level
        runner.do_at_once(Start())
        for moved in range(steps + 1):
            _write_all(runner, fill, said, only, quoted)
            if moved == steps or all(track.status == "finished" for track in runner.state.tracks.values()):
                break
            runner.do_at_once(Next())
        if end:
            runner.do_at_once(End())
        runner.close()
        return runner.session


def _write_all(runner: Runner, fill: Fill, said: str, only: Callable[[FormDue], bool], quoted: bool) -> None:
    for track in runner.state.tracks.values():
        for task in tasks(runner.state, track):
            if task.done or task.late or runner.state.people[task.by].bot:
                continue
            if task.form is not None and only(task.form):
                runner.do_at_once(*form_command(track.id, task.form, _draft(runner, task.form, fill, said, quoted)))
            elif task.kind == "journal":
                runner.do_at_once(*journal_command(track.id, task.step, task.by, JournalDraft(on_paper=True)))
    # Every bot writes in the first four fifths of a step.
    assert isinstance(runner.clock, HandClock)
    lengths = [track.clock.length for track in runner.state.tracks.values() if track.clock is not None]
    runner.clock.at += 0.8 * max(lengths, default=0)
    for command, texts in Bots(1).moves(runner.state, runner.now):
        runner.do_at_once(command, texts)


def _draft(runner: Runner, due: FormDue, fill: Fill, said: str, quoted: bool) -> FormDraft:
    rubric = runner.state.setting.bundle.rubrics[due.rubric]
    answers = {}
    for criterion in rubric.asked:
        value = fill(due, criterion)
        if isinstance(rubric.scale_of(criterion), TextScale):
            answers[criterion.id] = DraftAnswer(text=f"{said}: {criterion.id}")
        else:
            quote = said if quoted and value is not None and due.purpose == "form" else ""
            answers[criterion.id] = DraftAnswer(observed=value is not None, value=value, quote=quote)
    prompts = {} if due.purpose == "forecast" else {prompt.id: f"{said}: {prompt.id}" for prompt in rubric.prompts}
    return FormDraft(answers=answers, prompts=prompts)
