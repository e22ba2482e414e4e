from collections import Counter

from survey.samples.tenure import CODE, LEVELS, tenure_of


class TestTenureOf:
    def test_spreads_people_over_all_levels_alike_each_time(self) -> None:
        said = [tenure_of(number)[CODE] for number in range(600)]

        assert said == [tenure_of(number)[CODE] for number in range(600)]
        assert min(Counter(said)[level] for level in LEVELS) > 150

    def test_gives_the_people_of_one_team_several_levels(self) -> None:
        for first in range(0, 600, 9):
            assert len({tenure_of(number)[CODE] for number in range(first, first + 9)}) > 1
