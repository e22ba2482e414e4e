"""Addresses of answering."""

from django.urls import path

from survey.answering import health, stopping, views

app_name = "answering"
urlpatterns = [
    path("r/<str:token>/", views.answer, name="answer"),
    path("r/<str:token>/thanks/", views.thanks, name="thanks"),
    path("stop/<str:token>/", stopping.stop, name="stop"),
    path("privacy/", views.privacy, name="privacy"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
