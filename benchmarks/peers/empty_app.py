"""The least that draws a screen with Textual."""

from __future__ import annotations

from textual.app import App


def main() -> None:
    """Show an empty screen."""
    App[None]().run()
