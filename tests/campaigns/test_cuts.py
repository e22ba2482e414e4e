import pytest

from survey.campaigns.cuts import (
    MOST_LEVELS,
    NOT_KNOWN,
    CutsError,
    check_cuts,
    order_levels,
    plan_cuts,
    read_cuts,
    say_small_levels,
)
from survey.campaigns.models import Invitation, Wave
from survey.campaigns.preflight import check_wave
from survey.campaigns.selectors import get_link
from survey.campaigns.services import cancel_launch
from survey.organization.models import Attribute, Person
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_draft, tokens
from tests.factories.cuts import LEVELS, TENURE, make_cut_wave

pytestmark = pytest.mark.django_db


class TestOrderLevels:
    def test_follows_the_numbers_with_under_before_them(self) -> None:
        said = ["over 10 years", "1 to 3 years", "under 1 year", "3 to 10 years"]

        assert order_levels(said) == [said[2], said[1], said[3], said[0]]

    def test_follows_the_letters_where_there_are_no_numbers(self) -> None:
        assert order_levels(["Lyon", "Basel", "Graz", "Basel"]) == ["Basel", "Graz", "Lyon"]


class TestCheckCuts:
    @pytest.mark.parametrize(
        ("codes", "audience"),
        [
            (["site"], Audience.EMPLOYEE),
            ([TENURE], Audience.CUSTOMER),
            (["a", "b", "c", "d"], Audience.EMPLOYEE),
        ],
    )
    def test_refuses_the_undeclared_customers_and_too_many(
        self, codes: list[str], audience: str
    ) -> None:
        Attribute.objects.bulk_create(Attribute(code=c, name=c) for c in (*"abcd", TENURE))

        with pytest.raises(CutsError):
            check_cuts(codes=codes, audience=audience)


class TestLaunch:
    def test_freezes_the_levels_of_those_asked_and_forgets_them_when_taken_back(self) -> None:
        wave = make_cut_wave(5)
        (cut,) = read_cuts(wave=wave)
        assert (cut.code, cut.name, cut.levels) == (TENURE, "Tenure", LEVELS)
        assert wave.cut_box_size is not None

        Person.objects.update(attributes={TENURE: "a new level"})
        (same,) = read_cuts(wave=Wave.objects.get())
        assert same == cut

        Wave.objects.update(opened_at=None)
        cancel_launch(wave_id=wave.pk, now=NOW)
        wave.refresh_from_db()
        assert (wave.cuts, wave.cut_box_size) == ([], None)

    @pytest.mark.parametrize(("n_levels", "is_frozen"), [(MOST_LEVELS, True), (13, False)])
    def test_freezes_no_attribute_of_very_many_values(self, n_levels: int, is_frozen: bool) -> None:
        wave = make_cut_wave(n_levels, levels=[f"{n} years" for n in range(n_levels)])

        assert bool(wave.cuts) is bool(wave.cut_box_size) is is_frozen


class TestValuesOfALink:
    def test_come_from_the_staff_list_as_it_is_now(self) -> None:
        wave = make_cut_wave(5)
        people = Invitation.objects.select_related("person").order_by("pk")
        known, changed, erased = people[:3]
        changed.person.attributes = {TENURE: "a level of tomorrow"}  # type: ignore[union-attr]
        changed.person.save()  # type: ignore[union-attr]
        erased.person.delete()  # type: ignore[union-attr]

        found = [
            get_link(token=token, now=NOW).cut_values[TENURE]
            for token in tokens(wave, (known, changed, erased))
        ]
        assert found == [known.person.attributes[TENURE], NOT_KNOWN, NOT_KNOWN]  # type: ignore[union-attr]


class TestPreflight:
    def test_warns_of_levels_of_few(self) -> None:
        wave = make_cut_wave(6)
        few = Person.objects.order_by("pk")[:3]
        for person in few:
            person.attributes = {TENURE: "since the first day"}
            person.save()

        found = check_wave(wave=make_draft(wave.campaign), now=NOW)

        told = [str(warning) for warning in found.warnings]
        assert any("fewer than 5 people are asked in since the first day" in one for one in told)
        assert dict(found.cuts[0].counted)["since the first day"] == 3

    def test_warns_where_everybody_is_alike(self) -> None:
        wave = make_cut_wave(5)
        Person.objects.update(attributes={TENURE: "long"})
        planned = plan_cuts(campaign=wave.campaign, people=None)

        assert "nothing to tell" in say_small_levels(planned, k=5)[0]

    def test_forbids_a_launch_by_what_is_declared_no_longer(self) -> None:
        wave = make_cut_wave(5)
        Attribute.objects.all().delete()

        found = check_wave(wave=make_draft(wave.campaign), now=NOW)

        assert any("Declare tenure" in str(problem) for problem in found.problems)
