"""A wave that asks every kind of question: sealed, stored, and released where it can be counted."""

from datetime import timedelta
from typing import Any

import pytest

from survey.aggregation.invariants import broken_invariants
from survey.aggregation.models import Figure, ReleasedComment
from survey.aggregation.services import make_due_releases, refresh_due_rollups
from survey.campaigns.models import Group, Wave
from survey.campaigns.selectors import content_of
from survey.campaigns.services import launch_wave, open_due_waves
from survey.questionnaires.answers import read_answers
from survey.questionnaires.models import Item, ItemKind, Questionnaire
from survey.questionnaires.services import create_questionnaire, publish_questionnaire
from survey.responses.models import Comment, Response
from survey.responses.services import submit_response
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams, tokens_of
from tests.factories.questionnaires import AGREEMENT, ItemFactory, make_scale
from tests.factories.responses import close_and_seal
from tests.stages import stage

pytestmark = pytest.mark.django_db

OTHER = {"value": 9, "score": None, "texts": {"en": "Other"}, "is_other": True}
POSTED: dict[str, Any] = {
    "fair": "3",
    "several": ["1", "9"],
    "several.other": "Warm bread",
    "order.1": "2",
    "order.2": "1",
    "order.3": "3",
    "number": "7",
    "day": "2026-02-01",
    "line": "A smile",
    "hidden": "5",
}
STORED = {
    "fair": 3,
    "several": [1, 9],
    "order": [2, 1, 3],
    "number": 7,
    "day": "2026-02-01",
}


def questionnaire() -> Questionnaire:
    fair = ItemFactory(code="fair")
    make_scale("fairness", [fair])
    bare: dict[str, Any] = {"options": []}
    items: list[Item] = [
        fair,
        ItemFactory(code="several", kind=ItemKind.MULTIPLE, options=[*AGREEMENT, OTHER]),
        ItemFactory(code="order", kind=ItemKind.RANKING),
        ItemFactory(code="number", kind=ItemKind.NUMBER, **bare),
        ItemFactory(code="day", kind=ItemKind.DATE, **bare),
        ItemFactory(code="line", kind=ItemKind.LINE, **bare),
        ItemFactory(code="note", kind=ItemKind.NOTE, **bare),
        ItemFactory(code="hidden", kind=ItemKind.NUMBER, **bare),
    ]
    draft = create_questionnaire(code="all", name="All", audience="EMPLOYEE", items=items)
    draft.questionnaire_items.filter(item__code="hidden").update(
        shown_when={"item": "fair", "op": "=", "value": 1}
    )
    publish_questionnaire(questionnaire_id=draft.pk)
    return draft


@stage
def sealed() -> Wave:
    """Ten people have answered everything alike, and the wave is sealed and released."""
    teams = make_teams({"top": None, "a": "top"}, {"a": 10})
    campaign = make_campaign(teams["top"], questionnaire=questionnaire())
    draft = make_draft(campaign, opens_at=NOW)
    launch_wave(wave_id=draft.pk, now=NOW)
    open_due_waves(now=NOW)
    wave = Wave.objects.select_related("campaign").get(pk=draft.pk)
    content = content_of(wave=wave)
    for token in tokens_of(wave, Group.objects.get(wave=wave, code="a")):
        answers = read_answers(content=content, posted=POSTED)
        assert answers.errors == ()
        submit_response(token=token, answers=answers, now=NOW)
    close_and_seal(wave)
    refresh_due_rollups(now=NOW + timedelta(hours=1))
    make_due_releases(now=NOW + timedelta(hours=1))
    return wave


class TestEveryKind:
    def test_is_stored_as_it_was_answered(self, sealed: Wave) -> None:
        stored = [response.answers["answers"] for response in Response.objects.all()]

        assert sealed.n_discarded == 0
        assert stored == [STORED] * 10

    def test_keeps_words_apart(self, sealed: Wave) -> None:
        words = set(Comment.objects.values_list("item_code", "text"))

        assert words == {("several.other", "Warm bread"), ("line", "A smile")}

    def test_gives_figures_only_where_it_can_be_counted(self, sealed: Wave) -> None:
        metrics = set(
            Figure.objects.filter(release__wave=sealed, group__code="a").values_list(
                "metric", flat=True
            )
        )

        assert "fairness" in metrics
        assert not any(
            code in metric
            for metric in metrics
            for code in ("several", "order", "number", "day", "line", "note", "hidden")
        )
        assert ReleasedComment.objects.filter(release__wave=sealed).count() == 20
        assert broken_invariants(now=NOW + timedelta(hours=1)) == []
