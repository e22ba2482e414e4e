"""What the real page and the one that is only tried out have in common."""

import pytest
from django.test import RequestFactory
from django.utils import timezone

from survey.answering.asking import go_on
from survey.campaigns.selectors import get_link
from survey.responses.models import Intake
from tests.answering.asking import Asked

pytestmark = pytest.mark.django_db


class TestGoOn:
    def test_begins_with_the_first_page(self, asked: Asked) -> None:
        now = timezone.now()
        link = get_link(token=asked.token, now=now)

        stage = go_on(RequestFactory().get("/"), link, now=now)

        assert stage.page is not None
        assert stage.answers is None

    def test_ends_with_answers_and_takes_none_in_itself(self, asked: Asked) -> None:
        now = timezone.now()
        link = get_link(token=asked.token, now=now)

        stage = go_on(RequestFactory().post("/", asked.answers()), link, now=now)

        assert stage.page is None
        assert stage.answers is not None
        assert not Intake.objects.exists()
