"""What opens from a leading screen to look back: two takes side by side, and a conversation to be heard and read."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from roleplay.analysis.takes import conversations
from roleplay.session.state import FACILITATOR
from roleplay.session.visible import FACILITATOR_VIEWER
from roleplay.tui.review_view import places
from roleplay.tui.scene import Scene
from roleplay.tui.screens.choose import Choose
from roleplay.tui.screens.handover import open_private
from roleplay.tui.screens.hearing import HearingScreen
from roleplay.tui.screens.takes import TakesScreen


class LookingBackScreen(HearingScreen):
    """A leading screen from which one looks back at what was played, never while people talk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+k", "look_back", "Look back", show=False, id="stage.look-back",
            tooltip="Look back at a conversation: hear it, read it, see who spoke when",
        ),
    ]  # fmt: skip

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is gone where there is nothing to look back at, and dim while people talk."""
        if action == "takes":
            track = self.shown.track
            return False if not conversations(track) else track.talk is None or None
        if action == "look_back":
            if next(places(self.runner.state, FACILITATOR_VIEWER, self.meant), None) is None:
                return False
            return self.shown.track.talk is None or None
        return super().check_action(action, parameters)

    @property
    def led_table(self) -> str | None:
        """The one table that people sit at who look at this screen; none where it is over all of them."""
        return self.shown.table

    def action_takes(self) -> None:
        """Lay two takes beside each other, for the facilitator or for somebody at the table."""
        self.run_worker(self._compare_takes(), group="private", exclusive=True)

    async def _compare_takes(self) -> None:
        scene = self.shown
        person = await self._choose_reader(scene, "Who looks at the takes?")
        if person is not None:
            await open_private(self.app, self.runner, person, lambda: TakesScreen(self.runner, scene.table, person))

    def action_look_back(self) -> None:
        """Look back at a conversation, for the facilitator or for somebody at the table."""
        self.run_worker(self._open_look_back(), group="private", exclusive=True)

    async def _open_look_back(self) -> None:
        from roleplay.tui.screens.conversations import looking_back

        scene = self.shown
        person = FACILITATOR if self.led_table is None else await self._choose_reader(scene, "Who looks back?")
        if person is not None:
            await open_private(self.app, self.runner, person, lambda: looking_back(self.runner, person, self.led_table))

    async def _choose_reader(self, scene: Scene, question: str) -> str | None:
        if scene.alone is not None:
            return scene.alone
        entries = [(FACILITATOR, "You who lead: only you should look then")]
        entries += [(person, scene.name(person)) for person in scene.humans]
        return await self.app.push_screen_wait(Choose(question, entries))
