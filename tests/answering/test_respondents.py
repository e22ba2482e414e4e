"""What every respondent's page keeps to."""

from django.http import HttpRequest, HttpResponse  # noqa: TID251
from django.test import RequestFactory

from survey.answering.respondents import respondent_page


@respondent_page
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


class TestRespondentPage:
    def test_needs_no_cookie_to_be_safe(self) -> None:
        assert page.csrf_exempt is True  # type: ignore[attr-defined]

    def test_hides_posted_answers_from_error_reports(self, rf: RequestFactory) -> None:
        request = rf.post("/", {"fair": "1"})
        page(request)

        assert request.sensitive_post_parameters == "__ALL__"  # type: ignore[attr-defined]

    def test_allows_nothing_from_elsewhere(self, rf: RequestFactory) -> None:
        policy = page(rf.get("/"))._csp_config  # type: ignore[attr-defined]

        assert {value for values in policy.values() for value in values} == {"'none'", "'self'"}
