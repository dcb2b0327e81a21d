"""What one person is asked for over a whole session, laid out for a page that needs no server and no network.

Everything stands in it that this person is to write, in steps that have not begun as well, and of all cards their own.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping

from roleplay.content.rubric import Criterion, Prompt, Rubric, row_of
from roleplay.content.scales import ChecklistScale, CountScale, OrderedScale
from roleplay.planning.plan import PlannedStep
from roleplay.problems import CommandProblem
from roleplay.report.hands import rounds_of_hand
from roleplay.report.offline_parts import Ask, Choice, OfflinePage, Part, Stretch
from roleplay.report.parts import CastLine
from roleplay.report.templating import environment
from roleplay.session.forms import FactsDue, FormDue, marker_pairs, markers_of, may_share, needs_evidence
from roleplay.session.state import State, TrackState
from roleplay.session.tasks import Task, tasks_of
from roleplay.store.files import free_name


def offline_page(state: State, words: Mapping[str, str], session: str, scenario: str, person: str) -> OfflinePage:
    """Everything that one person will be asked for, as the plan stands now."""
    return OfflinePage(
        title=state.setting.scenario.title,
        session=session,
        scenario=scenario,
        person=person,
        name=state.name(person, words),
        stretches=tuple(
            stretch for track in state.tracks.values() for stretch in _stretches(state, words, track, person)
        ),
    )


def render_offline(page: OfflinePage, answers_in: str) -> str:
    """The page, whole in one file, which saves answers under the name `answers_in`.

    Its own script alone may run in it, and nothing in it can be sent anywhere.
    """
    env = environment()
    script = env.get_template("offline.js").render()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return env.get_template("offline.html.j2").render(page=page, digest=digest, file=answers_in)


def offline_pages(
    state: State, words: Mapping[str, str], session: str, scenario: str, person: str | None = None
) -> dict[str, str]:
    """File name to page, one for each person, or for one alone.

    Raises:
        CommandProblem: nobody is asked for anything.
    """
    files: dict[str, str] = {}
    taken: set[str] = set()
    for one in state.humans:
        page = offline_page(state, words, session, scenario, one)
        taken.add(name := free_name(page.name, taken))
        if page.stretches and person in (None, one):
            files[f"{name}.html"] = render_offline(page, f"answers-{name}-{session}.json")
    if not files:
        raise CommandProblem("There is nobody here who is asked to write something.", "Bots write by themselves.")
    return files


def _stretches(state: State, words: Mapping[str, str], track: TrackState, person: str) -> Iterator[Stretch]:
    bundle = state.setting.bundle
    cards = {held.number: held.card for held in rounds_of_hand(bundle, track.as_planned, person)}
    numbers = [step.round for step in track.steps]
    first = next((n for n, number in enumerate(numbers) if number), None)
    for place, steps in _grouped(track):
        number = steps[0].round
        reader = _Reader(state, words, track, person)
        watching = tuple(reader.watching(steps))
        taps = {part.key.rsplit("/", 1)[1]: f"{part.track} {part.key}" for _, parts in watching for part in parts}
        parts = [part for step in steps for part in reader.parts(step, taps)]
        card = cards.pop(number, None) if number or place == 0 else None
        played = next((step for step in steps if step.plays(person)), None)
        if not parts and not watching and not card and not (number and played):
            continue
        talk = next((n for n, step in enumerate(steps) if step.kind == "play"), len(steps))
        early = {step.id for step in steps[:talk]} if talk < len(steps) else {step.id for step in steps}
        roles = bundle.scenario.roles
        yield Stretch(
            number=number,
            title=f"Round {number}" if number else _outside(place, first),
            table=track.title if len(state.tracks) > 1 else "",
            role=roles[role].title if played and (role := played.plays(person)) else "",
            cast=reader.cast(played) if played and number else (),
            card=card,
            watching=watching,
            before=tuple(part for part in parts if _step_of(part) in early),
            after=tuple(part for part in parts if _step_of(part) not in early),
        )


def _grouped(track: TrackState) -> Iterator[tuple[int, list[PlannedStep]]]:
    """The steps of one round after the other, and those outside the rounds, with the place at which each begins."""
    group: list[PlannedStep] = []
    for n, step in enumerate(track.steps):
        if group and step.round != group[-1].round:
            yield n - len(group), group
            group = []
        group.append(step)
    if group:
        yield len(track.steps) - len(group), group


def _outside(place: int, first: int | None) -> str:
    if first is None:
        return "Your part"
    return "To begin with" if place < first else "For the end"


def _step_of(part: Part) -> str:
    return part.key.split("/")[1]


class _Reader:
    """Lays out what one person at one table is asked for."""

    def __init__(self, state: State, words: Mapping[str, str], track: TrackState, person: str) -> None:
        self._state = state
        self._words = words
        self._track = track
        self._person = person

    def parts(self, planned: PlannedStep, taps: Mapping[str, str]) -> Iterator[Part]:
        """What is written in a step."""
        for task in tasks_of(self._state, self._track, planned):
            if task.by != self._person or task.late:
                continue
            if task.form is not None:
                yield self._form(planned, task, task.form, taps)
            elif task.facts is not None:
                yield self._came_out(task, task.facts)
            else:
                yield self._journal(planned, task)

    def watching(self, steps: list[PlannedStep]) -> Iterator[tuple[str, tuple[Part, ...]]]:
        """The conversations in which this person watches others."""
        for planned in steps:
            found = markers_of(self._state.setting, planned)
            pairs = marker_pairs(self._state.setting, planned, self._track.people_in(planned))
            mine = [about for by, about in pairs if by == self._person]
            if found and mine:
                yield f"{self._track.id} {planned.id}", tuple(self._marks(planned, about, found[1]) for about in mine)

    def cast(self, planned: PlannedStep) -> tuple[CastLine, ...]:
        """Who plays what beside this person."""
        roles = self._state.setting.scenario.roles
        return tuple(
            CastLine(
                role=roles[role].title,
                people=tuple(self._state.name(person, self._words) for person in people),
                plays=roles[role].plays or "",
                also=roles[role].also or "",
            )
            for role, people in planned.cast.items()
            if people
        )

    def _marks(self, planned: PlannedStep, about: str, rubric: Rubric) -> Part:
        return Part(
            kind="marks",
            track=self._track.id,
            key=f"marks/{planned.id}/{self._person}/{about}",
            title=_said_with_take(planned, planned.name),
            about=self._state.name(about, self._words),
            note="Tap what you see and hear while they talk. Start the clock with them, and each tap has its time.",
            marks=rubric.markers,
        )

    def _form(self, planned: PlannedStep, task: Task, due: FormDue, taps: Mapping[str, str]) -> Part:
        rubric = self._state.setting.bundle.rubrics[due.rubric]
        about = "" if due.about_self else self._state.name(due.about, self._words)
        forecast = due.purpose == "forecast"
        return Part(
            kind=due.purpose,
            track=task.track,
            key=f"form/{due.id}",
            title=f"Your forecast: {rubric.title}" if forecast else _said_with_take(planned, rubric.title),
            done=task.done,
            about=about,
            note=_note(due, rubric),
            private=due.private,
            asks=tuple(_ask(due, rubric, criterion) for criterion in rubric.asked),
            prompts=() if forecast else rubric.prompts,
            leave_out="I leave this out" if due.about_self else "Not observed",
            share=not forecast and bool(rubric.prompts) and may_share(due, len(self._state.people)),
            evidence_from=(taps[due.about],) if not forecast and due.about in taps else (),
        )

    def _came_out(self, task: Task, due: FactsDue) -> Part:
        ticked = task.kind == "facts"
        return Part(
            kind="facts" if ticked else "learned",
            track=task.track,
            key=f"{task.kind}/{task.step}/{task.by}",
            title="What came out" if ticked else "What I found out",
            done=task.done,
            about=self._state.name(due.leader, self._words) if ticked else "",
            note="Tick what was said to you, or what you let out." if ticked else "",
            facts=tuple((fact.id, fact.fact) for fact in due.facts) if ticked else (),
        )

    def _journal(self, planned: PlannedStep, task: Task) -> Part:
        step = self._state.setting.step(planned)
        return Part(
            kind="journal",
            track=task.track,
            key=f"journal/{task.step}/{task.by}",
            title=planned.name,
            done=task.done,
            about="",
            note="For you alone: no report shows it to anybody else.",
            private=True,
            prompts=tuple(Prompt(id=str(n), ask=ask) for n, ask in enumerate(step.prompts)),
            share=may_share(None, len(self._state.people)),
        )


def _said_with_take(planned: PlannedStep, title: str) -> str:
    return f"{title}, take {planned.take}" if planned.says_take else title


def _note(due: FormDue, rubric: Rubric) -> str:
    if due.purpose == "forecast":
        return "Before the conversation: guess quickly how well it will go. Afterwards, compare with what others saw."
    if due.private:
        return "For you alone."
    if due.sealed:
        return "Nobody sees it before all of these forms are in."
    return (rubric.about or "") if due.about_self else ""


def _ask(due: FormDue, rubric: Rubric, criterion: Criterion) -> Ask:
    scale = rubric.scale_of(criterion)
    if isinstance(scale, OrderedScale):
        choices = [(str(n), scale.describe(n), criterion.levels.get(n, ""), n) for n in scale.levels]
    elif isinstance(scale, ChecklistScale):
        choices = [("true", "Seen", "", True), ("false", "Not seen", "", False)]
    else:
        choices = []
    return Ask(
        id=criterion.id,
        title=criterion.title,
        about=criterion.about or "",
        look_for=criterion.look_for if due.purpose == "form" else (),
        kind="choice" if choices else "count" if isinstance(scale, CountScale) else "text",
        choices=tuple(
            Choice(value=value, label=label, means=means, evidence=needs_evidence(due, rubric, criterion, answer))
            for value, label, means, answer in choices
        ),
        evidence=not choices and needs_evidence(due, rubric, criterion, None),
        row=row_of(criterion.id),
    )
