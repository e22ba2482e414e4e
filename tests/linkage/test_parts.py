"""What a study of one part may use."""

from dataclasses import replace

import pytest

from survey.linkage.parts import TRUST_IS_LOW_BELOW, TRUST_SCALE
from tests.linkage.material import NORTH, ROOT, SOUTH, make_part, make_units

SCORES = {"fair": [50.0, 60, 70, 80]}
CARE = {"care": [55.0, 65, 75, 85]}


class TestCutPart:
    def test_holds_only_what_lies_inside(self) -> None:
        part = make_part(make_units(SCORES, CARE), team_id=NORTH)
        assert part.groups["code"].tolist() == ["t001", "t003"]
        assert part.table.cx["care"].tolist() == [65, 85]
        assert part.history.rows["unit"].tolist() == ["1001", "1003"]

    def test_follows_a_team_back_to_where_it_was_before(self) -> None:
        before, now = make_units(SCORES, CARE), make_units(SCORES, CARE, at=1)
        before.groups["path"] = [(ROOT, SOUTH)] * 4
        part = make_part(before, now, team_id=NORTH)
        assert part.history.rows["unit"].tolist() == ["1001", "1003"] * 2

    def test_leaves_out_the_past_of_a_team_that_has_left(self) -> None:
        before, now = make_units(SCORES, CARE), make_units(SCORES, CARE, at=1)
        now = replace(now, scopes={NORTH: frozenset({10_004})})
        part = make_part(before, now, team_id=NORTH)
        assert part.history.rows["unit"].tolist() == ["1003", "1003"]

    def test_names_the_branch_directly_below(self) -> None:
        units = make_units(SCORES, CARE)
        units.groups["path"] = [(ROOT,), (ROOT, NORTH), (ROOT, SOUTH, 21), (ROOT, SOUTH, 22)]
        assert make_part(units).branches.tolist() == [None, NORTH, SOUTH, SOUTH]
        units = replace(units, scopes={SOUTH: frozenset({3, 4})})
        assert make_part(units, team_id=SOUTH).branches.tolist() == [21, 22]


class TestTrust:
    @pytest.mark.parametrize(
        ("inside", "is_low"), [(TRUST_IS_LOW_BELOW - 1, True), (TRUST_IS_LOW_BELOW, False)]
    )
    def test_is_low_where_people_inside_doubt_the_survey(self, inside: float, is_low: bool) -> None:
        trust = [10.0, inside, 10.0, inside]
        part = make_part(make_units(SCORES | {TRUST_SCALE: trust}, CARE), team_id=NORTH)
        assert part.trust_is_low is is_low

    def test_counts_people_not_units(self) -> None:
        units = make_units(SCORES | {TRUST_SCALE: [40, 40, 40, 90]}, CARE, n_ex=[5, 5, 5, 100])
        assert not make_part(units).trust_is_low

    def test_is_not_known_to_be_low_where_it_is_not_asked(self) -> None:
        assert not make_part(make_units(SCORES, CARE)).trust_is_low

    def test_counts_groups_without_customers_too(self) -> None:
        trust = [10.0] * 4
        units = make_units(SCORES | {TRUST_SCALE: trust}, {"care": [float("nan")] * 3 + [50]})
        assert make_part(units).trust_is_low
