from __future__ import annotations

from pathlib import Path

import pytest
from played import STRANGE, complete, estranged, play_on, strange
from playwright.sync_api import Browser
from practices import drawn_map, mapped_meeting
from samples import PEOPLE, SELECTION, TRIAD, Play, bundle_of

from roleplay.planning.build import build_plan
from roleplay.report.build import build_report
from roleplay.report.cards import card_deck, render_cards, render_each
from roleplay.report.render import render
from roleplay.session.visible import FACILITATOR_VIEWER, ROOM, viewer_of

pytestmark = pytest.mark.needs_browser


def pages() -> dict[str, str]:
    bundle, plan = bundle_of(TRIAD), build_plan(bundle_of(TRIAD).scenario, PEOPLE[:3])
    deck = card_deck(bundle, plan, dict(zip(PEOPLE, STRANGE, strict=False)))
    made = {"deck": render_cards(deck), "hand": next(iter(render_each(deck).values()))}
    rated = play_on(Play.started(SELECTION, 6))
    plays = (complete(3), strange(), mapped_meeting(), estranged(mapped_meeting()), estranged(drawn_map()))
    for play in (*plays, rated, estranged(rated)):
        for viewer in (FACILITATOR_VIEWER, ROOM, viewer_of("ana")):
            report = build_report(play.state, play.words, viewer, "a-session")
            made[f"{viewer.kind} {len(made)}"] = render(report, "html")
    return made


def test_every_page_fits_a_narrow_phone_and_asks_for_nothing(browser: Browser, tmp_path: Path) -> None:
    """At 360 pixels nothing sticks out to the side, whatever people wrote; no page loads or runs anything."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    for number, (name, html) in enumerate(pages().items()):
        file = tmp_path / f"{number}.html"
        file.write_text(html, encoding="utf-8")
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 360, name
        assert (asked, said) == ([file.as_uri()], []), name
        asked.clear()
    page.close()


def test_each_leader_begins_a_sheet_of_paper(browser: Browser) -> None:
    """Printed for the facilitator, every person's part can be handed over by itself."""
    play = complete(3)
    page = browser.new_page()
    page.emulate_media(media="print")
    page.set_content(render(build_report(play.state, play.words, FACILITATOR_VIEWER, "a-session"), "html"))
    breaks = page.evaluate(
        "[...document.querySelectorAll('h2')].map(h => [h.innerText, getComputedStyle(h).breakBefore])"
    )
    assert {name: before for name, before in breaks if name in ("ana", "ben", "chen")} == dict.fromkeys(
        ("ana", "ben", "chen"), "page"
    )
    page.close()
