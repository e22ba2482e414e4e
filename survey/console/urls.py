"""Addresses of console."""

from django.urls import include, path

from survey.console import changing, starting, steering, views

app_name = "console"
urlpatterns = [
    path("teams/", views.teams, name="teams"),
    path("people/", include("survey.console.people.urls")),
    path("campaigns/", views.campaigns, name="campaigns"),
    path("campaigns/new/", starting.new_campaign, name="new_campaign"),
    path("campaigns/<slug:code>/", views.campaign, name="campaign"),
    path("campaigns/<slug:code>/letter/", changing.campaign_letter, name="campaign_letter"),
    path("campaigns/<slug:code>/waves/new/", starting.new_wave, name="new_wave"),
    path("pairings/new/", starting.new_pairing, name="new_pairing"),
    path("pulse/new/", starting.new_pulse, name="new_pulse"),
    path("customers/new/", starting.new_customer_survey, name="new_customer_survey"),
    path("waves/", views.waves, name="waves"),
    path("waves/<int:wave_id>/", views.wave, name="wave"),
    path("waves/<int:wave_id>/change/", changing.change, name="change"),
    path("waves/<int:wave_id>/discard/", changing.discard, name="discard"),
    path("waves/<int:wave_id>/launch/", steering.launch, name="launch"),
    path("waves/<int:wave_id>/close/", steering.close, name="close"),
    path("waves/<int:wave_id>/withdraw/", steering.withdraw, name="withdraw"),
]
