"""manage.py retire_questionnaire."""

import io

import pytest
from django.core.management import CommandError, call_command

from survey.questionnaires.models import Questionnaire, QuestionnaireStatus
from tests.factories.questionnaires import ItemFactory, publish


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("retire_questionnaire", *args, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
class TestRetireQuestionnaire:
    def test_retires_the_newest_version_and_offers_it_again(self) -> None:
        item = ItemFactory()
        first, second = publish([item]), publish([item])

        assert run("pulse") == "Pulse v2 is offered no more; waves that ask it go on.\n"
        published = Questionnaire.objects.filter(status=QuestionnaireStatus.PUBLISHED)
        assert list(published) == [first]
        assert run("pulse", "--undo") == "Pulse v2 is offered again.\n"
        assert set(published.all()) == {first, second}

    def test_says_where_there_is_none(self) -> None:
        publish([ItemFactory()])

        with pytest.raises(CommandError, match="no published version"):
            run("nobody")
        with pytest.raises(CommandError, match="no retired version"):
            run("pulse", "--undo")
