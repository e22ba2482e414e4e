import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.campaigns.participation import SMALLEST_SHOWN, coarsest_step, say_share, shown_groups


class TestSayShare:
    @pytest.mark.parametrize(
        ("answered", "invited", "said"),
        [
            (0, 100, "under 10 %"),
            (9, 100, "under 10 %"),
            (10, 100, "10 %"),
            (64, 100, "60 %"),
            (89, 100, "85 %"),
            (100, 100, "over 90 %"),
            (4, 20, "under 25 %"),
            (9, 20, "25 %"),
            (20, 20, "over 75 %"),
        ],
    )
    def test_rounds_down_to_the_coarser_step(self, answered: int, invited: int, said: str) -> None:
        step = coarsest_step(invited=[invited], k=5)

        assert say_share(n_answered=answered, n_invited=invited, step=step) == said

    @given(more=st.integers(0, 400), k=st.integers(5, 60))
    def test_never_tells_fewer_than_k_people_apart(self, more: int, k: int) -> None:
        invited = max(SMALLEST_SHOWN, 2 * k) + more
        step = coarsest_step(invited=[invited], k=k)
        said = [say_share(n_answered=n, n_invited=invited, step=step) for n in range(invited + 1)]

        assert min(said.count(words) for words in set(said)) >= k

    def test_finer_steps_would_tell_people_apart(self) -> None:
        said = [f"{100 * n // 20}" for n in range(21)]

        assert min(said.count(words) for words in set(said)) == 1


class TestCoarsestStep:
    def test_is_k_people_of_the_smallest_group(self) -> None:
        assert coarsest_step(invited=[400, 20, 60], k=5) == 25

    def test_is_never_finer_than_five_percent(self) -> None:
        assert coarsest_step(invited=[400, 1000], k=5) == 5


class TestShownGroups:
    def test_shows_groups_of_twenty_invited(self) -> None:
        parents = {1: None, 2: 1, 3: 1}

        assert shown_groups(parents=parents, invited={1: 0, 2: 20, 3: 25}, k=5) == {1, 2, 3}

    def test_shows_groups_large_enough_for_both_ends(self) -> None:
        parents = {1: None, 2: 1, 3: 1}

        assert shown_groups(parents=parents, invited={1: 0, 2: 21, 3: 30}, k=11) == {1}
        assert shown_groups(parents=parents, invited={1: 0, 2: 22, 3: 30}, k=11) == {1, 2, 3}

    def test_hides_what_would_tell_about_a_small_group_by_subtraction(self) -> None:
        parents = {1: None, 2: 1, 3: 1}

        assert shown_groups(parents=parents, invited={1: 0, 2: 40, 3: 6}, k=5) == {1}

    def test_shows_nothing_of_a_small_organisation(self) -> None:
        assert shown_groups(parents={1: None}, invited={1: 19}, k=5) == set()
