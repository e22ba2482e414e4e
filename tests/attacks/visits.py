"""The people of the demo, what each of them read, and where to find what the tests look for."""

from collections import defaultdict
from functools import cache

from django.test import Client

from survey.accounts.models import User
from survey.accounts.selectors import get_scope
from survey.aggregation.models import Release, ReleasedComment
from survey.aggregation.periods import find_period
from survey.campaigns.models import Campaign, Group, GroupKind
from survey.core.periods import Period
from survey.dashboards.trees import read_tree
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from tests.attacks.crawling import crawl, find_unexplained
from tests.attacks.ledgers import Ledgers, find_miscounted, find_unreleased
from tests.attacks.printed import Printed
from tests.attacks.reading import Page

WIDELY = {"alice", "rita", "bob"}
FEW, MORE, MOST = 2, 5, 8  # pages of one shape: of others, of these, and of these in the soak


class Visits:
    """The demo's people, and what each of them read; everybody reads once."""

    def __init__(self, *, at_length: bool) -> None:
        self.per_shape = dict.fromkeys(WIDELY, MOST if at_length else MORE)
        self.printed = Printed()
        self.ledgers = Ledgers()
        self.surveys = set(Campaign.objects.values_list("name", flat=True))
        self.read = cache(self._read)

    def log_in(self, name: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(self.user(name))
        return client

    def user(self, name: str) -> User:
        return User.objects.get(email__startswith=f"{name}@")

    def _read(self, name: str) -> list[Page]:
        return crawl(self.log_in(name), per_shape=self.per_shape.get(name, FEW))

    def closed_to(self, name: str) -> set[str]:
        """Return the names of teams that somebody may read nothing of; those above them may be."""
        scope = get_scope(user=self.user(name))
        if scope.sees_everything:
            return set()
        tree = read_tree()
        above = {team for one in scope.past_team_ids for team in tree.path(one)}
        closed = Team.objects.exclude(pk__in=above)
        return set(closed.values_list("name", flat=True))

    def unexplained(self, pages: list[Page]) -> list[str]:
        return [
            f"{page.address}: {found}"
            for page in pages
            for found in find_unexplained(page, self.printed)
        ]

    def miscounted(self, pages: list[Page]) -> list[str]:
        return [
            f"{page.address}: {found}"
            for page in pages
            for found in find_miscounted(page, self.ledgers, self.printed.measures)
        ]

    def unreleased(self, pages: list[Page]) -> list[str]:
        return [found for page in pages for found in find_unreleased(page, self.ledgers)]

    def only_once(self) -> list[str]:
        """Return the words that one group alone holds."""
        groups: dict[str, set[str]] = defaultdict(set)
        for (group, _), told in self.ledgers.words.items():
            for text in told:
                groups[text].add(group)
        return [text for text, of in groups.items() if len(of) == 1]

    def told(self, pages: list[Page]) -> int:
        """Return how many words of people stand on some pages."""
        return sum(line.text in self.ledgers.written for page in pages for line in page.lines)


def find_hidden() -> Group:
    """Return a team whose staff were too few for a figure in the last wave."""
    release = Release.objects.filter(wave__campaign__audience=Audience.EMPLOYEE).latest("made_at")
    groups = Group.objects.filter(wave=release.wave, kind=GroupKind.TEAM)
    return groups.exclude(figures__metric="fairness")[0]


def find_words_page() -> str:
    """Return the address of the words of a team some of which were released."""
    told = ReleasedComment.objects.filter(group__kind=GroupKind.TEAM)
    one = told.select_related("group", "release__wave").order_by("pk")[0]
    start = find_period(one.release, Period.QUARTER)
    return f"/dashboards/teams/{one.group.code}/words/?period={start.isoformat()}"
