"""What the database knows of a link, in one statement."""

from pytest_django import DjangoAssertNumQueries

from survey.campaigns.link_rows import STATE, find_row
from survey.campaigns.models import Credential
from tests.answering.asking import Asked


class TestFindRow:
    def test_reads_the_credential_its_group_and_the_state_of_its_wave_at_once(
        self, asked: Asked, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(1):
            found = find_row(digest=asked.credential.digest, stop_digest="")

        assert found is not None
        assert found.credential == asked.credential
        assert vars(found.group)["name"] == asked.credential.group.name
        assert found.state == {name: getattr(asked.wave, name) for name in STATE}

    def test_reads_what_has_changed_meanwhile(self, asked: Asked) -> None:
        find_row(digest=asked.credential.digest, stop_digest="")
        Credential.objects.update(is_spent=True)

        found = find_row(digest=asked.credential.digest, stop_digest="")

        assert found is not None
        assert found.credential.is_spent

    def test_finds_nothing_behind_a_made_up_link(self, asked: Asked) -> None:
        assert find_row(digest="0" * 64, stop_digest="") is None
