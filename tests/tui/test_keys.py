"""Keys that an owner may change."""

from __future__ import annotations

import pytest

from roleplay.tui import keys
from roleplay.tui.keys import all_bindings, keymap, say_key, table, trouble


def test_every_action_has_a_name_of_its_own_a_key_and_words() -> None:
    """The list is complete enough to be read: a dotted name, the default keys, and what they do."""
    rows = table()
    assert {"app.quit", "help.open", "library.search", "setup.start", "people.swap"} <= {id for id, _, _ in rows}
    assert len({id for id, _, _ in rows}) == len(rows)
    for id, key, does in rows:
        assert "." in id
        assert key
        assert does, f"{id} does not say what it does"


def test_shown_keys_of_our_screens_can_be_changed() -> None:
    """Whatever the foot of one of our screens shows has a name."""
    nameless = [
        f"{node.__name__}: {binding.key}" for node in keys._nodes() for binding in keys._own(node)
        if binding.show and binding.description and not binding.id
    ]  # fmt: skip
    assert nameless == []


def test_defaults_do_not_clash() -> None:
    """Setting every key to what it is anyway says nothing."""
    assert trouble({key.id: key.keys for key in all_bindings()}) == []


def test_unknown_action_is_said_with_the_nearest() -> None:
    """A slip of the fingers is pointed out, and does not stop the others."""
    said = trouble({"library.serch": "s", "app.theme": "f11"})
    assert len(said) == 1
    assert "library.search" in said[0]
    assert keymap({"library.serch": "s", "app.theme": "f11"}) == {"app.theme": "f11"}


def test_unknown_key_is_said_and_the_others_hold() -> None:
    """A key that no keyboard has is left out of several."""
    said = trouble({"app.theme": "contrl+t,f11"})
    assert len(said) == 1
    assert "contrl+t" in said[0]
    assert keymap({"app.theme": "contrl+t,f11"}) == {"app.theme": "f11"}


def test_one_key_for_two_actions_of_one_screen_is_said_once() -> None:
    """Both actions are named; on different screens a key may do different things."""
    said = trouble({"setup.bot": "f5"})
    assert len(said) == 1
    assert "setup.bot" in said[0]
    assert "setup.start" in said[0]
    assert trouble({"library.search": "f6"}) == []


def test_two_actions_that_exchange_their_keys_do_not_clash() -> None:
    """What counts is how it is after all changes."""
    assert trouble({"setup.bot": "f5", "setup.start": "f6"}) == []


@pytest.mark.parametrize(
    ("key", "said"),
    [("ctrl+q", "Ctrl+Q"), ("slash", "/"), ("pagedown", "Page down"), ("f1", "F1"), ("space", "Space"), ("u", "U")],
)
def test_keys_are_said_as_they_are_printed(key: str, said: str) -> None:
    """A keyboard has no key called slash."""
    assert say_key(key) == said
