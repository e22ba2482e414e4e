"""The page of stories: choose released words to be played back, and hide them again."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.aggregation.models import ReleasedComment
from survey.core.timestamps import local_date
from survey.dashboards.access import Reader, refuse_trying
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.promises.access import MAY_PROMISE, is_office, offered_teams
from survey.dashboards.requests import open_to
from survey.dashboards.stories.forms import HideForm, StoryForm
from survey.dashboards.stories.pages import build_stories_page, tell_chosen, tell_waiting
from survey.dashboards.stories.reading import find_story, find_words
from survey.followup.telling import Choosing, HiddenStoryError, choose_story, hide_story
from survey.organization.models import Team


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MAY_PROMISE)
def stories(request: HttpRequest, reader: Reader) -> HttpResponse:
    """List the stories; ?comment= asks for a form to choose one, ?story= for one to hide it."""
    now = timezone.now()
    if request.method == "POST":
        refuse_trying(reader)
    named = request.POST if request.method == "POST" else request.GET
    if "comment" in named:
        return _choose(request, reader, find_words(reader, named["comment"]), now)
    if "story" in named:
        return _hide(request, reader, named["story"], now)
    if request.method == "POST":
        return redirect("dashboards:stories")
    page = build_stories_page(reader=reader, wanted=request.GET)
    return render(request, "dashboards/stories/list.html", {"page": page})


def _choose(
    request: HttpRequest, reader: Reader, words: ReleasedComment, now: datetime
) -> HttpResponse:
    form = _build_form(request, reader, words, now)
    if form.is_valid():
        data = form.cleaned_data
        choosing = Choosing(
            team=Team.objects.get(pk=data["team"]) if data["team"] else None,
            dedication=data["dedication"],
            is_on_heard_page=data["is_on_heard_page"],
            has_no_names=data.get("has_no_names", False),
        )
        try:
            choose_story(comment_id=words.comment_id, choosing=choosing, by=reader.user, now=now)
        except HiddenStoryError as error:  # hidden meanwhile
            raise UnknownChoiceError from error
        messages.success(request, _("It is told now, word for word as it was written."))
        return redirect("dashboards:stories")
    context = {"form": form, "row": tell_waiting(words)}
    status = 422 if form.errors else 200
    return render(request, "dashboards/stories/choose.html", context, status=status)


def _build_form(
    request: HttpRequest, reader: Reader, words: ReleasedComment, now: datetime
) -> StoryForm:
    teams = offered_teams(reader, today=local_date(now))
    home = words.group.group_teams.values_list("team_id", flat=True).first()
    return StoryForm(
        request.POST if request.method == "POST" else None,
        initial={"team": home},
        teams=[(pk, name) for pk, _, name in teams],
        has_everybody=is_office(reader),
        leave=words.comment.leave,
    )


def _hide(request: HttpRequest, reader: Reader, story_id: str, now: datetime) -> HttpResponse:
    story = find_story(reader, story_id)
    form = HideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        hide_story(story_id=story.pk, reason=form.cleaned_data["reason"], by=reader.user, now=now)
        messages.success(request, _("It is told no longer. Who hid it and why stands here."))
        return redirect("dashboards:stories")
    context = {"form": form, "story": tell_chosen(story)}
    status = 422 if form.errors else 200
    return render(request, "dashboards/stories/hide.html", context, status=status)
