"""The keys of a screen that has many, in rows, so that none is cut off; a click presses the key."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Grid
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

_LAST = ("help", "recording", "quit", "app.quit")
"""What every screen has, or says elsewhere as well, comes after what is this screen's own; the last gives way first."""
_ROW = 8
_ROOMY = 30
"""Rows of a window that has a third one to spare for keys; the smallest has two."""


class KeyCap(Static):
    """A key and what it does; dim where that makes no sense right now."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyCap { width: auto; height: 1; text-wrap: nowrap; }
    KeyCap:hover { background: $block-hover-background; }
    KeyCap.-off { text-style: dim; }
    """

    def __init__(self, key: str, shown: str, does: str, enabled: bool, tooltip: str) -> None:
        super().__init__(
            Content.assemble((shown, "bold $footer-key-foreground"), " ", does), classes="" if enabled else "-off"
        )
        self._key = key
        self.tooltip = tooltip or None

    def on_click(self) -> None:
        """Press the key."""
        self.app.simulate_key(self._key)


class KeyRows(Grid):
    """All keys of the screen that are to be shown, in the order in which it names them."""

    DEFAULT_CSS = """
    KeyRows {
        dock: bottom; height: auto; width: 100%; grid-size: 8; grid-columns: auto; grid-rows: 1; grid-gutter: 0 1;
        padding: 0 1; background: $panel; color: $footer-foreground;
    }
    KeyRows.-wide { grid-gutter: 0 4; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[tuple[Binding, bool, str]] = []

    def on_mount(self) -> None:
        """Follow what the screen allows."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def on_resize(self) -> None:
        """Where there is space, spread out."""
        self.set_class(self.size.width >= 110, "-wide")
        self._changed(self.screen)

    def compose(self) -> ComposeResult:
        """A cap for each action, with the first of its keys."""
        for binding, enabled, does in self._shown:
            yield KeyCap(
                binding.key, self.app.get_key_display(binding), does, enabled, binding.tooltip or binding.description
            )

    def _changed(self, screen: Screen[object]) -> None:
        shown = self._wanted(screen)
        if self.is_attached and screen is self.screen and shown != self._shown:
            self._shown = shown
            self.call_after_refresh(self.recompose)

    def _wanted(self, screen: Screen[object]) -> list[tuple[Binding, bool, str]]:
        say = getattr(screen, "say_key", None)
        found: dict[str, tuple[Binding, bool, str]] = {}
        for _, binding, enabled, _ in screen.active_bindings.values():
            if binding.show and binding.action not in found:
                found[binding.action] = (binding, enabled, (say and say(binding)) or binding.description)
        in_order = sorted(found.values(), key=lambda shown: _turn(shown[0].action))
        # Quit is the last; where there is no room for it, the key that leaves the screen is the way out.
        return in_order[: _ROW * (3 if screen.size.height >= _ROOMY else 2)]


def _turn(action: str) -> int:
    return _LAST.index(action) + 1 if action in _LAST else 0
