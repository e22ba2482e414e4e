"""Names are frozen in English and told in the language of whoever reads them."""

import pytest
from django.utils import translation

from survey.campaigns.arrow_groups import edge_name, smaller_name
from survey.campaigns.grouping import direct_name, pool_name
from survey.campaigns.models import GroupKind
from survey.campaigns.naming import name_wave, say_group


class TestNameWave:
    def test_names_the_campaign_and_the_number(self) -> None:
        assert name_wave(campaign="Pulse", number=3) == "Pulse, wave 3"


class TestSayGroup:
    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            (pool_name("Bakery"), GroupKind.POOL),
            (direct_name("Bakery"), GroupKind.DIRECT),
            ("Bakery", GroupKind.TEAM),
            ("Smaller teams of all", GroupKind.TEAM),
            (edge_name("Bakery", "Garden"), GroupKind.EDGE),
            (edge_name("Bakery, as seen", "Garden sees it"), GroupKind.EDGE),
            (smaller_name("Bakery"), GroupKind.POOL),
            ("Bakery", GroupKind.EDGE),
        ],
    )
    def test_says_in_english_what_was_frozen(self, name: str, kind: str) -> None:
        assert say_group(name=name, kind=kind) == name

    def test_keeps_the_name_of_the_team_in_every_language(self) -> None:
        with translation.override("es"):
            assert "Bakery" in say_group(name=pool_name("Bakery"), kind=GroupKind.POOL)
