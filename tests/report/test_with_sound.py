"""The sound that goes out with a report, and how it is played from the page."""

from __future__ import annotations

import re
import stat
import wave
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from samples import Play
from spoken import spoken

from roleplay.audio.shelf import Shelf
from roleplay.problems import CommandProblem
from roleplay.report.build import build_report
from roleplay.report.render import render
from roleplay.report.with_sound import copy_sounds
from roleplay.session import commands as c
from roleplay.session import hearing_commands as hc
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, viewer_of

SESSION = "a-session"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """The sound of both recordings, silent."""
    shelf = Shelf(tmp_path / "home")
    for id, seconds in (("r1", 130), ("r2", 140)):
        with wave.open(str(shelf.new(SESSION, id)), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(1)
            file.setframerate(8000)
            file.writeframes(b"\x80" * (8000 * seconds))
    return shelf


def exported(play: Play, shelf: Shelf, folder: Path) -> Path:
    """The report of the facilitator with its sound."""
    folder.mkdir(exist_ok=True)
    sounds = copy_sounds(play.state, FACILITATOR_VIEWER, SESSION, shelf, folder)
    report = build_report(play.state, play.words, FACILITATOR_VIEWER, SESSION, sounds=sounds)
    path = folder / "report.html"
    path.write_text(render(report, "html"), encoding="utf-8")
    return path


def test_only_what_the_reader_may_hear_goes_out(shelf: Shelf, tmp_path: Path) -> None:
    """Those who were at the table get its sound, readable by them only; the room gets none."""
    play, out = spoken(), tmp_path / "out"
    out.mkdir()
    assert copy_sounds(play.state, ROOM, SESSION, shelf, out) == {}
    assert list(out.iterdir()) == []
    assert copy_sounds(play.state, viewer_of("ben"), SESSION, shelf, out) == {
        "r1": "sound/r1.wav",
        "r2": "sound/r2.wav",
    }
    assert [stat.S_IMODE(path.stat().st_mode) for path in (out / "sound").iterdir()] == [0o600, 0o600]


def test_what_was_taken_back_leaves_an_old_folder_too(shelf: Shelf, tmp_path: Path) -> None:
    """Written again into the same folder, the report takes its earlier sound away; other files stay."""
    play, out = spoken(), tmp_path / "out"
    exported(play, shelf, out)
    (out / "sound" / "mine.txt").write_text("mine")
    play.do(hc.AnswerConsent("ben", yes=False))
    exported(play, shelf, out)
    assert [path.name for path in (out / "sound").iterdir()] == ["mine.txt"]


def test_where_the_sound_was_erased_a_sentence_says_so(shelf: Shelf, tmp_path: Path) -> None:
    """The words stay, and what can be heard can still be heard."""
    play = spoken()
    play.do(hc.EraseRecording("t1", "r1", "written-down", words=False))
    html = exported(play, shelf, tmp_path / "out").read_text(encoding="utf-8")
    assert "From 00:10 to 02:20: The sound was erased." in html
    assert html.count("<audio") == 1
    shelf.delete(SESSION, "r2")
    html = exported(play, shelf, tmp_path / "out").read_text(encoding="utf-8")
    assert "From 02:40 to 05:00: The sound is not on this computer." in html
    assert "<audio" not in html
    assert "<script" not in html


def test_each_take_plays_its_own_sound() -> None:
    """The marks beside the feedback lead to the take in which they were marked."""
    play = spoken(over=False)
    play.do(c.Retake("t1"))
    play.do(hc.StartRecording("t1", "r3"), 5)
    play.do(c.TapMarker("t1", "tap9", "solves", "chen", "ana"), 5)
    play.do(c.Next("t1"), 5)
    play.do(hc.EndRecording("t1", "r3", "step-over", 10.0))
    sounds = {id: f"sound/{id}.opus" for id in ("r1", "r2", "r3")}
    report = build_report(play.state, play.words, viewer_of("ana"), SESSION, sounds=sounds)
    assert [(part.number, [sound.file for sound in part.sounds]) for part in report.talks] == [
        (1, ["sound/r1.opus", "sound/r2.opus"]), (2, ["sound/r3.opus"]),
    ]  # fmt: skip
    played = re.findall(r'data-at="([\d.]+)" data-of="([^"]+)"', render(report, "html"))
    assert {at for at, talk in played if talk == "talk-1"} == {"45.00", "72.00", "150.00"}
    assert {at for at, talk in played if talk == "talk-2"} == {"10.00"}


def test_a_folder_that_cannot_be_written_to_is_a_sentence(shelf: Shelf, tmp_path: Path) -> None:
    """Not a traceback."""
    (tmp_path / "sound").write_text("in the way")
    with pytest.raises(CommandProblem, match="The sound could not be copied"):
        copy_sounds(spoken().state, FACILITATOR_VIEWER, SESSION, shelf, tmp_path)


_SETTLED = """async () => {
  const sounds = [...document.querySelectorAll("audio")];
  while (!sounds.every((one) => !one.seeking && one.readyState > 0)) await new Promise(requestAnimationFrame);
  sounds.forEach((one) => one.pause());
  return sounds.map((one) => one.currentTime);
}"""


def heard(page: Page) -> list[float]:
    """Where each recording stands once its moment was found, in seconds."""
    times: list[float] = page.evaluate(_SETTLED)
    return times


@pytest.mark.needs_browser
def test_a_click_plays_from_the_moment(browser: Browser, shelf: Shelf, tmp_path: Path) -> None:
    """A mark, a time of the transcript and a place in the picture: each plays its recording from there."""
    page = browser.new_page(viewport={"width": 1240, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(exported(spoken(), shelf, tmp_path / "out").as_uri())
    status = page.locator("[data-status]")

    page.locator(".picture .mark").first.click()
    assert status.inner_text() == "Playing from 00:45."
    first, second = heard(page)
    assert first == pytest.approx(35.0, abs=0.6)
    assert second == 0

    page.locator(".talk .legend button", has_text="01:12").click()
    assert heard(page)[0] == pytest.approx(62.0, abs=0.6)

    page.locator("summary", has_text="What was said").click()
    page.locator(".said button", has_text="04:01").click()
    assert heard(page)[1] == pytest.approx(81.0, abs=0.6)

    page.locator("[data-line]").scroll_into_view_if_needed()
    line = page.locator("[data-line]").bounding_box()
    assert line is not None
    page.mouse.click(line["x"] + line["width"] * 200 / 300, line["y"] + line["height"] - 20)
    assert heard(page)[1] == pytest.approx(40.0, abs=1.2)

    page.locator(".talk .legend button", has_text="02:30").click()
    assert status.inner_text() == "There is no sound of 02:30."
    assert page.evaluate("[...document.querySelectorAll('audio')].every((one) => one.paused)")
    assert said == []
    page.close()


@pytest.mark.needs_browser
def test_a_mark_beside_the_feedback_plays_too_and_stops_when_clicked_again(
    browser: Browser, shelf: Shelf, tmp_path: Path
) -> None:
    """From what was said about the leader, one click leads to the sound."""
    page = browser.new_page(viewport={"width": 1240, "height": 900})
    page.goto(exported(spoken(), shelf, tmp_path / "out").as_uri())
    page.locator(".timeline [data-at]").first.click()
    assert heard(page)[0] == pytest.approx(35.0, abs=0.6)
    time = page.locator(".round .legend button", has_text="01:12")
    time.click()
    assert page.locator("[data-status]").inner_text() == "Playing from 01:12."
    time.click()
    assert page.locator("[data-status]").inner_text() == "Stopped."
    assert page.evaluate("[...document.querySelectorAll('audio')].every((one) => one.paused)")
    page.close()


@pytest.mark.needs_browser
def test_the_sound_plays_by_keyboard_too(browser: Browser, shelf: Shelf, tmp_path: Path) -> None:
    """Times are buttons."""
    page = browser.new_page()
    page.goto(exported(spoken(), shelf, tmp_path / "out").as_uri())
    page.locator(".talk .legend button", has_text="00:45").focus()
    page.keyboard.press("Enter")
    assert heard(page)[0] == pytest.approx(35.0, abs=0.6)
    page.close()


@pytest.mark.needs_browser
@pytest.mark.parametrize("width", [360, 390, 1240])
def test_the_picture_fits_and_asks_for_nothing(browser: Browser, tmp_path: Path, width: int) -> None:
    """Nothing sticks out to the side, on a phone or a screen; a page without sound loads and runs nothing."""
    page = browser.new_page(viewport={"width": width, "height": 740})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for number, play in enumerate((spoken(), spoken(two_channels=False), _long())):
        file = tmp_path / f"{number}.html"
        report = build_report(play.state, play.words, FACILITATOR_VIEWER, SESSION)
        file.write_text(render(report, "html"), encoding="utf-8")
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert len(asked) == 3
    page.close()


def _long() -> Play:
    """Names and lines without a place to break them."""
    play = spoken()
    play.words = {id: text + "x" * 80 for id, text in play.words.items()}
    play.state = replace(play.state)
    return play
