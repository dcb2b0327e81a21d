"""Pages to fill in without a network, driven in a real browser as on a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from played import estranged
from playwright.sync_api import Browser, BrowserContext, Page, expect
from samples import PEOPLE, SELECTION, TRIAD, Play

from roleplay.conduct.answer_files import parse_answers
from roleplay.report.offline import offline_page, offline_pages
from roleplay.session import commands as c
from roleplay.session.tasks import tasks

SESSION = "2026-12-01-a-worried-parent-abcd"
FORM = "1.2r1/form/listening/chen/ana"


def pages_of(play: Play) -> dict[str, str]:
    return offline_pages(play.state, play.words, SESSION, "5" * 64)


def test_a_page_asks_for_all_that_its_person_owes() -> None:
    """In every round, also in those that have not begun; nothing that is somebody else's."""
    play = Play.started(TRIAD)
    page = offline_page(play.state, play.words, SESSION, "5" * 64, "chen")
    told = [
        (stretch.title, stretch.role, [part.key for part in (*stretch.before, *stretch.after)])
        for stretch in page.stretches
    ]
    assert told == [
        ("Round 1", "Observer", [f"form/{FORM}"]),
        ("Round 2", "Parent", ["form/1.2r2/form/felt-heard/chen/ben", "facts/1.2r2/chen"]),
        ("Round 3", "Leader", ["form/1.0r3/forecast/listening/chen/chen", "learned/1.2r3/chen"]),
        ("For the end", "", ["journal/2/chen"]),
    ]
    assert [key for stretch in page.stretches for key, _ in stretch.watching] == ["t1 1.1r1"]


@pytest.mark.needs_browser
def test_what_is_in_already_is_not_asked_again(phone: BrowserContext, tmp_path: Path) -> None:
    """A page that is made late says so, and asks for no forecast of a conversation that was played."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    play.send(FORM)
    on = OnPhone(phone, pages_of(play)["chen.html"], tmp_path)
    assert "in already" in on.part(f"form/{FORM}").locator("[data-state]").inner_text()
    assert "1 of 1 complete" in on.page.locator(".stretch").first.inner_text()
    assert "forecast/listening/ana" not in pages_of(play)["ana.html"]


def test_after_a_new_plan_pages_ask_for_what_is_owed_now() -> None:
    """Whoever moved to another table owes what they played at the first, and what comes at the second."""
    play = Play.started(TRIAD, 6)
    play.go_to("1.2r1")
    play.go_to("1.2r1", "t2")
    play.do(c.Merge("t2", "t1"))
    owed = {task.by for track in play.state.tracks.values() for task in tasks(play.state, track)}
    assert owed <= {name.removesuffix(".html") for name in pages_of(play)}
    for person in PEOPLE[3:6]:
        page = offline_page(play.state, play.words, SESSION, "5" * 64, person)
        keys = {part.track for stretch in page.stretches for part in (*stretch.before, *stretch.after)}
        assert keys == {"t1", "t2"}


def test_a_page_has_no_card_of_anybody_else() -> None:
    """The private words of a card stand on the pages of those who play its role, and on no other."""
    play = Play.started(TRIAD)
    pages = pages_of(play)
    for name, html in pages.items():
        person = name.removesuffix(".html")
        for track in play.state.tracks.values():
            for step in track.steps:
                for role in ("leader", "parent") if step.case else ():
                    mine = any(other.case == step.case and person in other.cast.get(role, ()) for other in track.steps)
                    assert (f"card/{step.case}/{role}" in html) == mine, (name, role)


@pytest.fixture(name="phone")
def phone_fixture(browser: Browser) -> Iterator[BrowserContext]:
    """A phone of the narrow kind."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.set_default_timeout(5000)
    yield context
    context.close()


class OnPhone:
    """A page as its person has it, and everything that it asked for or complained of."""

    def __init__(self, phone: BrowserContext, html: str, folder: Path) -> None:
        self.file = folder / "page.html"
        self.file.write_text(html, encoding="utf-8")
        self.page: Page = phone.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.open()

    def open(self) -> None:
        """Load it, or load it again, with every round unfolded."""
        self.page.goto(self.file.as_uri())
        self.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    def part(self, key: str) -> Any:
        return self.page.locator(f'[data-part="t1 {key}"]')

    def saved(self) -> dict[str, Any]:
        """What comes out of the button that saves."""
        self.page.click("#save")
        with self.page.expect_download() as download:
            self.page.click("#file")
        path = self.file.parent / download.value.suggested_filename
        download.value.save_as(path)
        self.page.click("#back")
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def answers(self) -> dict[str, Any]:
        return {one["key"]: one["answer"] for one in self.saved()["answers"]}


@pytest.mark.needs_browser
def test_what_is_typed_is_kept_and_saved(phone: BrowserContext, tmp_path: Path) -> None:
    """Loaded again, everything stands where it stood; the file has it all, and nothing was asked of a network."""
    play = Play.started(TRIAD)
    on = OnPhone(phone, pages_of(play)["chen.html"], tmp_path)
    part = on.part(f"form/{FORM}")
    assert part.locator("[data-state]").inner_text() == "Empty"
    part.get_by_label("3 · Solid").check()
    part.get_by_label("Seen", exact=True).check()
    part.get_by_label("How often").fill("2")
    part.get_by_label("A moment to keep").fill("“I see.”")
    part.get_by_label("What did you notice?").fill("A pause\nand another")
    assert part.locator("[data-state]").inner_text() == "Complete"
    on.part("journal/2/chen").get_by_label("What will you keep?").fill("العربية 🌱")
    on.part("facts/1.2r2/chen").get_by_label("fact/map/sister").check()
    assert "Kept on this device at" in on.page.inner_text("#state")
    first = on.saved()
    on.open()
    again = on.saved()
    assert again["answers"] == first["answers"]
    assert (again["session"], again["person"], again["name"]) == (SESSION, "chen", "chen")
    assert {one["key"]: one["answer"] for one in again["answers"]} == {
        f"form/{FORM}": {
            "answers": {
                "reflecting": {"value": 3},
                "silence": {"value": True},
                "questions": {"value": 2},
                "moment": {"text": "“I see.”"},
            },
            "prompts": {"noticed": "A pause\nand another"},
            "share": False,
        },
        "journal/2/chen": {"answers": {"0": "العربية 🌱"}, "on_paper": False, "share": False},
        "facts/1.2r2/chen": {"facts": ["sister"]},
    }
    assert parse_answers(next(tmp_path.glob("answers-*.json")).read_text(encoding="utf-8")).person == "chen"
    assert on.said == []
    assert {url.partition(":")[0] for url in on.asked} <= {"file", "blob"}


@pytest.mark.needs_browser
def test_the_same_comes_out_as_text(phone: BrowserContext, tmp_path: Path) -> None:
    """For a phone that saves no files; wrapped and quoted on its way, it can still be read."""
    on = OnPhone(phone, pages_of(Play.started(TRIAD))["chen.html"], tmp_path)
    on.part("journal/2/chen").get_by_label("What next?").fill("Ask once more.")
    on.page.click("#save")
    on.page.click("#text")
    text = on.page.locator("#as-text textarea").input_value()
    quoted = "Hello,\n" + "\n".join(f"> {line}" for line in text.splitlines()) + "\nBest, Chen"
    [answer] = parse_answers(quoted).answers
    assert answer.answer["answers"] == {"1": "Ask once more."}


@pytest.mark.needs_browser
def test_a_forecast_stands_once_something_after_it_is_written(phone: BrowserContext, tmp_path: Path) -> None:
    """It can no longer be changed, and the file says that it stood."""
    on = OnPhone(phone, pages_of(Play.started(TRIAD))["ana.html"], tmp_path)
    forecast = on.part("form/1.0r1/forecast/listening/ana/ana")
    forecast.get_by_label("2 · Emerging").check()
    on.part("learned/1.2r1/ana").get_by_label("What did you learn").fill("A ride.")
    assert forecast.get_by_label("3 · Solid").is_disabled()
    on.open()
    assert forecast.locator("[data-state]").inner_text() == "Your forecast stands."
    fixed = {one["key"]: one["fixed"] for one in on.saved()["answers"]}
    assert fixed == {"form/1.0r1/forecast/listening/ana/ana": True, "learned/1.2r1/ana": False}


@pytest.mark.needs_browser
def test_an_empty_forecast_is_too_late_only_as_long_as_something_stands_after_it(
    phone: BrowserContext, tmp_path: Path
) -> None:
    """A slip of the finger locks nobody out, and a note for the journal is no sign of a conversation."""
    on = OnPhone(phone, pages_of(Play.started(TRIAD))["ana.html"], tmp_path)
    level = on.part("form/1.0r1/forecast/listening/ana/ana").get_by_label("2 · Emerging")
    on.part("journal/2/ana").get_by_label("What next?").fill("To remember")
    assert level.is_enabled()
    learned = on.part("learned/1.2r1/ana").get_by_label("What did you learn")
    learned.fill("A")
    assert level.is_disabled()
    learned.fill("")
    level.check()
    on.page.get_by_role("button", name="my forecast stands").first.click()
    assert level.is_disabled()


@pytest.mark.needs_browser
def test_two_windows_with_the_same_page_lose_nothing(phone: BrowserContext, tmp_path: Path) -> None:
    """What is written in one stands in the other, and half a letter cannot spoil the file."""
    html = pages_of(Play.started(TRIAD))["chen.html"]
    one, other = OnPhone(phone, html, tmp_path), OnPhone(phone, html, tmp_path)
    journal = one.part("journal/2/chen").get_by_label("What next?")
    journal.fill("Ask once more.")
    other.part("journal/2/chen").get_by_label("What will you keep?").fill("Pauses.")
    expect(journal).to_have_value("Ask once more.")
    one.part("facts/1.2r2/chen").get_by_label("None of these").check()
    other.page.evaluate(
        """() => { const box = document.querySelector('[data-part="t1 journal/2/chen"] textarea');
        box.value = 'Half \\ud83d a letter'; box.dispatchEvent(new Event('input', {bubbles: true})); }"""
    )
    answers = other.answers()
    assert answers["journal/2/chen"]["answers"] == {"0": "Half \ufffd a letter", "1": "Ask once more."}
    assert answers["facts/1.2r2/chen"] == {"facts": []}
    assert parse_answers(next(tmp_path.glob("answers-*.json")).read_text(encoding="utf-8")).name == "chen"


@pytest.mark.needs_browser
def test_behaviours_are_tapped_with_their_times_and_become_evidence(phone: BrowserContext, tmp_path: Path) -> None:
    """The clock gives each tap its time; a level that asks for evidence takes a tapped moment."""
    on = OnPhone(phone, pages_of(Play.started(TRIAD))["chen.html"], tmp_path)
    on.page.clock.install(time="2026-12-01T18:30:00")
    on.open()
    marks, form = on.part("marks/1.1r1/chen/ana"), on.part(f"form/{FORM}")
    marks.get_by_role("button", name="Jumps to a fix").click()
    on.page.get_by_role("button", name="Start the clock").click()
    on.page.clock.fast_forward(72_000)
    on.page.keyboard.press("f")
    form.get_by_label("4 · Strong").check()
    assert form.locator("[data-state]").inner_text() == "5 still open"
    form.locator("[data-ask=reflecting]").get_by_label("1:12 Names the feeling").check()
    assert form.locator("[data-state]").inner_text() == "4 still open"
    answers = on.answers()
    taps = answers["marks/1.1r1/chen/ana"]["taps"]
    assert [(tap["marker"], tap["into"]) for tap in taps] == [("solves", None), ("names-feeling", 72)]
    assert answers[f"form/{FORM}"]["answers"]["reflecting"] == {"value": 4, "taps": [taps[1]["tap"]]}
    marks.get_by_role("button", name="Take back: Names the feeling").click()
    assert len(on.answers()["marks/1.1r1/chen/ana"]["taps"]) == 1
    assert on.answers()[f"form/{FORM}"]["answers"]["reflecting"] == {"value": 4}


@pytest.mark.needs_browser
def test_where_nothing_can_be_kept_the_page_says_so(phone: BrowserContext, tmp_path: Path) -> None:
    """Saving still works, and the answers are all there."""
    phone.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    on = OnPhone(phone, pages_of(Play.started(TRIAD))["chen.html"], tmp_path)
    on.part("journal/2/chen").get_by_label("What next?").fill("Ask once more.")
    assert "keeps nothing here" in on.page.inner_text("#state")
    assert list(on.answers()) == ["journal/2/chen"]


@pytest.mark.needs_browser
def test_what_is_for_oneself_alone_can_stay_on_the_device(phone: BrowserContext, tmp_path: Path) -> None:
    """A journal is left out of the file where its writer says so."""
    on = OnPhone(phone, pages_of(Play.started(TRIAD))["chen.html"], tmp_path)
    on.part("journal/2/chen").get_by_label("What next?").fill("Ask once more.")
    on.part("facts/1.2r2/chen").get_by_label("None of these").check()
    on.page.click("#save")
    on.page.get_by_label("Leave out what is for me alone").check()
    on.page.click("#back")
    assert on.answers() == {"facts/1.2r2/chen": {"facts": []}}


@pytest.mark.needs_browser
def test_after_a_new_plan_nothing_that_was_written_is_lost(phone: BrowserContext, tmp_path: Path) -> None:
    """A page made anew takes over what was kept, and saves as well what it does not ask for any more."""
    play = Play.started(TRIAD)
    on = OnPhone(phone, pages_of(play)["chen.html"], tmp_path)
    on.part("journal/2/chen").get_by_label("What next?").fill("Ask once more.")
    on.part("facts/1.2r2/chen").get_by_label("None of these").check()
    html = pages_of(play)["chen.html"].replace("facts/1.2r2/chen", "facts/1.2r4/chen")
    on.file.write_text(html, encoding="utf-8")
    on.open()
    assert "Kept from an earlier page" in on.page.inner_text("#told")
    assert set(on.answers()) == {"journal/2/chen", "facts/1.2r2/chen"}


@pytest.mark.needs_browser
def test_any_page_fits_a_narrow_phone_whatever_people_are_called(phone: BrowserContext, tmp_path: Path) -> None:
    """Names that look like markup run nothing, change nothing, and stick out nowhere; triads and raters alike."""
    for play in (estranged(Play.started(TRIAD, 7)), estranged(Play.started(SELECTION, 5))):
        for html in pages_of(play).values():
            on = OnPhone(phone, html, tmp_path)
            assert on.page.evaluate("document.documentElement.scrollWidth") == 360
            assert on.said == []
            name = on.page.evaluate("document.getElementById('page').dataset.name")
            assert name in play.words.values()
            assert on.page.evaluate("document.querySelector('h1').textContent") == name
            on.page.close()


def test_nothing_may_leave_a_page() -> None:
    """Its policy lets its own script run, and nothing load from or go to anywhere."""
    html = pages_of(Play.started(TRIAD))["ana.html"]
    policy = html.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-")
    assert policy.endswith("form-action 'none'; base-uri 'none'")
    assert "http" not in html.replace('http-equiv="', "")
