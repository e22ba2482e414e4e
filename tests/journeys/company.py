"""A company of nine teams for the journeys: eight below Bob, one below Charlie."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.message import EmailMessage
from http.client import HTTPResponse

from tests.cast import PASSWORD
from tests.journeys.mailbox import text_of
from tests.journeys.product import Product

PEOPLE_PER_TEAM = 5
CUSTOMERS_PER_TEAM = 14  # ten are compared even if the last four are kept one level up
AT_ONCE = 8
HARBOUR = tuple(f"harbour-{number}" for number in range(1, 9))
MILL = ("mill-1",)
TEAMS = (*HARBOUR, *MILL)
LINK = re.compile(r"https?://\S+/r/\S+/")


class StayHere(urllib.request.HTTPRedirectHandler):
    """Return redirects as they are: the address of the thank-you page is the answer."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        """Follow nothing."""


opener = urllib.request.build_opener(StayHere)


def set_up(product: Product) -> str:
    """Bring in the roster and the item bank, cast Alice, Bob and Charlie; return a till's key."""
    roster = product.folder / "people.csv"
    roster.write_text(_roster(), encoding="utf-8")
    printed = product.shell(
        "from django.core.management import call_command\n"
        "from survey.accounts.models import Role, User\n"
        "from survey.accounts.services import grant_role\n"
        "from survey.organization.models import Team\n"
        "call_command('load_item_bank')\n"
        f"call_command('import_roster', {str(roster)!r})\n"
        "def cast(name, role, team=None):\n"
        "    user = User.objects.create_user(\n"
        f"        email=f'{{name}}@example.org', name=name.title(), password={PASSWORD!r})\n"
        "    grant_role(user=user, role=role, team=team and Team.objects.get(code=team))\n"
        "cast('alice', Role.HR)\n"
        "cast('bob', Role.LEADER, 'harbour')\n"
        "cast('charlie', Role.LEADER, 'mill')\n"
        "call_command('create_api_token', email='alice@example.org', name='till')\n"
    )
    return printed.split()[-1]


def _roster() -> str:
    lines = ["person_id,name,email,team,team_name,parent"]
    lines += [
        ",,,company,The Company,",
        ",,,harbour,Harbour,company",
        ",,,mill,Mill,company",
    ]
    for code in TEAMS:
        name = code.replace("-", " ").title()
        lines += [
            f"{code}-{n},Sam {code} {n},{address(code, n)},{code},{name},{code.rsplit('-', 1)[0]}"
            for n in range(PEOPLE_PER_TEAM)
        ]
    return "\n".join(lines) + "\n"


def address(team: str, number: int) -> str:
    """Return the address of somebody who works in a team."""
    return f"{team}-{number}@staff.example.org"


def customer_address(team: str, number: int) -> str:
    """Return the address of a customer of a team."""
    return f"{team}-{number}@home.example.org"


def link_in(letter: EmailMessage) -> str:
    """Return the personal link of a letter."""
    found = LINK.search(text_of(letter))
    assert found is not None, text_of(letter)
    return found.group()


def post_interactions(product: Product, *, token: str) -> list[int]:
    """Tell the product by HTTP about every customer who was served; return the statuses."""
    served = [(team, number) for number in range(CUSTOMERS_PER_TEAM) for team in TEAMS]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda one: _post_interaction(product, token, *one), served))


def _post_interaction(product: Product, token: str, team: str, number: int) -> int:
    body = {
        "customer": {
            "id": f"{team}-{number}",
            "name": f"Kim {number}",
            "email": customer_address(team, number),
        },
        "team": team,
        "occurred_at": datetime.now(UTC).isoformat(),
    }
    request = urllib.request.Request(  # noqa: S310 - our own server on loopback
        product.url + "/api/v1/interactions/",
        data=json.dumps(body).encode(),
        headers={
            "Authorization": f"Token {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"{team}-{number}",
        },
    )
    return _status(request)


def answer_all(letters: Iterable[tuple[EmailMessage, dict[str, int]]]) -> None:
    """Send answers through the links of letters, as a browser without JavaScript would."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = list(pool.map(lambda one: _answer(*one), letters))
    assert set(statuses) == {302}


def _answer(letter: EmailMessage, answers: dict[str, int]) -> int:
    data = urllib.parse.urlencode(answers).encode()
    return _status(urllib.request.Request(link_in(letter), data=data))  # noqa: S310


def _status(request: urllib.request.Request) -> int:
    try:
        with opener.open(request, timeout=20) as reply:
            assert isinstance(reply, HTTPResponse)
            return reply.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
