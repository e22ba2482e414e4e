"""Addresses of the fatigue ledger's part of the console."""

from django.urls import path

from survey.console.fatigue import views

app_name = "fatigue"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<slug:audience>/", views.change_rule, name="rule"),
    path("<slug:audience>/reset/", views.reset_rule, name="reset"),
]
