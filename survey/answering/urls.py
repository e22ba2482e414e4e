"""Addresses of answering."""

from django.urls import path

from survey.answering import branding, health, metrics, stopping, trying, views
from survey.answering.open import kiosk, widget
from survey.answering.open import views as open_views

app_name = "answering"
urlpatterns = [
    path("r/<str:token>/", views.answer, name="answer"),
    path("r/<str:token>/thanks/", views.thanks, name="thanks"),
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
    path("brand/<slug:digest>.css", branding.style, name="brand_style"),
    path("brand/<slug:digest>/logo", branding.logo, name="brand_logo"),
    path("privacy/", views.privacy, name="privacy"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("health/metrics", metrics.metrics, name="metrics"),
]
