"""Pages that show people: all of them in numbers, and one by name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.console.people.access import hr_only
from survey.console.people.pages import build_home_page, build_person_page
from survey.core.timestamps import local_date

LONGEST_SEARCH = 100


@hr_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show how many people there are, and where the next list comes from."""
    sought = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_SEARCH]
    page = build_home_page(sought=sought, today=local_date(timezone.now()))
    return render(request, "console/people/home.html", {"page": page})


@hr_only
@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show where one person has been, and how they are written to; never what they answered."""
    page = build_person_page(person_id=person_id, today=local_date(timezone.now()))
    if page is None:
        raise Http404
    return render(request, "console/people/person.html", {"page": page})
