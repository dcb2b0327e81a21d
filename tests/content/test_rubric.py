"""What a rubric asks: its own, row by row, and with its core."""

from __future__ import annotations

from typing import Any

import pytest
from samples import FELT_HEARD, LISTENING

from roleplay.content.rubric import Rubric, row_of

MAP: dict[str, Any] = {
    "format": 1,
    "title": "A plan",
    "scale": {"kind": "text"},
    "rows": 3,
    "criteria": [{"id": "goal", "title": "Goal"}, {"id": "sign", "title": "Sign"}],
}


def rubric(data: dict[str, Any], **changes: Any) -> Rubric:
    return Rubric.model_validate({**data, **changes})


def test_columns_are_asked_row_by_row() -> None:
    """Each criterion is asked once in each row; from the second row on its id says which row it is."""
    plan = rubric(MAP)
    assert [c.id for c in plan.asked] == ["goal", "sign", "goal.2", "sign.2", "goal.3", "sign.3"]
    assert [row_of(c.id) for c in plan.asked] == [1, 1, 2, 2, 3, 3]
    assert plan.criterion("sign.3").title == "Sign"
    assert plan.scale_of(plan.criterion("sign.3")) == plan.scale
    for unknown in ("sign.4", "sign.1", "aim"):
        with pytest.raises(KeyError):
            plan.criterion(unknown)


def test_one_row_asks_each_once() -> None:
    """A rubric without rows asks what it says."""
    listening = rubric(LISTENING)
    assert listening.asked == listening.criteria


def test_a_core_comes_first_and_is_answered_as_it_is_there() -> None:
    """Criteria, markers and prompts of the core stand before a rubric's own, and each keeps its scale."""
    core = rubric(LISTENING)
    whole = rubric(FELT_HEARD, core="listening").with_core(core)
    assert [c.id for c in whole.criteria] == [*(c.id for c in core.criteria), "heard"]
    assert (whole.markers, whole.prompts) == (core.markers, core.prompts)
    for criterion in core.criteria:
        assert whole.scale_of(whole.criterion(criterion.id)) == core.scale_of(criterion)
    assert whole.scale_of(whole.criterion("heard")) == whole.scale == rubric(FELT_HEARD).scale
    assert (whole.title, whole.core) == ("Felt heard", "listening")
    assert Rubric.model_validate_json(whole.model_dump_json(by_alias=True)) == whole


def test_a_statement_asks_for_evidence_at_its_ends() -> None:
    """On an agreement scale, too, the lowest and the highest answer can ask for a reason."""
    scale = {"kind": "agreement", "levels": {5: "Completely", 1: "Not at all", 3: "Partly"}}
    sure = rubric(MAP, rows=1, scale=scale, criteria=[{"id": "sure", "title": "I am sure.", "evidence": "at-ends"}])
    assert [level for level in (1, 3, 5) if sure.needs_evidence(sure.criteria[0], level)] == [1, 5]
