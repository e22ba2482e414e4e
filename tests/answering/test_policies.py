"""What browsers may do with pages, and who says so."""

import pytest
from csp.constants import HEADER
from django.test import Client

from survey.answering.policies import WRITTEN
from tests.answering.asking import Asked

pytestmark = pytest.mark.django_db


class TestPolicyMiddleware:
    def test_leaves_the_policy_of_respondents_as_it_is_written(
        self, asked: Asked, browser: Client
    ) -> None:
        assert browser.get(asked.url)[HEADER] == WRITTEN
        assert "connect-src" not in WRITTEN

    def test_gives_the_usual_policy_to_every_other_page(self, client: Client) -> None:
        policy = client.get("/login/")[HEADER]
        assert "connect-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
