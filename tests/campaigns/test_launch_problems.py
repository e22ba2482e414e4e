"""What stands in the way of a launch, in every language."""

from django.utils.translation import gettext, override

from survey.campaigns.launch_problems import say_launch_problem, tell_everybody
from survey.campaigns.models import Wave

NO_LETTER = "There is no letter yet: people would not know who asks them."


class TestTellEverybody:
    def test_tells_it_in_every_language_of_the_interface(self) -> None:
        with override("es"):
            said, abroad = tell_everybody(lambda: gettext(NO_LETTER))

        assert said == NO_LETTER
        assert set(abroad) == {"es", "de", "ar"}
        assert len({said, *abroad.values()}) == 4


class TestSayLaunchProblem:
    def test_tells_it_in_the_language_that_is_spoken(self) -> None:
        wave = Wave(launch_problem="Full.", launch_problem_abroad={"de": "Voll."})

        assert say_launch_problem(wave) == "Full."
        with override("de"):
            assert say_launch_problem(wave) == "Voll."

    def test_tells_what_was_kept_in_english_alone_as_it_was(self) -> None:
        with override("de"):
            assert say_launch_problem(Wave(launch_problem="Full.")) == "Full."

    def test_forgets_what_is_in_the_way_no_more(self) -> None:
        with override("de"):
            assert say_launch_problem(Wave(launch_problem_abroad={"de": "Voll."})) == ""
