"""The commands for a class in a video call, as somebody types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Browser
from samples import TRIAD, bundle_of

from roleplay.cli import main
from roleplay.cli.shared import opened_store
from roleplay.conduct.answer_files import AnswerFile, Written, dump_answers, parse_answers
from roleplay.conduct.clock import HandClock
from roleplay.conduct.drafts import DraftAnswer, FormDraft, form_draft
from roleplay.conduct.holding import DirectJournal
from roleplay.conduct.opening import open_session, read_session, scenario_of, seats_for
from roleplay.planning.build import build_plan
from roleplay.session import commands as c


def roleplay(*arguments: str, stdin: str | None = None) -> Result:
    """Run a command; an exception that is no exit comes through as itself."""
    return CliRunner().invoke(main, arguments, input=stdin, prog_name="roleplay", catch_exceptions=False)


@pytest.mark.parametrize("ending", ["ics", "md", "html"])
def test_bells_are_written_as_the_name_of_the_file_ends(tmp_path: Path, ending: str) -> None:
    """And the day on which they begin is said."""
    file = tmp_path / f"bells.{ending}"
    done = roleplay("bells", "first-try", "--start", "18:30", "--date", "2026-12-01", "-o", str(file))
    assert "Tuesday, 1 December 2026, at 18:30 (UTC" in done.stderr
    assert file.stat().st_size > 500
    assert done.stdout == ""


def test_bells_of_a_session_are_those_of_its_own_plan() -> None:
    """Nothing is planned anew for a session that was set up."""
    roleplay("rehearse", "parent-conversation", "--people", "7", "--minutes", "45")
    of_session = roleplay("bells", "--session", "20", "--start", "9:00", "--date", "2026-12-01").stdout
    names = "a, b, c, d, e, f, g"
    planned = roleplay(
        *("bells", "parent-conversation", "--people", names, "--minutes", "45"),
        *("--start", "09:00", "--date", "2026-12-01"),
    ).stdout
    assert of_session == planned
    assert "| Table 2 |" in planned


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("first-try", "--start", "half six"), "“half six” is no time of day."),
        (("first-try", "--start", "18:30", "--date", "tomorrow"), "“tomorrow” is no day."),
        (("--start", "18:30"), "Name a scenario, or a session with --session."),
        (("first-try", "--start", "18:30", "--session", "x"), "Name a scenario, or a session with --session."),
        (("--session", "x", "--start", "18:30", "--minutes", "30"), "A session has its own people and times."),
        (("first-try", "--start", "18:30", "-o", "bells.pdf"), "Bells are not written as pdf."),
        (("first-try", "--start", "18:30", "--table", "Table 7"), "No table is called “Table 7”."),
    ],
)
def test_bells_say_what_is_wrong(arguments: tuple[str, ...], sentence: str) -> None:
    """In a sentence, with the status for a command that cannot be carried out."""
    done = roleplay("bells", *arguments)
    assert done.exit_code == 2
    assert sentence in done.stderr


@pytest.fixture(name="session")
def session_fixture(home: Path) -> str:
    """A triad in a session that was led up to its first feedback, and left."""
    bundle, seats = bundle_of(TRIAD), seats_for(["Ana", "Ben", "Chen"])
    with opened_store() as store:
        plan = build_plan(bundle.scenario, [seat.id for seat in seats])
        runner = open_session(store, DirectJournal(store), bundle, plan, seats, clock=HandClock())
        for command in (c.Start(), c.Next(), c.Next(), c.Next()):
            runner.do_at_once(command)
        runner.close()
    return runner.session


def answers(session: str, text: str, key: str = "learned/1.2r1/p1") -> str:
    with opened_store() as store:
        scenario = scenario_of(store, session)
    written = (Written(track="t1", key=key, title="Round 1: \x1b[2Jbell", at=5, answer={"text": text}),)
    file = AnswerFile(session=session, scenario=scenario, person="p1", name="Ana", saved=5, answers=written)
    return dump_answers(file)


def test_a_page_for_each_person_of_a_session(session: str, tmp_path: Path) -> None:
    """Or for one alone; without a session named, of the last that is open."""
    done = roleplay("forms", session, "-o", str(tmp_path / "all"))
    assert done.exit_code == 0
    assert {file.name for file in (tmp_path / "all").iterdir()} == {"ana.html", "ben.html", "chen.html"}
    roleplay("forms", "--for", "ben", "-o", str(tmp_path / "one"))
    [page] = (tmp_path / "one").iterdir()
    assert page.read_bytes() == (tmp_path / "all" / "ben.html").read_bytes()
    assert page.stat().st_mode & 0o077 == 0
    assert "Nobody in this session is called “Zoe”." in roleplay("forms", "--for", "Zoe").stderr
    assert "asks nobody else" in roleplay("forms", "--for", "facilitator").stderr


def test_answers_come_in_and_what_is_missing_is_said(session: str, tmp_path: Path) -> None:
    """The second time nothing changes; words from a file do nothing to a terminal."""
    file = tmp_path / "answers.json"
    file.write_text(answers(session, "A ride."), encoding="utf-8")
    first = roleplay("import", str(file))
    assert first.exit_code == 0
    assert "taken" in first.stdout
    assert "1 file from 1 person: 1 taken." in first.stdout
    assert "\x1b" not in first.stdout
    assert "Not in yet: Chen (1), Ben (2)." in first.stderr
    assert "1 file from 1 person: 1 already there." in roleplay("import", str(tmp_path)).stdout
    [told] = json.loads(roleplay("import", str(file), "--json").stdout)
    assert (told["person"], told["answers"][0]["fate"]) == ("Ana", "same")


def test_what_cannot_be_placed_is_kept_with_the_reason(
    session: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a file that can be sent in again, once, and the shell is told; so is a text that was pasted damaged."""
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        done = roleplay("import", "-", stdin=answers(session, "Early.", "learned/1.2r3/p1"))
        assert done.exit_code == 1
    assert "not placed" in done.stdout
    assert "BEGIN" not in roleplay("import", "-", stdin="BEGIN ROLEPLAY ANSWERS\nabc").stdout
    kept = sorted(tmp_path.iterdir())
    assert [file.name for file in kept] == [f"not-placed-ana-{session}.json", "not-placed-pasted.txt"]
    [answer] = parse_answers(kept[0].read_text(encoding="utf-8")).answers
    assert answer.answer == {"text": "Early."}
    assert answer.why.startswith("Nobody is asked for this")
    again = roleplay("import", str(kept[0]))
    assert again.exit_code == 1
    assert len(list(tmp_path.iterdir())) == 2


def test_cards_to_send_one_by_one(tmp_path: Path) -> None:
    """For several tables: a page and a text for each person, and a list; as groups stand in `roleplay plan`."""
    people = "Ana, Ben, Chen, Dee, Eva, Fay, Gus"
    roleplay("cards", "parent-conversation", "--people", people, "--each", "-o", str(tmp_path / "cards"))
    files = {file.name for file in (tmp_path / "cards").iterdir()}
    names = [name.strip().lower() for name in people.split(",")]
    assert files == {f"{name}.{ending}" for name in names for ending in ("html", "txt")} | {"who-gets-what.md"}
    planned = json.loads(roleplay("plan", "parent-conversation", "--people", people, "--json").stdout)
    listed = (tmp_path / "cards" / "who-gets-what.md").read_text(encoding="utf-8")
    for number, group in enumerate(planned["sessions"][0]["groups"], start=1):
        assert all(f"| Table {number} | {name} |" in listed for name in group["members"])


def test_cards_of_a_session_are_those_of_its_own_plan(session: str, tmp_path: Path) -> None:
    """For its people, where they sit; nothing else can be asked for besides."""
    roleplay("cards", "--session", session, "--each", "-o", str(tmp_path))
    text = (tmp_path / "ben.txt").read_text(encoding="utf-8")
    assert "Table 1 · Round 1\n\nYou are: Parent" in text
    refused = roleplay("cards", "--session", session, "--people", "Zoe, Yves")
    assert "A session has its own people and times." in refused.stderr
    assert "Name a scenario, or a session" in roleplay("cards").stderr


@pytest.mark.needs_browser
def test_from_the_page_to_the_session(browser: Browser, session: str, tmp_path: Path) -> None:
    """What is tapped, chosen and written in a browser is in the session afterwards, word for word."""
    roleplay("forms", session, "--for", "Chen", "-o", str(tmp_path))
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto((tmp_path / "chen.html").as_uri())
    page.get_by_text("Round 1").first.click()
    page.get_by_role("button", name="Start the clock").click()
    page.get_by_role("button", name="Names the feeling").click()
    form = page.locator("[data-kind=form]").first
    form.get_by_label("4 · Strong").check()
    form.locator("[data-ask=reflecting] [data-tap]").check()
    form.locator("[data-ask=silence]").get_by_label("Not observed").check()
    form.get_by_label("How often").fill("0")
    form.get_by_label("A moment to keep").fill("“So it was the ride.”")
    form.get_by_label("What did you notice?").fill("</script>\nعربي 🌱")
    form.get_by_label("These words may be quoted").check()
    assert form.locator("[data-state]").inner_text() == "Complete"
    page.click("#save")
    with page.expect_download() as download:
        page.click("#file")
    download.value.save_as(tmp_path / download.value.suggested_filename)
    page.close()
    done = roleplay("import", *map(str, tmp_path.glob("*.json")))
    assert done.exit_code == 0
    assert "1 file from 1 person: 2 taken." in done.stdout
    with opened_store() as store:
        state, words = read_session(store, session)
    track = state.tracks["t1"]
    [mark] = track.standing_marks()
    [sent] = track.forms["1.2r1/form/listening/p3/p1"]
    assert (mark.marker, mark.by, mark.about, mark.into) == ("names-feeling", "p3", "p1", 0)
    assert form_draft(sent, words) == FormDraft(
        answers={
            "reflecting": DraftAnswer(value=4, taps=(mark.tap,)),
            "silence": DraftAnswer(observed=False),
            "questions": DraftAnswer(value=0),
            "moment": DraftAnswer(text="“So it was the ride.”"),
        },
        prompts={"noticed": "</script>\nعربي 🌱"},
        share=True,
    )
