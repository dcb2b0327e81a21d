"""What opens from the stage for one person, or asks the facilitator: cards, tasks, injects, the end."""

from __future__ import annotations

from roleplay.conduct.runner import Runner
from roleplay.session import commands as c
from roleplay.session.tasks import Task, tasks
from roleplay.tui.scene import Scene
from roleplay.tui.screens.asked import screen_for
from roleplay.tui.screens.base import Question
from roleplay.tui.screens.card import CardScreen
from roleplay.tui.screens.choose import Choose
from roleplay.tui.screens.handover import open_private
from roleplay.tui.screens.leading import LeadingScreen


class HandingScreen(LeadingScreen):
    """A leading screen from which the laptop is handed to people, one after the other; its keys are the stage's."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._read: set[tuple[str, str, str]] = set()
        """Step, inject and person of the notes that were read."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is dim where there is nothing for it."""
        if action == "injects" and not self.shown.open_injects():
            return None
        if action == "end":
            return self.shown.phase != "ended" or None
        return super().check_action(action, parameters)

    def unread(self, scene: Scene) -> list[tuple[str, str]]:
        """The private injects of this step that were not yet shown to their person: inject and person."""
        step = scene.step.id if scene.step else ""
        return [(inject, person) for inject, person in scene.handed() if (step, inject, person) not in self._read]

    def action_open(self) -> None:
        """Open what waits: a note for somebody, or what is missing next."""
        scene = self.shown
        waiting, task = self.unread(scene), scene.next_missing()
        if scene.safety:
            return
        if waiting:
            self.run_worker(self._show_card(waiting[0][1]), group="private", exclusive=True)
        elif task is not None:
            self.run_worker(self._open_task(task), group="private", exclusive=True)

    def action_cards(self) -> None:
        """Show a card to somebody."""
        self.run_worker(self._choose_card(), group="private", exclusive=True)

    async def _choose_card(self) -> None:
        scene = self.shown
        people = scene.humans
        if len(people) == 1:
            await self._show_card(people[0])
            return
        entries = [(person, f"{scene.name(person)}{_role(scene, person)}") for person in people]
        chosen = await self.app.push_screen_wait(Choose("Whose card?", entries))
        if chosen is not None:
            await self._show_card(chosen)

    async def _show_card(self, person: str) -> None:
        opened: list[str] = []

        def make() -> CardScreen:
            opened.append(person)
            return CardScreen(self.runner, person)

        await open_private(self.app, self.runner, person, make)
        if opened:
            scene = self.shown
            step = scene.step.id if scene.step else ""
            self._read |= {(step, inject, to) for inject, to in scene.handed() if to == person}
            self.repaint()

    def repaint(self) -> None:
        """Paint once more, since something was read."""

    def action_tasks(self) -> None:
        """What is asked of whom, and whether it is in."""
        self.run_worker(self._choose_task(), group="private", exclusive=True)

    async def _choose_task(self) -> None:
        scene = self.shown
        asked = [t for t in tasks(scene.state, scene.track) if not scene.is_bot(t.by) and not scene.is_late(t)]
        if not asked:
            self.notify("Nobody has been asked for anything yet.", markup=False)
            return
        entries = [(str(n), _entry(scene, task)) for n, task in enumerate(asked)]
        chosen = await self.app.push_screen_wait(Choose("Who writes now?", entries))
        if chosen is not None:
            await self._open_task(asked[int(chosen)])

    async def _open_task(self, task: Task) -> None:
        await open_private(self.app, self.runner, task.by, lambda: screen_for(self.runner, task))

    def action_injects(self) -> None:
        """Choose what happens now."""
        self.run_worker(self._choose_inject(), group="private", exclusive=True)

    async def _choose_inject(self) -> None:
        scene = self.shown
        entries = [(item.id, scene.say_inject(item)) for item in scene.open_injects()]
        chosen = await self.app.push_screen_wait(Choose("Let it happen now?", entries))
        if chosen is not None:
            self.carry_out(c.FireInject(scene.table, chosen))

    def action_end(self) -> None:
        """Close the session for good, after a question."""
        self.run_worker(self._end(), group="private", exclusive=True)

    async def _end(self) -> None:
        missing = len(self.shown.missing())
        more = f"{missing} of the forms and journals are still missing. " if missing else ""
        more += "Nothing can be written afterwards."
        if await self.app.push_screen_wait(_Careful("Close this session?", more)):
            self.carry_out(c.End())

    def action_leave(self) -> None:
        """Go back; a running session is paused and kept."""
        self.run_worker(self._leave(), group="private", exclusive=True)

    async def _leave(self) -> None:
        if any(self.runner.state.phase(table) == "running" for table in self.runner.state.tracks):
            more = "The session is paused and kept. You can go on later."
            if not await self.app.push_screen_wait(Question("Leave the stage?", more, yes="Leave", no="Stay")):
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
    return f"{'✓' if task.done else '·'} {scene.say_done(task):<9} {turn}{scene.say_task(task)}"
