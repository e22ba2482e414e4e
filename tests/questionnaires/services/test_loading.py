"""Storing the item bank."""

from dataclasses import astuple, replace

import pytest

from survey.questionnaires.bank import read_bank
from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.exporting import export_document
from survey.questionnaires.families import build_families
from survey.questionnaires.models import Item, Questionnaire
from survey.questionnaires.selectors import get_content
from survey.questionnaires.services import (
    add_new_item,
    change_item,
    draft_questionnaire,
    load_bank,
    load_item_bank,
    next_version,
    publish_questionnaire,
)

pytestmark = pytest.mark.django_db

EX_SCALES = {"passion", "fairness", "seen", "execution", "recommend_work"}
LIGHTS = {"customer_view", "survey_trust"}


def newest(code: str) -> Questionnaire:
    return Questionnaire.objects.filter(code=code).order_by("-version")[0]


def scales_of(code: str) -> set[str]:
    content = get_content(questionnaire_id=newest(code).pk)
    return {scale.code for scale in content.scales}


def facets_of(code: str) -> set[str]:
    content = get_content(questionnaire_id=newest(code).pk)
    return {scale.code for scale in content.scales if scale.facet_of}


def linked_scales_of(code: str) -> set[str]:
    content = get_content(questionnaire_id=newest(code).pk)
    return {scale.code for scale in content.linked_scales}


class TestLoadItemBank:
    def test_adds_nothing_the_second_time(self) -> None:
        first, second = load_item_bank(), load_item_bank()

        assert first.n_questionnaires == 4
        assert set(astuple(second)) == {0}

    def test_ships_questionnaires_whose_scales_can_be_scored(self) -> None:
        load_item_bank()

        assert scales_of("pulse") == {"fairness_overall", "passion_short", "seen_short"}
        assert linked_scales_of("pulse_long") == EX_SCALES
        assert scales_of("pulse_long") - facets_of("pulse_long") == EX_SCALES | LIGHTS
        assert scales_of("treatment") == {"treatment", "ease", "satisfaction", "recommend"}

    def test_keeps_the_short_pulse_at_eight_questions(self) -> None:
        load_item_bank()

        assert len(get_content(questionnaire_id=newest("pulse").pk).items) == 8

    def test_counts_no_short_form_beside_its_long_form(self) -> None:
        load_item_bank()

        families = build_families(content=get_content(questionnaire_id=newest("pulse_long").pk))

        assert families[0].scales[0] == "fairness"
        assert set(families[0].scales[1:]) == {
            code for code in facets_of("pulse_long") if code.startswith("fairness_")
        }
        assert not families[0].shows_items
        assert scales_of("pulse_long").isdisjoint({"passion_short", "seen_short"})

    def test_links_the_short_form_of_fairness_where_it_stands_alone(self) -> None:
        load_item_bank()

        assert linked_scales_of("pulse") == {"fairness_overall", "passion_short", "seen_short"}

    def test_shows_every_item_of_treatment(self) -> None:
        load_item_bank()

        families = build_families(content=get_content(questionnaire_id=newest("treatment").pk))

        assert (len(families[0].items), families[0].shows_items) == (8, True)

    def test_tells_profiles_in_the_family_of_passion(self) -> None:
        load_item_bank()

        families = build_families(content=get_content(questionnaire_id=newest("pulse_long").pk))

        assert {family.code: family.profiles for family in families if family.profiles} == {
            "passion": ("passion",)
        }

    def test_turns_the_reversed_item_of_passion(self) -> None:
        load_item_bank()
        scales = get_content(questionnaire_id=newest("pulse_long").pk).scales

        assert {scale.code: scale.reversed_codes for scale in scales if scale.reversed_codes} == {
            "passion": {"domain_3"},
            "passion_domain": {"domain_3"},
        }

    def test_says_of_every_construct_that_the_wording_is_our_own(self) -> None:
        for construct in read_bank().constructs:
            assert construct.source.startswith("Written for this project; construct from")
            assert construct.source.endswith("not the published scale; not yet validated.")


class TestLoadBank:
    def test_gives_a_new_wording_a_new_version_and_a_new_questionnaire(self) -> None:
        load_item_bank()
        bank = read_bank()
        items = tuple(
            replace(item, texts={"en": "All in all, things are fair."})
            if item.code == "fair_overall_1"
            else item
            for item in bank.items
        )

        report = load_bank(bank=replace(bank, items=items))

        assert (report.n_items, report.n_questionnaires) == (1, 2)
        assert newest("pulse").version == 2
        assert scales_of("pulse") == {"fairness_overall", "passion_short", "seen_short"}
        versions = Item.objects.filter(code="fair_overall_1").values_list("version", flat=True)
        assert sorted(versions) == [1, 2]

    def test_brings_a_bank_of_before_facets_up_to_date(self) -> None:
        bank = read_bank()
        plain = {"facet_of": None, "mirrors": None, "profiles": [], "shows_items": False}
        before = tuple(replace(scale, **plain, is_linked=True) for scale in bank.scales)
        load_bank(bank=replace(bank, scales=before))

        report = load_item_bank()

        assert set(astuple(report)) == {0}
        assert facets_of("pulse_long") >= {"fairness_overall", "passion_domain"}
        assert linked_scales_of("pulse_long") == EX_SCALES

    def test_does_not_take_back_what_somebody_words_otherwise(self) -> None:
        load_item_bank()
        pulse = newest("pulse")
        draft = next_version(questionnaire_id=pulse.pk)
        (entry, *_) = export_document(questionnaire_id=draft.pk).items
        change_item(questionnaire_id=draft.pk, entry=replace(entry, texts={"en": "Otherwise?"}))
        between = load_item_bank()
        publish_questionnaire(questionnaire_id=draft.pk)

        after = load_item_bank()

        assert set(astuple(between)) == set(astuple(after)) == {0}
        assert newest("pulse") == draft

    def test_numbers_on_where_a_draft_has_a_question_of_the_same_code(self) -> None:
        bank = read_bank()
        code = bank.items[0].code
        draft = draft_questionnaire(name="Own", audience="EMPLOYEE", languages=["en"])
        own = DocumentItem(code, {"en": "Mine?"}, kind="LINE")
        add_new_item(questionnaire_id=draft.pk, entry=own)

        load_bank(bank=bank)

        stored = Item.objects.filter(code=code).order_by("version")
        assert [(item.version, item.drafted_in) for item in stored] == [(1, draft), (2, None)]
        assert stored[1].scale_items.exists()
