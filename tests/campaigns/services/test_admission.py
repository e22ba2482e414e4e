import pytest
from django.db import connection

from survey.campaigns.keys import destroy_keys
from survey.campaigns.models import Credential, Group, Invitation, Wave
from survey.campaigns.selectors import get_link
from survey.campaigns.services import (
    CustomerData,
    admit_due_customers,
    close_wave,
    record_interaction,
    send_due_letters,
)
from survey.campaigns.services.admission import LOT
from survey.core.tokens import digest_token
from survey.letters.models import Delivery
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens_of
from tests.stages import stage

pytestmark = pytest.mark.django_db


@stage
def wave() -> Wave:
    teams = make_teams({"top": None, "shop": "top", "depot": "top"}, {})
    return make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))


def meet(number: int, team: str = "shop") -> None:
    record_interaction(
        idempotency_key=f"k{number}",
        request_digest="d",
        customer=CustomerData(f"c{number}", f"Customer {number}", f"c{number}@example.com"),
        team_code=team,
        occurred_at=NOW,
        now=NOW,
    )


class TestAdmitDueCustomers:
    def test_gives_a_link_that_opens_and_queues_its_letter(self, wave: Wave) -> None:
        meet(1)

        assert admit_due_customers(now=NOW) == 1
        (token,) = tokens_of(wave)
        assert get_link(token=token, now=NOW).group.code == "shop"
        assert Delivery.objects.get().address == "c1@example.com"
        assert send_due_letters(now=NOW).sent == 1

    def test_gives_everybody_a_link_of_their_own(self, wave: Wave) -> None:
        for number in range(30):
            meet(number, "shop" if number % 3 else "depot")

        admit_due_customers(now=NOW)

        digests = {digest_token(token) for token in tokens_of(wave)}
        assert len(digests) == 30
        assert Credential.objects.filter(digest__in=digests).count() == 30

    def test_admits_nobody_twice(self, wave: Wave) -> None:
        meet(1)
        admit_due_customers(now=NOW)

        assert admit_due_customers(now=NOW) == 0
        assert Delivery.objects.count() == 1

    def test_makes_credentials_ahead_in_lots(self, wave: Wave) -> None:
        meet(1)
        admit_due_customers(now=NOW)
        n_made = Credential.objects.count()
        meet(2)
        admit_due_customers(now=NOW)

        assert n_made == Credential.objects.count() == LOT + 1

    def test_makes_a_new_lot_where_the_old_one_is_used_up(self, wave: Wave) -> None:
        for number in range(LOT + 3):
            meet(number)
            admit_due_customers(now=NOW)

        assert Credential.objects.count() == 2 * (LOT + 1)
        assert len(set(tokens_of(wave))) == LOT + 3

    def test_counts_the_invited_up_the_tree(self, wave: Wave) -> None:
        for number, team in enumerate(("shop", "shop", "depot")):
            meet(number, team)

        admit_due_customers(now=NOW)

        counts = dict(Group.objects.filter(wave=wave).values_list("code", "n_invited"))
        assert counts == {"top": 3, "shop": 2, "depot": 1}

    def test_lets_customers_wait_where_the_keys_are_lost(self, wave: Wave) -> None:
        meet(1)
        destroy_keys(wave=wave)

        assert admit_due_customers(now=NOW) == 0
        assert Invitation.objects.filter(is_admitted=False).count() == 1

    def test_admits_nobody_to_a_closed_wave(self, wave: Wave) -> None:
        meet(1)
        close_wave(wave_id=wave.pk, now=NOW)

        assert admit_due_customers(now=NOW) == 0
        assert not Credential.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestWhatJoinsCredentialsToCustomers:
    def test_is_not_the_transaction_that_wrote_them(self, wave: Wave) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("only PostgreSQL keeps xmin")
        for number in range(3):
            meet(number)
            admit_due_customers(now=NOW)

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM campaigns_credential c "
                "JOIN campaigns_invitation i ON i.xmin = c.xmin"
            )
            assert cursor.fetchone() == (0,)
        assert Invitation.objects.filter(is_admitted=True).count() == 3
