"""The pages of words, gathered."""

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.core.timestamps import local_date
from survey.dashboards.access import find_reader
from survey.dashboards.words.pages import build_words_page
from tests.dashboards.team.staging import everywhere, release, write
from tests.factories.aggregation import CLOSED

pytest_plugins = ["tests.dashboards.team.company"]


class TestBuildWordsPage:
    def test_names_homes_surveys_and_what_may_be_done(
        self, alice: User, team_sides: Pairing
    ) -> None:
        write(release(team_sides.ex, everywhere("fair", 70.0))["food"], "Between us", "NONE")

        page = build_words_page(reader=find_reader(user=alice), wanted={}, today=local_date(CLOSED))

        (row,) = page.rows
        assert (row.home, row.survey) == ("Food as a whole", "Inside, March 2026")
        assert (row.is_staff, row.may_be_told) == (True, False)
        assert (page.may_tell, page.may_see_hidden) == (True, True)
