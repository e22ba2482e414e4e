"""The page of a promise: what was typed beside the button that was pressed stands there again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from survey.accounts.models import User
from survey.core.timestamps import local_date
from tests.factories.promises import promise

WORDS = {"reword-what": "Rotas earlier", "reword-who_name": "Alice"}


class TestPromise:
    @pytest.mark.parametrize(("why", "status"), [("Ill", 200), ("", 422)])
    def test_shows_better_words_again_where_another_day_is_sent(
        self, client: Client, alice: User, why: str, status: int
    ) -> None:
        now = timezone.now()
        made = promise(alice, now)
        client.force_login(alice)
        later = local_date(now) + timedelta(days=21)
        sent = {"do": "move", "move-due_date": later.isoformat(), "move-why": why, **WORDS}

        page = client.post(f"/dashboards/promises/{made.key}/", sent)

        assert page.status_code == status
        assert "Rotas earlier</textarea>" in page.text
        assert page.text.count('<details class="tbl" open>') == (1 if why else 2)
        assert ("neither saved nor sent yet" in page.text) is bool(why)
        assert page.text.count('<form method="post" novalidate>') == 1
        made.refresh_from_db()
        assert (made.due_date == later, made.what == "Rotas earlier") == (bool(why), False)
