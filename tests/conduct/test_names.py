"""Names as people type and paste them."""

from __future__ import annotations

import pytest

from roleplay.conduct.names import split_names, tell_apart, tidy, turned_round


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Ana, Ben, Chloe", ["Ana", "Ben", "Chloe"]),
        (" Ana ,, Ben;\n Chloe  Maria\n", ["Ana", "Ben", "Chloe Maria"]),
        ("Ana, ana, Ana", ["Ana", "ana (2)", "Ana (3)"]),
        ("Zo\udcc3\udcab, Zo\udceb", ["Zoë", "Zo\ufffd"]),
        ("Ana\r\nBen\rChloe", ["Ana", "Ben", "Chloe"]),
        ("Ana\tBen\tChloe", ["Ana", "Ben", "Chloe"]),
        ("1\tAna Fox\tana@x.example\n2\tBen Dee\tben@x.example", ["Ana Fox", "Ben Dee"]),
        ("Fox, Ana\nDee, Ben\nYu, Chloe", ["Ana Fox", "Ben Dee", "Chloe Yu"]),
        ("Fox, Ana <a@x.example>; Dee, Ben <b@x.example>; Yu, Chloe", ["Ana Fox", "Ben Dee", "Chloe Yu"]),
        ("Ana, Ben\nChloe, Dan", ["Ana", "Ben", "Chloe", "Dan"]),
        ("ana.fox@x.example, Ben", ["Ana Fox", "Ben"]),
        ("", []),
    ],
)
def test_typed_names(typed: str, names: list[str]) -> None:
    """Commas, semicolons, tabs and lines part names; blanks, broken letters and addresses go; twins are told apart."""
    assert split_names(typed) == names


@pytest.mark.parametrize(
    ("name", "turned"),
    [
        ("Meier, Anna", "Anna Meier"),
        ("Anna Meier", "Anna Meier"),
        ("Luther King, Jr.", "Luther King, Jr."),
        ("Dee, Ben, PhD", "Dee, Ben, PhD"),
        ("Meier,", "Meier,"),
    ],
)
def test_last_name_before_a_comma_is_turned_round(name: str, turned: str) -> None:
    """What is no first name stays behind its comma."""
    assert turned_round(name) == turned


def test_letters_are_one_sign_with_their_accent() -> None:
    """A name from a Mac is the same as one typed elsewhere; signs that nobody sees are gone."""
    assert tidy("\u200b Zoe\u0308\xa0 Fox\ufeff") == "Zoë Fox"


def test_number_that_tells_apart_is_free() -> None:
    """A name that already looks told apart keeps its number."""
    assert tell_apart(["Ana", "Ana (2)", "Ana"]) == ["Ana", "Ana (2)", "Ana (3)"]
