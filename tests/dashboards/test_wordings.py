"""What is said of measures that were worded anew."""

from django.utils.translation import override

from survey.dashboards.wordings import say_reworded


class TestSayReworded:
    def test_names_them_and_since_when(self) -> None:
        told = say_reworded(["Fairness", "Ease"], since="Q1 2026")

        assert told == "Worded differently since Q1 2026: not comparable: Fairness and Ease."
        assert say_reworded([], since="Q1 2026") == ""

    def test_keeps_names_apart_from_a_sentence_from_the_right(self) -> None:
        with override("ar"):
            assert "\u2068Fairness\u2069" in say_reworded(["Fairness"], since="Q1")
