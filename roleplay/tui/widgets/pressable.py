"""Words that can be clicked instead of pressing the key that they name."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

_ACTION = "action"


def pressing(action: str, content: Content) -> Content:
    """The same words; a click on them does what a key of the screen does, such as `untap` or `stamp('f')`."""
    return content.stylize(Style.from_meta({_ACTION: action}))


class Pressable(Static):
    """Shows words of which some can be clicked."""

    ALLOW_SELECT = False

    async def on_click(self, event: events.Click) -> None:
        """Do what stands under the mouse."""
        action = event.style.meta.get(_ACTION)
        if action is not None:
            event.stop()
            await self.screen.run_action(action)
