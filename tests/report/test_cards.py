from __future__ import annotations

import re
from typing import Any

import pytest
from played import STRANGE
from practices import BOTH_LOOK, MAP, MEETING, RUBRICS
from samples import FISHBOWL, PEOPLE, REMIX, SELECTION, TRIAD, TRIO, bundle_of, scenario_of

from roleplay.analysis.bells import bell_list
from roleplay.content.bundle import Bundle
from roleplay.content.rubric import Rubric
from roleplay.planning.build import build_plan
from roleplay.report.cards import card_deck, render_cards, render_each
from roleplay.report.deck import Card, Deck, Sheet

SCRIPTED = re.compile(r"(?:card|fact|say)/\w+/\w+")
NAMES = {person: f"name-of-{person}" for person in PEOPLE}
CASES: list[dict[str, Any]] = TRIAD["cases"]
SAMPLES = [(TRIAD, 3), (TRIAD, 4), (TRIAD, 7), (SELECTION, 5), (FISHBOWL, 4), (TRIO, 3)]


def planned(data: dict[str, Any], people: int) -> tuple[Bundle, Any]:
    bundle = bundle_of(data)
    return bundle, build_plan(bundle.scenario, PEOPLE[:people])


@pytest.mark.parametrize(("data", "people"), SAMPLES)
def test_everybody_is_sent_only_what_is_for_them(data: dict[str, Any], people: int) -> None:
    """A person's file has the cards, facts and events of the roles that this person plays, and nobody else's."""
    bundle, plan = planned(data, people)
    deck = card_deck(bundle, plan, NAMES)
    files = render_each(deck)
    assert len(files) == people
    for hand in deck.hands:
        person = hand.title.removeprefix("name-of-")
        cast = {(step.case, step.plays(person)) for track in plan.tracks for step in track.steps if step.plays(person)}
        may = {f"card/{case}/{role}" for case, role in cast} | {f"card/{case}/everyone" for case, _ in cast}
        may |= {f"say/{case}/{role}" for case, role in cast} | {f"say/note/{role}" for _, role in cast}
        may |= {f"fact/{case}/{fact}" for case, role in cast if role == "parent" for fact in ("ride", "sister")}
        text = files[f"{hand.file}.html"]
        assert set(SCRIPTED.findall(text)) <= may
        assert not [name for name in NAMES.values() if name in text and name != hand.title]


def test_a_file_for_a_role_and_a_case_has_that_card_alone() -> None:
    """Without names there is one file for each role of each case, and one with the pages that everybody writes."""
    files = render_each(card_deck(bundle_of(TRIAD)))
    assert set(files) == {f"{c}-{r}.html" for c in ("farm", "map") for r in ("leader", "parent", "observer")} | {
        "everyone.html"
    }
    leader = {"card/map/everyone", "card/map/leader", "say/note/leader"}
    assert set(SCRIPTED.findall(files["map-leader.html"])) == leader
    parent = {"card/map/everyone", "card/map/parent", "fact/map/ride", "fact/map/sister", "say/map/parent"}
    assert set(SCRIPTED.findall(files["map-parent.html"])) == parent


def test_hidden_facts_stand_on_the_partners_card_alone() -> None:
    """In the whole deck every fact is printed on the cards of the role that knows it."""
    deck = card_deck(bundle_of(TRIAD))
    knowing = {(card.role, card.facts) for hand in deck.hands for round in hand.rounds if (card := round.card)}
    assert {role for role, facts in knowing if facts} == {"Parent"}


def test_people_of_one_name_get_files_of_their_own() -> None:
    """Equal names make different file names; a name keeps the letters of its own script, so that its bearer sees it."""
    bundle, plan = planned(TRIAD, 4)
    deck = card_deck(bundle, plan, {"ana": "Ana", "ben": "ANA!", "chen": "陈", "dee": "../"})
    assert [hand.file for hand in deck.hands] == ["ana", "ana-2", "陈", "person"]


def test_copies_are_as_many_as_people_will_write() -> None:
    """Seven people in a table of four and one of three: a second observer at the table of four needs a page, too."""
    bundle, plan = planned(TRIAD, 7)
    copies = {(page.sheet.kind, page.sheet.title): page.copies for page in card_deck(bundle, plan).sheets}
    assert copies == {
        ("forecast", "Listening"): 7,
        ("form", "Listening"): 4 * 2 + 3,
        ("form", "Felt heard"): 7,
        ("learned", "What I found out"): 7,
        ("journal", "Journal"): 7,
    }


def test_a_rater_gets_a_page_for_each_candidate() -> None:
    """Three candidates and two raters make six pages."""
    bundle, plan = planned(SELECTION, 5)
    cast = plan.tracks[0].steps[0].cast
    (page,) = [page for page in card_deck(bundle, plan).sheets if page.sheet.kind == "form"]
    assert page.copies == len(cast["candidate"]) * len(cast["rater"]) == 6


def _sheet(kind: str, by: str) -> Sheet:
    sheets = [page.sheet for page in card_deck(bundle_of(TRIAD)).sheets]
    return next(sheet for sheet in sheets if (sheet.kind, sheet.by) == (kind, by))


def test_the_observers_page_has_every_criterion_with_a_way_to_say_not_observed() -> None:
    """Boxes for each level with its words, the markers to count, and the questions."""
    sheet = _sheet("form", "Observer")
    assert [question.title for question in sheet.questions] == [
        "Says back",
        "Leaves silence",
        "Open questions",
        "A moment to keep",
    ]
    assert all(question.ticks[-1].label == "not observed" for question in sheet.questions)
    assert [(tick.label, tick.means) for tick in sheet.questions[0].ticks[:4]] == [
        ("1 · Not yet", "Nothing"),
        ("2 · Emerging", ""),
        ("3 · Solid", ""),
        ("4 · Strong", "Often"),
    ]
    assert [marker.title for marker in sheet.marks] == ["Names the feeling", "Jumps to a fix"]
    assert sheet.prompts == ("What did you notice?", "What next?")


def test_every_box_is_printed() -> None:
    """The page has a box for each answer; only a forecast leaves out `not observed`."""
    html = render_cards(card_deck(bundle_of(TRIAD)))
    levels, seen, others = 4 + 1, 2 + 1, 1 + 1
    observer, partner = levels + seen + others, 3 + 1
    forecast = levels + seen + others - 4
    assert html.count('<li><span class="box"></span><span><b>') == observer + partner + forecast


def test_a_forecast_is_the_leaders_and_a_felt_page_the_partners() -> None:
    """Each page goes to the role that the scenario asks."""
    assert _sheet("forecast", "Leader").marks == ()
    assert _sheet("form", "Parent").title == "Felt heard"
    assert _sheet("journal", "Everybody").prompts == ("What will you keep?", "What next?")


def test_whoever_writes_about_themselves_reads_first_what_for_and_may_leave_out_any_line() -> None:
    """On such a page nothing is called observed; what stays with its writer has no line for a name."""
    ask = "Think of this week."
    script = [step | {"forms": [form | {"private": True} for form in step["forms"]]} for step in FISHBOWL["script"][:1]]
    bundle = bundle_of(FISHBOWL | {"script": [*script, *FISHBOWL["script"][1:]]})
    felt = bundle.rubrics["felt-heard"].model_copy(update={"about": ask})
    bundle = bundle.model_copy(update={"rubrics": bundle.rubrics | {"felt-heard": felt}})
    pages = [page for page in card_deck(bundle).sheets if page.sheet.kind == "form"]
    assert [(page.sheet.intro, page.sheet.private) for page in pages] == [(ask, True)]
    assert {question.ticks[-1].label for question in pages[0].sheet.questions} == {"I leave this out"}
    html = render_cards(card_deck(bundle))
    (own,) = [page for page in html.split("<section") if "<h2>Felt heard" in page]
    assert "for yourself alone" in own
    assert ask in own
    assert "Name: ____" not in own


def test_the_deck_alone_is_enough_to_lead_a_session() -> None:
    """The bells, who sits where, the words to read aloud, the questions, every card and every page are printed."""
    bundle, plan = planned(TRIAD, 6)
    html = render_cards(card_deck(bundle, plan, NAMES))
    for words in ("02:00", "Conversation: 1 minute left.", "Table 2", "name-of-fay", "What will you keep?"):
        assert words in html
    for token in ("say/bell/everyone", "How was it?", "card/farm/leader", "card/map/parent", "fact/map/ride"):
        assert token in html


def test_cases_that_are_not_played_are_not_printed() -> None:
    """A session without rounds plays one case, and its deck has that card and those words alone."""
    cases = [{**case, "injects": [{"at": "1m", "to": "everyone", "say": f"say/{case['id']}/all"}]} for case in CASES]
    once = bundle_of(TRIAD, cases=cases, script=[step for step in TRIAD["script"] if "rotate" not in step])
    html = render_cards(card_deck(once, build_plan(once.scenario, PEOPLE[:3])))
    assert set(SCRIPTED.findall(html)) >= {"card/farm/parent", "say/farm/all"}
    assert "/map/" not in html
    assert "say/map/all" in render_cards(card_deck(once))


def test_strange_names_change_nothing_in_a_deck() -> None:
    """A name is text, in the deck and in the files."""
    bundle, plan = planned(TRIAD, 6)
    deck = card_deck(bundle, plan, dict(zip(PEOPLE, STRANGE, strict=False)))
    for html in (render_cards(deck), *render_each(deck).values()):
        assert "<script" not in html
        assert "<img" not in html
    assert all(re.fullmatch(r"[\w-]+\.html", file) for file in render_each(deck))


def practice_deck(data: dict[str, Any], **changes: Any) -> Deck:
    rubrics = {id: Rubric.model_validate(rubric) for id, rubric in RUBRICS.items()}
    return card_deck(Bundle(id="practice", scenario=scenario_of(data, **changes), rubrics=rubrics))


def cards_of(deck: Deck) -> dict[str, Card]:
    return {card.role: card for hand in deck.hands for round in hand.rounds if (card := round.card)}


def test_who_says_it_has_it_on_the_card_and_nobody_else() -> None:
    """Words that a role says stand on its card, with when, to whom and in whose name; their hearers have no fold."""
    bundle = bundle_of(REMIX)
    deck = card_deck(bundle)
    parent, leader = cards_of(deck)["Parent"], cards_of(deck)["Leader"]
    assert [(cue.at, cue.source, cue.to, cue.say) for cue in parent.says] == [
        (120, "The other parent", "Leader", "say/phone/leader")
    ]
    assert leader.cues == leader.says == ()
    html = render_cards(deck)
    assert "You also speak as: The other parent." in html
    assert html.count("say/phone/leader") == 1
    bells = bell_list(bundle.scenario, build_plan(bundle.scenario, PEOPLE[:3]))
    assert "Parent, as The other parent: say what stands on your card." in {bell.sentence for bell in bells}


def test_what_a_role_says_to_everybody_is_not_for_the_facilitator_to_read() -> None:
    """To read aloud there is only what comes from nobody at the table."""
    injects = [{"at": "1m", "to": "everyone", "from": "parent", "say": "say/by/parent"}]
    injects += [{"at": "2m", "to": "everyone", "from": "The office", "say": "say/by/office"}]
    cases = [{**REMIX["cases"][0], "injects": injects}]
    assert [line.say for line in card_deck(bundle_of(REMIX, cases=cases)).aloud] == ["say/by/office"]


def test_those_who_have_a_role_only_while_others_are_in_turn_get_its_card_and_pages() -> None:
    """In a trio everybody holds the presenter's card, and the peer's, with a page for each of the two others."""
    bundle, plan = planned(TRIO, 3)
    deck = card_deck(bundle, plan, NAMES)
    for hand in deck.hands:
        roles = [round.card.role for round in hand.rounds if round.card]
        assert sorted(roles) == ["Peer", "Presenter"]
    (felt,) = [page for page in deck.sheets if page.sheet.title == "Felt heard"]
    assert (felt.sheet.by, felt.copies) == ("Peer", 6)


def test_a_meeting_is_counted_on_one_page_with_a_column_for_each() -> None:
    """Whoever maps a meeting gets a page of its own, as wide as the most who can talk, without one name on it."""
    deck = practice_deck(MEETING)
    (page,) = [page.sheet for page in deck.sheets if page.sheet.kind == "marks"]
    assert (page.by, page.people, page.about_id) == ("Observer", 5, "")
    html = render_cards(deck)
    assert html.count("<td></td>") == 2 * 5
    assert not [sheet for sheet in deck.sheets if sheet.sheet.kind == "form" and sheet.sheet.marks]


def test_who_marks_one_and_writes_about_another_needs_two_pages() -> None:
    """A form has the markers on it only where the same person counts them about the same person."""
    forms = [{"rubric": "listening", "by": "observer", "about": "principal"}]
    script = [MEETING["script"][0], {**MEETING["script"][1], "forms": forms}]
    pages = [page.sheet for page in practice_deck(MEETING, script=script).sheets]
    assert [(page.kind, len(page.marks)) for page in pages] == [("marks", 2), ("form", 0)]


def test_a_map_is_printed_as_a_table_to_write_in() -> None:
    """The criteria are columns, with as many lines as are asked for."""
    deck = practice_deck(MAP)
    (page,) = [page.sheet for page in deck.sheets]
    assert (page.rows, [question.title for question in page.questions]) == (3, ["What I want", "What I do instead"])
    table = re.search(r'<table class="fill">.*?</table>', render_cards(deck), re.DOTALL)
    assert table is not None
    assert table[0].count("<td>") == 3 * 2


def test_blanks_are_lines_to_write_on() -> None:
    """What is filled in first is asked on the facilitator's page, and stands as a line wherever people read it."""
    roles = {**REMIX["roles"], "parent": {"title": "Parent", "plays": "{who}"}}
    cases = [{**REMIX["cases"][0], "title": "The talk with {who}"}]
    deck = card_deck(bundle_of(REMIX, roles=roles, cases=cases, blanks={"who": "Who will you talk to?"}))
    assert deck.blanks == ("Who will you talk to?",)
    card = cards_of(deck)["Parent"]
    assert re.fullmatch(r"_+", card.plays)
    assert re.fullmatch(r"The talk with _+", card.case)
    assert "{who}" not in render_cards(deck)


def test_cards_of_one_occasion_are_printed_alone() -> None:
    """With an occasion only its cases are printed; without one each card says to which it belongs."""
    farm, map = ({"title": title, "cases": [case]} for title, case in (("At the start", "farm"), ("At the end", "map")))
    bundle = bundle_of(TRIAD, occasions={"entry": farm, "exit": map})
    html = render_cards(card_deck(bundle, occasion="exit"))
    assert "card/map/parent" in html
    assert "/farm/" not in html
    cards = [round.card for hand in card_deck(bundle).hands for round in hand.rounds if round.card]
    assert {(card.case, card.occasion) for card in cards} == {("farm", "At the start"), ("map", "At the end")}


def test_a_journal_for_one_role_is_that_roles_page() -> None:
    """Who is not asked to write gets no page."""
    journal = {"name": "Journal", "kind": "journal", "length": "2m", "for": "fellow", "prompts": ["What now?"]}
    deck = practice_deck(BOTH_LOOK, script=[BOTH_LOOK["script"][0], journal])
    assert [(page.sheet.kind, page.sheet.by) for page in deck.sheets] == [("journal", "Fellow")]
