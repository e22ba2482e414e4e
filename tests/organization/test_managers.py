"""Who manages whom."""

import pytest

from survey.organization.lines import PersonLine, RosterError
from survey.organization.managers import rank_people


def person(key: str, manager: str | None, *, line: int = 2) -> PersonLine:
    return PersonLine(line, key, key, "", "", "bakery", None, None, manager=manager)


class TestRankPeople:
    def test_counts_the_managers_above(self) -> None:
        ranks = rank_people([person("1", "2"), person("2", "3"), person("3", "")])

        assert ranks == {"3": 0, "2": 1, "1": 2}

    def test_asks_nothing_where_no_column_says_so(self) -> None:
        assert rank_people([person("1", None)]) == {"1": 0}

    @pytest.mark.parametrize(
        ("managers", "problem"),
        [
            ({"1": "1"}, "line 2, manager: '1' would be among their own managers"),
            ({"1": "2", "2": "1"}, "line 2, manager: '1' would be among their own managers"),
            ({"1": "9"}, "line 2, manager: nobody in this file has the person_id '9'"),
        ],
    )
    def test_names_what_has_no_end(self, managers: dict[str, str], problem: str) -> None:
        with pytest.raises(RosterError) as caught:
            rank_people([person(key, above) for key, above in managers.items()])

        assert str(caught.value.problems[0]) == problem
