"""People out of counts."""

from survey.samples.counts import count_people, lay_out_people, write_code, write_team_code

TALLY = {"q1": [(1, 2), (3, 1)], "q2": [(2, 1), (1, 0)]}


class TestLayOutPeople:
    def test_gives_the_i_th_person_the_option_at_place_i_of_each_item(self) -> None:
        assert list(lay_out_people(TALLY)) == [{"q1": 1, "q2": 2}, {"q1": 1}, {"q1": 3}]

    def test_keeps_the_row_order_of_the_options(self) -> None:
        assert [p["q1"] for p in lay_out_people({"q1": [(4, 1), (1, 1)]})] == [4, 1]

    def test_makes_nobody_out_of_nothing(self) -> None:
        assert list(lay_out_people({"q1": [(1, 0)]})) == []
        assert list(lay_out_people({})) == []


class TestCountPeople:
    def test_is_the_largest_total_of_an_item(self) -> None:
        assert count_people(TALLY) == 3


class TestWriteCode:
    def test_writes_small_letters_digits_and_underscores(self) -> None:
        assert write_code("Safety & Respect 2") == "safety_respect_2"


class TestWriteTeamCode:
    def test_keeps_letters_of_any_script(self) -> None:
        assert write_team_code("Äpfel 3/b") == "Äpfel-3-b"
