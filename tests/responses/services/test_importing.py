import pytest

from survey.campaigns.models import Wave
from survey.campaigns.services import close_wave
from survey.responses.boxes import BoxContent
from survey.responses.models import Intake, Response
from survey.responses.services import (
    NotImportableError,
    UnknownGroupError,
    import_responses,
    seal_due_waves,
)
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_import_wave,
    make_open_wave,
    make_teams,
)
from tests.factories.responses import make_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave() -> Wave:
    teams = make_teams({"top": None, "a": "top", "b": "top"}, {})
    return make_import_wave(make_campaign(teams["top"]))


class TestImportResponses:
    def test_sends_answers_through_the_same_boxes(self, wave: Wave) -> None:
        answers = make_answers(wave, 2).answers
        group = wave.groups.get(code="a")

        assert import_responses(wave=wave, responses=[BoxContent(group.pk, answers)] * 7) == 7
        assert Intake.objects.filter(wave=wave).count() == 7
        close_wave(wave_id=wave.pk, now=NOW)
        seal_due_waves(now=NOW)

        assert {row.answers["answers"] == answers for row in Response.objects.all()} == {True}
        assert Response.objects.filter(group=group, cell=None).count() == 7

    def test_counts_what_was_taken_in(self, wave: Wave) -> None:
        pair = BoxContent(wave.groups.get(code="a").pk, make_answers(wave).answers)

        import_responses(wave=wave, responses=[pair] * 3)
        import_responses(wave=wave, responses=[pair] * 4)

        assert Wave.objects.get(pk=wave.pk).n_counted == 7

    def test_takes_nothing_in_where_one_group_is_unknown(self, wave: Wave) -> None:
        answers = make_answers(wave).answers
        pairs = [BoxContent(wave.groups.get(code="a").pk, answers), BoxContent(0, answers)]

        with pytest.raises(UnknownGroupError):
            import_responses(wave=wave, responses=pairs)
        assert not Intake.objects.exists()

    def test_refuses_a_closed_wave(self, wave: Wave) -> None:
        close_wave(wave_id=wave.pk, now=NOW)

        with pytest.raises(NotImportableError):
            import_responses(wave=wave, responses=[])

    def test_refuses_a_wave_of_personal_links(self) -> None:
        teams = make_teams({"top": None}, {"top": 5})

        with pytest.raises(NotImportableError):
            import_responses(wave=make_open_wave(make_campaign(teams["top"])), responses=[])
