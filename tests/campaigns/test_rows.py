from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from survey.campaigns.models import Credential, Group, Invitation, Wave
from survey.campaigns.rows import ROWS_AT_ONCE, insert_rows
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams
from tests.stages import stage

pytestmark = pytest.mark.django_db


@stage
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 6})["top"]))


class TestInsertRows:
    def test_stores_what_objects_of_the_model_would(self, wave: Wave) -> None:
        group, key = Group.objects.get(wave=wave), uuid4()

        n_rows = insert_rows(
            model=Invitation, names=("wave", "group", "key"), rows=[(wave.pk, group.pk, key)]
        )

        stored = Invitation.objects.get(key=key)
        made = Invitation(pk=stored.pk, wave=wave, group=group, key=key)
        names = [field.attname for field in Invitation._meta.concrete_fields]
        assert n_rows == 1
        assert [getattr(stored, name) for name in names] == [getattr(made, name) for name in names]

    def test_stores_more_than_go_into_one_batch(self, wave: Wave) -> None:
        group = Group.objects.get(wave=wave)
        n = ROWS_AT_ONCE + 1
        rows = ((wave.pk, group.pk, f"{number:064}") for number in range(n))

        assert insert_rows(model=Credential, names=("wave", "group", "digest"), rows=rows) == n
        assert Credential.objects.filter(digest__startswith="0" * 59).count() == n

    def test_refuses_what_the_database_refuses(self, wave: Wave) -> None:
        group = Group.objects.get(wave=wave)
        rows = [(wave.pk, group.pk, "once")] * 2

        with pytest.raises(IntegrityError), transaction.atomic():
            insert_rows(model=Credential, names=("wave", "group", "digest"), rows=rows)

    def test_wants_a_value_for_every_name(self, wave: Wave) -> None:
        with pytest.raises(ValueError, match="shorter"):
            insert_rows(model=Credential, names=("wave", "group", "digest"), rows=[(wave.pk,)])
