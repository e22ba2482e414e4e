"""The door of every leader page."""

from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse  # noqa: TID251 - a view to guard
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import User
from survey.dashboards.access import MAY_COMPARE, MAY_READ_LEDGER, Reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.requests import open_to, read_request


@open_to(MAY_COMPARE)
def page(request: HttpRequest, reader: Reader, name: str = "") -> HttpResponse:
    if name == "unknown":
        raise UnknownChoiceError(name)
    return HttpResponse(f"{reader.user.name} {name}")


@pytest.fixture
def request_of(rf: RequestFactory, db: None) -> object:
    def build(user: User | AnonymousUser) -> HttpRequest:
        request = rf.get("/")
        request.user = user
        request.session = import_module(settings.SESSION_ENGINE).SessionStore()
        return request

    return build


class TestOpenTo:
    def test_hands_the_view_who_reads(self, request_of, alice: User) -> None:  # type: ignore[no-untyped-def]
        assert page(request_of(alice), name="here").content == b"Alice here"

    def test_refuses_other_roles(self, request_of, charlie: User) -> None:  # type: ignore[no-untyped-def]
        guarded = open_to(MAY_READ_LEDGER)(lambda request, reader: HttpResponse())
        with pytest.raises(PermissionDenied):
            guarded(request_of(charlie))

    def test_sends_strangers_to_log_in(self, request_of) -> None:  # type: ignore[no-untyped-def]
        assert page(request_of(AnonymousUser())).status_code == 302

    def test_does_not_find_what_is_not_there_for_this_reader(self, request_of, alice: User) -> None:  # type: ignore[no-untyped-def]
        with pytest.raises(Http404):
            page(request_of(alice), name="unknown")


class TestReadRequest:
    def test_asks_once_in_a_request(  # type: ignore[no-untyped-def]
        self, request_of, bob: User, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        request = request_of(bob)
        with django_assert_num_queries(2):
            assert read_request(request) is read_request(request)
