"""Addresses of the calls' part of the console."""

from django.urls import path

from survey.console.calls import views

app_name = "calls"
urlpatterns = [
    path("", views.home, name="home"),
    path("rota/", views.rota, name="rota"),
    path("rules/", views.rules, name="rules"),
]
