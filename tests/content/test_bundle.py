"""What a session is played from, as it was kept with it."""

from __future__ import annotations

from roleplay.content.bundle import Bundle
from roleplay.content.steps import PlayStep

FIRST_RELEASE = """
{"id":"small","scenario":{"format":1,"title":"Small","about":"Small.","audience":null,"practice":[],"source":null,
"roles":{"a":{"title":"A","about":null,"count":"1-1","extra":false,"leads":false},
"b":{"title":"B","about":null,"count":"1-2","extra":true,"leads":false}},"groups":null,"alone":false,
"cases":[{"id":"c","title":"C","cards":{"a":"x"},"hidden":[{"id":"h","fact":"f","known_to":null}],"injects":[]}],
"script":[{"rotate":"every-role","steps":[
{"name":"Read","length":"1m","least":null,"warn":[],"scope":"table","ends":null,"for":null,"prompts":[],
"kind":"prepare","forecast":"r","forms":[]},
{"name":"Talk","length":"1m","least":null,"warn":[],"scope":"table","ends":null,"for":null,"prompts":[],"kind":"play",
"markers":"r","injects":[{"at":"30s","to":"a","say":"s","from":"x"}],"record":false,"takes":"any"},
{"name":"Say","length":"1m","least":null,"warn":[],"scope":"table","ends":null,"for":null,"prompts":[],
"kind":"feedback","forms":[{"rubric":"r","by":"b","about":"a","sealed":false}],"learned":null}]},
{"name":"Write","length":"1m","least":null,"warn":[],"scope":"table","ends":null,"for":"a","prompts":["p"],
"kind":"journal"}]},
"rubrics":{"r":{"format":1,"title":"R","about":null,"scale":{"kind":"levels","levels":{"1":"No","2":"Yes"}},
"criteria":[{"id":"c","title":"C","about":null,"look_for":[],"levels":{"1":"n","2":"y"},"evidence":"never",
"scale":null}],"markers":[{"id":"m","key":"m","title":"M","criterion":"c","tone":"neutral"}],
"prompts":[{"id":"p","ask":"P?","optional":true}]}}}
"""


def test_what_the_first_release_kept_is_read() -> None:
    """Sessions of years ago open with their own scenario and rubrics, as they were."""
    bundle = Bundle.model_validate_json(FIRST_RELEASE)
    steps = bundle.scenario.steps
    assert list(steps) == ["0.0", "0.1", "0.2", "1"]
    talk = steps["0.1"]
    assert isinstance(talk, PlayStep)
    assert talk.markers is not None
    assert talk.markers.rubric == "r"
    assert Bundle.model_validate_json(bundle.model_dump_json(by_alias=True)) == bundle
