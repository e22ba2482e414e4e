"""manage.py load_item_bank."""

import io

import pytest
from django.core.management import call_command

from survey.questionnaires.bank import read_bank
from survey.questionnaires.models import Item, Questionnaire


def run() -> str:
    out = io.StringIO()
    call_command("load_item_bank", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
class TestLoadItemBank:
    def test_stores_every_shipped_item(self) -> None:
        assert not Item.objects.exists()

        run()

        shipped = {item.code for item in read_bank().items}
        assert shipped <= set(Item.objects.values_list("code", flat=True))
        assert Questionnaire.objects.exists()

    def test_adds_nothing_a_second_time(self) -> None:
        run()
        before = (Item.objects.count(), Questionnaire.objects.count())

        nothing = "New: 0 constructs, 0 item wordings, 0 scales, 0 questionnaires.\n"
        assert run() == nothing
        assert (Item.objects.count(), Questionnaire.objects.count()) == before
