"""Chains of who stands above whom."""

from hypothesis import given
from hypothesis import strategies as st

from survey.organization.chains import MOST_LEVELS, follow_chains


class TestFollowChains:
    def test_counts_the_levels(self) -> None:
        assert follow_chains("abc", {"a": "", "b": "a", "c": "b"}).depths == {
            "a": 0,
            "b": 1,
            "c": 2,
        }

    def test_names_circles_but_not_what_hangs_below(self) -> None:
        found = follow_chains("abcd", {"a": "b", "b": "a", "c": "a", "d": ""})

        assert found.in_circles == {"a", "b"}
        assert found.depths == {"d": 0}

    def test_ends_at_what_nobody_knows(self) -> None:
        assert follow_chains("a", {"a": "elsewhere"}).in_circles == frozenset()

    def test_names_what_is_too_deep(self) -> None:
        above = {str(n): str(n - 1) if n else "" for n in range(MOST_LEVELS + 2)}

        assert follow_chains(above, above).too_deep == {str(MOST_LEVELS), str(MOST_LEVELS + 1)}

    @given(above=st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", *"abcdef"])))
    def test_agrees_with_walking_up_one_by_one(self, above: dict[str, str]) -> None:
        found = follow_chains(above, above)

        for code in above:
            seen, at = [code], above[code]
            while at and at not in seen:
                seen.append(at)
                at = above.get(at, "")
            assert (code in found.in_circles) == (at == code)
            assert (code in found.depths) == (at == "")
