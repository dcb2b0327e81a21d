"""What opens from the stage for one person, or asks the facilitator: cards, tasks, injects, the end."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from roleplay.conduct import expected
from roleplay.conduct.drafts import draft_key
from roleplay.conduct.runner import Runner, new_text
from roleplay.problems import CommandProblem
from roleplay.session import commands as c
from roleplay.session.tasks import Task, tasks
from roleplay.tui import happening
from roleplay.tui.class_view import say_place
from roleplay.tui.conductor import Conductor
from roleplay.tui.happening import Note
from roleplay.tui.scene import Scene, label_of
from roleplay.tui.screens.asked import screen_for
from roleplay.tui.screens.base import Question
from roleplay.tui.screens.card import CardScreen
from roleplay.tui.screens.choose import Choose
from roleplay.tui.screens.handover import open_private
from roleplay.tui.screens.injects import InjectsDialog
from roleplay.tui.screens.looking_back import LookingBackScreen
from roleplay.tui.screens.name_take import NameTake
from roleplay.tui.screens.pick_person import PickPerson
from roleplay.tui.screens.sheet import SheetScreen
from roleplay.tui.sheets import Sheet, kept_under, missing_sheets


class HandingScreen(LookingBackScreen):
    """A leading screen from which the laptop is handed to people, one after the other; its keys are the stage's."""

    LEAVES: ClassVar[str] = "Leave the stage?"
    """What is asked before it is left while a clock runs."""

    def __init__(self, runner: Runner, conductor: Conductor | None = None) -> None:
        super().__init__(runner, conductor)
        self._read: set[tuple[str, str]] = set()
        """Step and inject of the notes that were read."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is dim where there is nothing for it."""
        if action == "injects" and not happening.open_injects(self.shown):
            return None
        if action == "name_take" and self.shown.take is None:
            return None
        if action in ("tasks", "end"):
            return self.shown.phase != "ended" or None
        return super().check_action(action, parameters)

    def unread(self, scene: Scene) -> list[Note]:
        """The private injects of this step that were not yet shown to anybody they are for."""
        step = scene.step.id if scene.step else ""
        return [note for note in happening.notes(scene) if (step, note.inject) not in self._read]

    def action_open(self) -> None:
        """Open what waits: a note for somebody, or what is missing next."""
        scene = self.shown
        waiting, task = self.unread(scene), scene.next_missing()
        if scene.safety:
            return
        if waiting:
            self.run_worker(self._show_note(waiting[0]), group="private", exclusive=True)
        elif task is not None:
            self.run_worker(self._open_task(task), group="private", exclusive=True)

    def action_cards(self) -> None:
        """Show a card to somebody."""
        self.run_worker(self._choose_card(), group="private", exclusive=True)

    async def _choose_card(self) -> None:
        if (person := await self._choose_person("Whose card?")) is not None:
            await self._show_card(person)

    async def _show_note(self, note: Note) -> None:
        question = f"Who says it, as {note.says}?" if note.says else "Who takes the laptop?"
        if (person := await self._choose_person(question, note.people)) is not None:
            await self._show_card(person)

    async def _choose_person(self, question: str, among: tuple[str, ...] = ()) -> str | None:
        """Somebody at this table; where there is one alone, nobody is asked."""
        scene = self.shown
        people = among or scene.humans
        if len(people) == 1:
            return people[0]
        entries = [(person, f"{scene.name(person)}{_role(scene, person)}") for person in people]
        return await self.app.push_screen_wait(Choose(question, entries))

    async def _show_card(self, person: str) -> None:
        opened: list[str] = []

        def make() -> CardScreen:
            opened.append(person)
            return CardScreen(self.runner, person, self.carried)

        await open_private(self.app, self.runner, person, make)
        if opened:
            scene = self.shown
            step = scene.step.id if scene.step else ""
            self._read |= {(step, note.inject) for note in happening.notes(scene) if person in note.people}
            self.repaint()

    def repaint(self) -> None:
        """Paint once more, since something was read."""

    def action_received(self) -> None:
        """Let somebody read the feedback they got so far."""
        self.run_worker(self._read_received(), group="private", exclusive=True)

    async def _read_received(self) -> None:
        person = await self._choose_person("Whose feedback?")
        if person is not None:
            from roleplay.tui.screens.received import ReceivedScreen

            await open_private(self.app, self.runner, person, lambda: ReceivedScreen(self.runner, person))

    def action_reports(self) -> None:
        """Write all reports into a folder of their own, here."""
        self.run_worker(self._write_reports(), group="reports", exclusive=True)

    async def _write_reports(self) -> None:
        """Write them beside the screen, whose clocks go on: a large class has many."""
        from roleplay.conduct.clock import local_zone
        from roleplay.conduct.history import carried_into, pasts_before
        from roleplay.conduct.series import series_played
        from roleplay.report.folder import write_reports

        state, session, words = self.runner.state, self.runner.session, dict(self.runner.words)
        folder = Path.cwd() / f"{session}-reports"
        try:
            pasts = pasts_before(self.desk.store, session, state)
            written = await asyncio.to_thread(
                write_reports,
                state,
                words,
                session,
                folder,
                local_zone(),
                carried=carried_into(self.desk.store, session, state, pasts),
                series=series_played(state, self.desk.folders),
                pasts=pasts,
            )
        except CommandProblem as problem:
            self.say(problem)
            return
        self.notify(f"{len(written)} reports are in {folder}", title="Written", timeout=20, markup=False)

    def action_tasks(self) -> None:
        """What is asked of whom, and whether it is in."""
        self.run_worker(self._choose_task(), group="private", exclusive=True)

    async def _choose_task(self) -> None:
        scene = self.shown
        asked = [t for t in tasks(scene.state, scene.track) if not scene.is_bot(t.by) and not t.late and not t.gone]
        asked.sort(key=lambda task: scene.step is not None and task.step != scene.step.id)
        if not asked:
            self.notify("Nobody has been asked for anything yet.", markup=False)
            return
        entries = [(str(n), _entry(scene, task)) for n, task in enumerate(asked)]
        chosen = await self.app.push_screen_wait(Choose("Who writes now?", entries))
        if chosen is not None:
            await self._open_task(asked[int(chosen)])

    async def _open_task(self, task: Task) -> None:
        await open_private(self.app, self.runner, task.by, lambda: screen_for(self.runner, task, self.carried))

    def action_sheets(self) -> None:
        """Type in what observers wrote on paper."""
        self.run_worker(self._type_sheets(), group="private", exclusive=True)

    async def _type_sheets(self) -> None:
        """One sheet after the other, until all are in or somebody has enough."""
        while wanted := missing_sheets(self.runner.state, self.meant):
            chosen = await self.app.push_screen_wait(
                PickPerson("Which sheet do you have?", self._sheet_entries(wanted))
            )
            while chosen is not None:
                sheet = wanted[int(chosen)]
                if not await self.app.push_screen_wait(SheetScreen(self.runner, sheet, len(wanted))):
                    break
                # The one that follows in the list is most often the next in the pile.
                wanted = missing_sheets(self.runner.state, self.meant)
                chosen = str(int(chosen) % len(wanted)) if wanted else None
            if chosen is None and wanted:
                return
        self.notify("No sheet is missing.", markup=False)

    def _sheet_entries(self, wanted: Sequence[Sheet]) -> list[tuple[str, str]]:
        entries = []
        drafts = self.desk.store.drafts(self.runner.session)
        for number, sheet in enumerate(wanted):
            scene = self.scene_of(sheet.track)
            rubric = scene.state.setting.bundle.rubrics[sheet.due.rubric]
            where = f" · {scene.track.title}" if len(scene.state.open_tracks) > 1 else ""
            turn = say_place(scene.track, scene.track.planned(sheet.due.step))
            who = f"{scene.name(sheet.due.by)} about {scene.name(sheet.due.about)}"
            begun = " · begun" if kept_under(sheet) in drafts else ""
            entries.append((str(number), f"{who}{begun}{where} · {turn} · {rubric.title}"))
        return entries

    def action_injects(self) -> None:
        """Choose what happens now."""
        self.run_worker(self._choose_inject(), group="private", exclusive=True)

    async def _choose_inject(self) -> None:
        scene = self.shown
        chosen = await self.app.push_screen_wait(InjectsDialog(scene, happening.open_injects(scene)))
        if chosen is not None:
            wish, inject = chosen
            self.carry_out((c.FireInject if wish == "give" else c.HoldInject)(scene.table, inject))

    def action_name_take(self) -> None:
        """Give the take a name."""
        self.run_worker(self._name_take(), group="private", exclusive=True)

    async def _name_take(self) -> None:
        scene = self.shown
        take = scene.take
        if take is None:
            return
        name = await self.app.push_screen_wait(NameTake(take.take, label_of(scene.track, take, scene.words)))
        if name is not None:
            label = new_text(name)
            await self.do(c.LabelTake(scene.table, take.id, label.ref), [label])

    def action_end(self) -> None:
        """Close the session for good, after a question."""
        self.run_worker(self._end(), group="private", exclusive=True)

    async def _end(self) -> None:
        scenes = [replace(self.shown, table=table) for table in self.runner.state.tracks]
        missing = [task for scene in scenes for task in scene.missing()]
        drafts = self.desk.store.drafts(self.runner.session)
        more = ""
        if missing:
            more = f"{len(missing)} of the forms and journals {'is' if len(missing) == 1 else 'are'} still missing. "
        if any(draft_key(task) in drafts for task in missing):
            more += "Words that were begun and not sent would be left out. "
        more += "The clock stops for good. What is on paper, or in files, can still be taken in."
        if await self.app.push_screen_wait(_Careful("Close this session?", more)):
            self.carry_out(c.End(), drafts_done=(expected.KEY,))

    def action_leave(self) -> None:
        """Go back; a running session is paused and kept."""
        self.run_worker(self._leave(), group="private", exclusive=True)

    async def _leave(self) -> None:
        if self.owns and any(self.runner.state.phase(table) == "running" for table in self.runner.state.tracks):
            more = "The session is paused and kept. You can go on later."
            if not await self.app.push_screen_wait(Question(self.LEAVES, more, yes="Leave", no="Stay")):
                return
            await self.do(c.Pause())
        if len(self.app.screen_stack) > 1:
            self.dismiss(None)
        else:
            self.app.exit()


class _Careful(Question):
    """Asks before something that cannot be taken back; Enter alone leaves it."""

    AUTO_FOCUS = "#no"

    def __init__(self, question: str, more: str) -> None:
        super().__init__(question, more, yes="Close it", no="Not yet")


def _role(scene: Scene, person: str) -> str:
    role = scene.step.plays(person) if scene.step else None
    return f", {scene.scenario.roles[role].title}" if role else ""


def _entry(scene: Scene, task: Task) -> str:
    planned = scene.track.planned(task.step)
    turn = f"Round {planned.round} · " if planned.round else ""
    take = f"Take {planned.take} · " if planned.take > 1 else ""
    return f"{'✓' if task.done else '·'} {scene.say_done(task):<9} {turn}{take}{scene.say_task(task)}"
