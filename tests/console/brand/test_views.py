"""Tests of the page on which the people team says how surveys look."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from survey.accounts.models import Role, User
from survey.organization.models import Brand
from tests.cast import make_user

pytestmark = pytest.mark.django_db
PAGE = "/console/brand/"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def hr(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


class TestAccess:
    @pytest.mark.parametrize("role", [Role.CX_MANAGER, Role.ADMIN, Role.ANALYST, Role.AUDITOR])
    def test_is_closed_to_every_other_role(self, client: Client, role: Role) -> None:
        client.force_login(make_user("dora", role))
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, {"name": "Mine"}).status_code == 403
        assert not Brand.objects.exists()

    @pytest.mark.parametrize("who", ["bob", "charlie"])
    def test_is_closed_to_leaders(
        self, client: Client, request: pytest.FixtureRequest, who: str
    ) -> None:
        client.force_login(request.getfixturevalue(who))
        assert client.get(PAGE).status_code == 403

    def test_sends_strangers_to_the_log_in(self, client: Client) -> None:
        assert client.get(PAGE).headers["Location"].startswith("/login/")


class TestChange:
    def test_keeps_what_was_chosen(self, hr: Client) -> None:
        logo = SimpleUploadedFile("logo.svg", SVG)
        told = {"name": "Hearth", "light": "0F6B6B", "logo": logo}
        assert hr.post(PAGE, told, follow=True).status_code == 200

        brand = Brand.objects.get()
        assert (brand.name, brand.light) == ("Hearth", "#0F6B6B")
        assert b"script" not in bytes(brand.logo)

    def test_refuses_a_pale_colour_and_names_one_that_can_be_read(self, hr: Client) -> None:
        response = hr.post(PAGE, {"name": "Hearth", "light": "#FFDD00"})
        page = response.content.decode()
        assert response.status_code == 422
        assert "hard to read" in page
        assert "The nearest colour that everybody can read is #" in page
        assert not Brand.objects.exists()

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("light", "red", "six digits"),
            ("logo", SimpleUploadedFile("logo.png", b"not a picture"), "not a whole PNG"),
        ],
    )
    def test_says_what_is_wrong(self, hr: Client, field: str, value: object, says: str) -> None:
        response = hr.post(PAGE, {"name": "Hearth", field: value})
        assert response.status_code == 422
        assert says in response.content.decode()
