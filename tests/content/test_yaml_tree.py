"""The text itself: what plain words mean, where things stand, and what is refused."""

from __future__ import annotations

import pytest
import yaml

from roleplay.content import yaml_tree
from roleplay.content.yaml_tree import MAX_BYTES, MAX_DEPTH, MAX_NODES, quote, read_tree, say_path


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers: the fast one, and the one that is there where the fast one is not."""
    monkeypatch.setattr(yaml_tree, "_Loader", getattr(yaml, request.param))


def faults(text: str | bytes) -> list[str]:
    content = text.encode() if isinstance(text, str) else text
    return [":".join(map(str, (*f.place, f.key, f.sentence))) for f in read_tree(content).faults]


@pytest.mark.usefixtures("loader")
def test_plain_words_stay_words() -> None:
    """Only true, false, whole numbers and nothing have a meaning of their own; all else is text, as written."""
    text = """\
language: no
answer: Yes
switch: on
day: 2026-01-31
time: 1:30
number: 1.50
telephone: 0041
octal: 0o7
infinite: .inf
quoted: "3"
block: |
  true
truth: true
count: -3
nothing:
tilde: ~
1: one
no: key
"""
    assert read_tree(text.encode()).data == {
        "language": "no",
        "answer": "Yes",
        "switch": "on",
        "day": "2026-01-31",
        "time": "1:30",
        "number": "1.50",
        "telephone": "0041",
        "octal": "0o7",
        "infinite": ".inf",
        "quoted": "3",
        "block": "true\n",
        "truth": True,
        "count": -3,
        "nothing": None,
        "tilde": None,
        1: "one",
        "no": "key",
    }


@pytest.mark.usefixtures("loader")
def test_places() -> None:
    """A plain value is found at itself, a group or a list at its key, and what is not there at what holds it."""
    tree = read_tree(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - {c: x, d: [y]}\r\n")
    assert tree.data == {"a": 1, "b": [{"c": "x", "d": ["y"]}]}
    assert tree.place(("a",)) == (1, 4)
    assert tree.key_place(("a",)) == (1, 1)
    assert tree.place(("b",)) == (2, 1)
    assert tree.place(("b", 0)) == (3, 5)
    assert tree.place(("b", 0, "d", 0)) == (3, 16)
    assert tree.place(("b", 0, "d", 7, "e")) == (3, 12)
    assert tree.place(()) == (1, 1)


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", "2:1:a:is written twice: the first stands on line 1; keep one of the two"),
        ("b: {c: 1,\n  c: 2}", "2:3:b.c:is written twice: the first stands on line 1; keep one of the two"),
        ("a: x\nb: *c\n", '2:4::text cannot start with "*" (to YAML it is a reference, not used here)'),
        ("a: &b c\n", '1:4::text cannot start with "&" (to YAML it is an anchor, not used here)'),
        ("a: !b c\n", '1:4::text cannot start with "!" (to YAML it is a tag, not used here)'),
        ("a: !!python/name:os.system c\n", '1:4::text cannot start with "!"'),
        ("a: @b\n", '1:4::text cannot start with "@"; put quotes around the text'),
        ("a: `b`\n", '1:4::text cannot start with "`"; put quotes around the text'),
        ("a: 1\n---\nb: 2\n", '2:1::a second document starts here ("---"); a file holds only one'),
        ("a:\n\tb: 1\n", "2:1::starts with a tab; use spaces instead"),
        ("a:\n  b: 1\n \tc: 2\n", "3:2::starts with a tab; use spaces instead"),
        ("a: 'b\nc: 1\n", "1:4::a quotation mark (') opens here and is not closed where it should be"),
        ('a: "b\nc: 1\n', '1:4::a quotation mark (") opens here and is not closed where it should be'),
        ('a: "b" c\n', "1:8::goes on after a closing quotation mark; put quotes around the whole text"),
        ("a: [b, c\nd: 1\n", '2:2::"[" opened on line 1 and is not closed, or a comma is missing'),
        (
            "a: {b: In a word: how}\n",
            "1:17::has a second colon; put quotes around text that contains one, or a comma is missing",
        ),
        (
            "a: {b: 1 c: 2}\n",
            "1:11::has a second colon; put quotes around text that contains one, or a comma is missing",
        ),
        ("a: {b: 1\nd: [2]\n", '2:2::"{" opened on line 1 and is not closed, or a comma is missing'),
        ("title: The bag: lost\n", "1:15::has a second colon; put quotes around text that contains a colon"),
        ("a:\n  b: 1\n c: 2\n", "3:2::does not fit the lines above; look at the spaces at its start"),
        ("a: 1\n  b: 2\n", "2:4::does not fit the lines above; look at the spaces at its start"),
        ("a: - b\n", "1:4::starts a list behind its key; start it on a line of its own"),
        ("{{who}}: 1\n", "1:1::a key must be a plain word; put quotes around text that contains { or ["),
        ("? [a]\n: b\n", "1:3::a key must be a plain word"),
        ('"": b\n', "1:1::a key is missing before the colon"),
        ("a: }\n", "1:4::cannot be read"),
        ("a: \x07b\n", "1:4::has a character that is no text (code 7); delete it"),
        ('a: "\\e[2J"\n', "1:4::has a character that is no text (code 27); delete it"),
    ],
)
def test_broken_text_is_one_sentence_at_its_place(text: str, expected: str) -> None:
    """What YAML or this program refuses is said at its line and column, in words that say what to do."""
    found = faults(text)
    assert len(found) == 1
    assert found[0].startswith(expected)


def test_a_backslash_in_double_quotes() -> None:
    """A path as some systems write it explains its backslash."""
    assert faults('a: "c:\\users"')[0].endswith(
        r'has a backslash in double quotes; use single quotes, or write it twice ("\\")'
    )


def test_all_doubled_keys_are_told_at_once_and_the_first_counts() -> None:
    """Two doubled keys give two faults; what stands below a second one says nothing more."""
    text = "a: 1\nb: 1\na: {c: 1, c: 2}\nb: [1]\n"
    assert [fault.split(":")[:3] for fault in faults(text)] == [["3", "1", "a"], ["4", "1", "b"]]
    assert read_tree(text.encode()).data == {"a": 1, "b": 1}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a: 1\nb: \xff\n", "2:4::is not UTF-8 text; save it from your editor as UTF-8"),
        ("a: ü\n".encode("utf-16"), "1:1::is not UTF-8 text; save it from your editor as UTF-8"),
        (b"\x7fELF\x02\x01\x01\x00", "1:1::has a character that is no text (code 127); delete it"),
        (b"a: " + b"x" * MAX_BYTES, "1:1::is larger than 1 MB; a file here is a few pages of text"),
    ],
)
def test_what_is_no_text(content: bytes, expected: str) -> None:
    """Other encodings, programs and huge files are refused before they are parsed."""
    assert faults(content) == [expected]


def test_text_that_multiplies_itself_is_refused() -> None:
    """A few lines that would unfold into a billion words stop at the first reference."""
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10)
    )
    assert faults(bomb)[0].startswith("1:5::")


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("text", ["[" * 50_000, "{a: " * 50_000, "- " * 50_000, "? " * 50_000])
def test_deep_nesting_is_refused_before_it_hurts(text: str) -> None:
    """However deep a file is nested, it is refused at the first level too many."""
    assert faults(text)[0].split("::")[1] in (
        f"is nested more than {MAX_DEPTH} levels deep",
        "a key must be a plain word; put quotes around text that contains { or [",
    )


def test_the_number_of_entries_is_capped() -> None:
    """A file with too many entries says so at the first one too many."""
    assert faults("- a\n" * MAX_NODES) == [
        f"{MAX_NODES}:3::has more than {MAX_NODES} entries; split it into several files"
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a note\n", "---\n...\n", "\ufeff"])
def test_empty_text_is_nothing(text: str) -> None:
    """A file without content has no data and no fault of its text."""
    assert read_tree(text.encode()).data is None
    assert faults(text) == []


def test_paths_are_said_the_way_a_person_points() -> None:
    """Lists count in brackets, keys follow a dot, and odd keys stand in quotation marks."""
    data = {"script": [{"steps": [{"warn": ["1m"]}]}], "levels": {1: "x"}, "roles": {"a b": 1}}
    assert say_path(data, ("script", 0, "steps", 0, "warn", 0)) == "script[0].steps[0].warn[0]"
    assert say_path(data, ("levels", 1)) == "levels.1"
    assert say_path(data, ("roles", "a b")) == 'roles."a b"'
    assert say_path(data, ("script", 0, "name")) == "script[0].name"


def test_quoted_words_are_short_and_harmless() -> None:
    """A quoted word is one short line without anything that steers a terminal."""
    assert quote("a\nb \x9b2J") == '"a b ?2J"'
    assert len(quote("x" * 1000)) == 42
