"""The guide to writing one's own scenario, followed to the letter: every file, every command, every sentence it quotes.

Its first page is followed as a reader would: commands are typed, and each block of YAML replaces the part of the file
that begins with the same word. On its second page every block is a whole file, named by its first line.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from roleplay.cli import main
from roleplay.content.advice import lix
from roleplay.settings import rubric_folder, scenario_folder

DOCS = Path(__file__).parents[1] / "docs"
FIRST, SECOND = DOCS / "write-your-own.md", DOCS / "what-a-file-can-do.md"
SCENARIO, RUBRIC = Path("the-music-room.yaml"), Path("a-kind-no.yaml")

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
STEP = re.compile(rf"^(?:Open|Replace the last part of) `(\S+\.yaml)`|{BLOCK.pattern}", BLOCK.flags)
PART = re.compile(r"^(?=[a-z]+:)", re.MULTILINE)
SLIP = re.compile(r"^\| `(.*)` \| `(.*)` \| (.*) \|$", re.MULTILINE)
TYPED_INLINE = re.compile(r"`roleplay ([^\s`]+ [^`\n]+)`")

pytestmark = pytest.mark.docs


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    """Every block of a page with what it is called there, such as `yaml`; nothing, where it is typed."""
    return ((found[1], found[2]) for found in BLOCK.finditer(page.read_text(encoding="utf-8")))


def type_in(command: str) -> Result:
    """Type a command; what it prints goes into a file where it says so. It must succeed."""
    words = shlex.split(command)
    into = None
    if ">" in words:
        *words, _, into = words
    done = CliRunner().invoke(main, words[1:], prog_name="roleplay", catch_exceptions=False)
    assert done.exit_code == 0, (command, done.output)
    if into:
        Path(into).write_text(done.stdout, encoding="utf-8")
    return done


def check(*files: Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, files)], prog_name="roleplay", catch_exceptions=False)


def replace_parts(path: Path, block: str, line_end: str) -> None:
    """Do what the guide asks of an editor, which ends lines in its own way."""
    intro, *parts = PART.split(path.read_text(encoding="utf-8-sig"))
    names = [part.partition(":")[0] for part in parts]
    for new in PART.split(block)[1:]:
        parts[names.index(new.partition(":")[0])] = f"{new.rstrip()}\n\n"
    mark = "\ufeff" if line_end == "\r\n" else ""
    path.write_text(mark + intro + "".join(parts), encoding="utf-8", newline=line_end)


def follow(line_end: str = "\n") -> list[Result]:
    """Follow the first page in the current folder, from its top to its end."""
    done = []
    opened = Path()
    for found in STEP.finditer(FIRST.read_text(encoding="utf-8")):
        name, called, text = found.groups()
        if name:
            opened = Path(name)
        elif called == "yaml":
            replace_parts(opened, text, line_end)
        elif not called:
            done += [type_in(line) for line in text.splitlines()]
    return done


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Result]:
    """The two files of the first page, in the current folder, with what each command on the way said."""
    monkeypatch.chdir(tmp_path)
    return follow()


def test_the_guide_leads_to_a_scenario_that_works(written: list[Result]) -> None:
    """Each command succeeds, each check on the way finds nothing to mend, and no word of the first file is left."""
    checks = [done for done in written if done.stderr.startswith("Everything")]
    assert [done.stdout for done in checks] == [""] * 4
    text = SCENARIO.read_text(encoding="utf-8")
    assert "Noor" not in text
    assert "listening" not in text.partition("script:")[2]
    assert "names-feelings" not in RUBRIC.read_text(encoding="utf-8")
    assert "Says it early and plainly" in Path("report.html").read_text(encoding="utf-8")
    assert "Vera Lindt" in Path("cards.html").read_text(encoding="utf-8")
    assert {page.stem for page in Path("cards").iterdir()} == {"ana", "ben", "chloe", "who-gets-what"}


def test_an_editor_may_end_lines_in_its_own_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a mark at the start of a file and two characters at the end of a line, the guide works as well."""
    monkeypatch.chdir(tmp_path)
    follow("\r\n")
    assert b"\r\n" in SCENARIO.read_bytes()


def test_slips_are_told_as_the_guide_says(written: list[Result]) -> None:
    """Each slip of the guide's tables, made in its files, brings the sentence beside it, as problem or as warning; and
    the lines that it shows in full are among what the program said."""
    page = FIRST.read_text(encoding="utf-8")
    said = []
    for slip in SLIP.finditer(page):
        right, wrong, sentence = slip.groups()
        path = next(path for path in (SCENARIO, RUBRIC) if right in path.read_text(encoding="utf-8"))
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(right, wrong.replace("⇥", "\t"), 1), encoding="utf-8")
        found = check(SCENARIO)
        path.write_text(text, encoding="utf-8")
        warns = slip.start() > page.index("### Warnings")
        lines = [line for line in found.stdout.splitlines() if line.endswith(f": {sentence}")]
        assert lines, (wrong, found.stdout)
        assert [f": warning: {sentence}" in line for line in lines] == [warns] * len(lines)
        assert found.exit_code == (0 if warns else 1)
        said += found.output.splitlines()
    shown = [line for called, text in blocks(FIRST) if called == "text" for line in text.splitlines()]
    assert len(shown) == 2
    assert [line for line in shown if line not in said] == []


@pytest.fixture
def whole_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files of the second page, in the current folder."""
    monkeypatch.chdir(tmp_path)
    texts = [text for called, text in blocks(SECOND) if called == "yaml"]
    paths = [Path(text.partition("\n")[0].removeprefix("# ")) for text in texts]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_every_whole_file_works(whole_files: list[Path]) -> None:
    """None has a problem or a warning; scenarios and series can be played, rubrics among them by what uses them."""
    assert len(set(whole_files)) == len(whole_files) > 15
    assert check(*whole_files).output == "Everything is in order.\n"
    for path in whole_files:
        if "\nscale:" not in path.read_text(encoding="utf-8"):
            type_in(f"roleplay rehearse {path}")


def test_commands_inside_sentences_work(written: list[Result], whole_files: list[Path]) -> None:
    """Those too can be typed as they stand, once the files are where the guide puts them."""
    for folder, path in ((scenario_folder(), SCENARIO), (rubric_folder(), RUBRIC)):
        folder.mkdir(parents=True)
        shutil.move(path, folder)
    commands = [text for page in (FIRST, SECOND) for text in TYPED_INLINE.findall(page.read_text(encoding="utf-8"))]
    assert len(commands) >= 4
    for command in commands:
        type_in(f"roleplay {command}")
    assert "the-music-room\n" in type_in("roleplay list").stdout
    assert "properties" in json.loads(Path("scenario.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", [FIRST, SECOND], ids=lambda page: page.stem)
def test_the_guide_is_plain(page: Path) -> None:
    """Its own sentences read easily: LIX under 40."""
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    paragraphs = [part for part in text.split("\n\n") if not part.startswith(("#", "|"))]
    words = [re.sub(r"\]\([^)]*\)|[`*\[\]]", "", " ".join(part.split())) for part in paragraphs]
    assert lix("\n".join(words)) < 40
