"""Addresses of the way in and of the leaders' pages."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path
from django.views.decorators.http import require_http_methods, require_POST

from survey.dashboards import views
from survey.dashboards.access_log.views import access_log
from survey.dashboards.calls.views import call, calls
from survey.dashboards.cascade.views import bundle as cascade_bundle
from survey.dashboards.cascade.views import cascade
from survey.dashboards.changes.views import changes
from survey.dashboards.compare.views import compare
from survey.dashboards.figures.views import figures
from survey.dashboards.linkage.views import linkage
from survey.dashboards.overview.views import overview
from survey.dashboards.participation.views import participation
from survey.dashboards.playbacks.views import playback, playbacks, preview, publish
from survey.dashboards.promises.views import new_promise, promise, promises
from survey.dashboards.releases.views import releases
from survey.dashboards.see_as.views import see_as
from survey.dashboards.sheets.views import dpia, sheet
from survey.dashboards.stories.views import stories
from survey.dashboards.talk.views import talk
from survey.dashboards.team.views import team, teams, words
from survey.dashboards.words.views import all_words, hidden_words

log_in = require_http_methods(["GET", "HEAD", "POST"])(
    LoginView.as_view(redirect_authenticated_user=True)
)
dashboards = [
    path("access-log/", access_log, name="access-log"),
    path("calls/", calls, name="calls"),
    path("calls/<uuid:key>/", call, name="call"),
    path("cascade/", cascade, name="cascade"),
    path("cascade/bundle/", cascade_bundle, name="cascade-bundle"),
    path("changes/", changes, name="changes"),
    path("digest/", views.digest, name="digest"),
    path("figures/", figures, name="figures"),
    path("hidden-words/", hidden_words, name="hidden-words"),
    path("linkage/", linkage, name="linkage"),
    path("participation/", participation, name="participation"),
    path("overview/", overview, name="overview"),
    path("promises/", promises, name="promises"),
    path("promises/new/", new_promise, name="new-promise"),
    path("promises/<uuid:key>/", promise, name="promise"),
    path("playbacks/", playbacks, name="playbacks"),
    path("playbacks/<int:playback_id>/", playback, name="playback"),
    path("playbacks/<int:playback_id>/preview/", preview, name="playback-preview"),
    path("playbacks/<int:playback_id>/publish/", publish, name="playback-publish"),
    path("releases/", releases, name="releases"),
    path("see-as/", see_as, name="see-as"),
    path("sheet/", sheet, name="sheet"),
    path("sheet/dpia/", dpia, name="dpia"),
    path("stories/", stories, name="stories"),
    path("teams/", teams, name="teams"),
    path("teams/<str:team_code>/", team, name="team"),
    path("teams/<str:team_code>/words/", words, name="team-words"),
    path("teams/<str:team_code>/words/<uuid:comment_id>/", talk, name="talk"),
    path("waves/", compare, name="waves"),
    path("words/", all_words, name="words"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("login/", log_in, name="login"),
    path("logout/", require_POST(LogoutView.as_view()), name="logout"),
    path("dashboards/", include((dashboards, "dashboards"))),
]
