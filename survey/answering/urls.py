"""Addresses of answering."""

from django.urls import path

from survey.answering import branding, health, metrics, stopping, trying, views
from survey.answering.calls import views as calls
from survey.answering.digest.views import stop_digest
from survey.answering.heard import views as heard
from survey.answering.open import kiosk, widget
from survey.answering.open import views as open_views
from survey.answering.talk.views import conversation

app_name = "answering"
urlpatterns = [
    path("r/<str:token>/", views.answer, name="answer"),
    path("r/<str:token>/thanks/", views.thanks, name="thanks"),
    path("r/<str:token>/call/", calls.call, name="call"),
    path("o/<slug:code>/call/", calls.open_call, name="open_call"),
    path("call/<uuid:key>/", calls.called, name="called"),
    path("o/<slug:code>/", open_views.ask, name="open"),
    path("o/<slug:code>/thanks/", open_views.thanks, name="open_thanks"),
    path("o/<slug:code>/kiosk/", kiosk.ask, name="kiosk"),
    path("o/<slug:code>/kiosk/thanks/", kiosk.thanks, name="kiosk_thanks"),
    path("o/<slug:code>/kiosk/leave/", kiosk.leave, name="kiosk_leave"),
    path("o/<slug:code>/widget/", widget.ask, name="widget"),
    path("o/<slug:code>/widget/thanks/", widget.thanks, name="widget_thanks"),
    path("try/<str:token>/", trying.try_out, name="try"),
    path("try/<str:token>/stop/", trying.try_stop, name="try_stop"),
    path("stop/<str:token>/", stopping.stop, name="stop"),
    path("c/<str:key>/", conversation, name="conversation"),
    path("heard/", heard.heard, name="heard"),
    path("heard/<slug:code>/", heard.heard_staff, name="heard_staff"),
    path("heard/stop/<str:token>/", heard.stop_heard, name="stop_heard"),
    path("digest/stop/<str:token>/", stop_digest, name="stop_digest"),
    path("brand/<slug:digest>.css", branding.style, name="brand_style"),
    path("brand/<slug:digest>/logo", branding.logo, name="brand_logo"),
    path("privacy/", views.privacy, name="privacy"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("health/metrics", metrics.metrics, name="metrics"),
]
