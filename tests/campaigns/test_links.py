"""The secrets in a person's links."""

from uuid import UUID

from pytest_django import Settings

from survey.campaigns.links import answer_token, answer_url, stop_token, stop_url

LINK_KEY = b"k" * 32
ANA, BEN = UUID(int=1), UUID(int=2)


class TestAnswerToken:
    def test_is_the_same_for_every_letter_to_one_person(self) -> None:
        first, second = (answer_token(link_key=LINK_KEY, invitation_key=ANA) for _ in range(2))

        assert first == second

    def test_differs_between_people_and_between_waves(self) -> None:
        made = {
            answer_token(link_key=key, invitation_key=person)
            for key in (LINK_KEY, b"l" * 32)
            for person in (ANA, BEN)
        }

        assert len(made) == 4


class TestStopToken:
    def test_is_made_from_the_answer_token_and_is_another(self) -> None:
        token = answer_token(link_key=LINK_KEY, invitation_key=ANA)

        assert stop_token(token=token) == stop_token(token=token)
        assert stop_token(token=token) != token

    def test_stays_secret_from_those_who_know_only_the_invitation(self) -> None:
        guessed = answer_token(link_key=b"", invitation_key=ANA)
        real = answer_token(link_key=LINK_KEY, invitation_key=ANA)

        assert stop_token(token=guessed) != stop_token(token=real)


class TestAddresses:
    def test_stand_below_the_address_of_the_product(self, settings: Settings) -> None:
        settings.BASE_URL = "https://hearth.example"

        assert answer_url(token="abc") == "https://hearth.example/r/abc/"
        assert stop_url(token="abc") == f"https://hearth.example/stop/{stop_token(token='abc')}/"
