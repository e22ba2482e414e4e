"""Folders and addresses from which lists are picked up by themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from survey.console.access import posted
from survey.console.filling import show_form
from survey.console.people.access import hr_only
from survey.console.people.forms import FeedForm
from survey.organization.models import RosterFeed
from survey.organization.services import save_feed, switch_feed


@hr_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_feed(request: HttpRequest) -> HttpResponse:
    """Set up a feed."""
    return _edit(request, None)


@hr_only
@require_http_methods(["GET", "HEAD", "POST"])
def change_feed(request: HttpRequest, feed_id: int) -> HttpResponse:
    """Change where or when a feed is looked at."""
    return _edit(request, get_object_or_404(RosterFeed, pk=feed_id))


@hr_only
@require_POST
def switch(request: HttpRequest, feed_id: int) -> HttpResponse:
    """Stop looking at a feed, or begin again."""
    feed = switch_feed(feed=get_object_or_404(RosterFeed, pk=feed_id))
    again = _("%(name)s is looked at again.")
    said = again if feed.is_active else _("%(name)s is no longer looked at.")
    messages.success(request, said % {"name": feed.name})
    return redirect("console:people:home")


def _edit(request: HttpRequest, feed: RosterFeed | None) -> HttpResponse:
    names = ("name", "location", "at", "applies_by_itself")
    initial = {name: getattr(feed, name) for name in names} if feed else {"at": "06:00"}
    form = FeedForm(posted(request), initial=initial)
    if form.is_valid():
        saved = save_feed(feed=feed, **form.cleaned_data)
        said = _("%(name)s is looked at every day from %(at)s.")
        messages.success(request, said % {"name": saved.name, "at": f"{saved.at:%H:%M}"})
        return redirect("console:people:home")
    return show_form(request, "console/people/feed.html", {"form": form, "feed": feed})
