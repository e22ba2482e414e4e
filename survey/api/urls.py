"""Addresses of api."""

from django.urls import path

from survey.api.v1.bounces import mail_events
from survey.api.v1.interactions import InteractionsView
from survey.api.v1.linkage import LinkageView
from survey.api.v1.questionnaires import EvaluationView, QuestionnairesView, QuestionnaireView
from survey.api.v1.releases import ReleasesView
from survey.api.v1.roster import RosterStateView, RosterView
from survey.api.v1.webhooks import HooksView

app_name = "api"
urlpatterns = [
    path("hooks/<slug:source>/", HooksView.as_view(), name="hooks"),
    path("interactions/", InteractionsView.as_view(), name="interactions"),
    path("mail-events/", mail_events, name="mail_events"),
    path("linkage/", LinkageView.as_view(), name="linkage"),
    path("questionnaires/", QuestionnairesView.as_view(), name="questionnaires"),
    path(
        "questionnaires/<slug:code>/<int:version>/",
        QuestionnaireView.as_view(),
        name="questionnaire",
    ),
    path(
        "questionnaires/<slug:code>/<int:version>/evaluate/",
        EvaluationView.as_view(),
        name="evaluation",
    ),
    path("releases/", ReleasesView.as_view(), name="releases"),
    path("roster/", RosterView.as_view(), name="roster"),
    path("roster/<int:roster_id>/", RosterStateView.as_view(), name="roster_state"),
]
