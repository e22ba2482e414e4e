"""Addresses of the open links' part of the console."""

from django.urls import path

from survey.console.collectors import embedding, printing, switching, views

app_name = "collectors"
urlpatterns = [
    path("", views.home, name="home"),
    path("new/", views.new, name="new"),
    path("<int:wave_id>/", views.links, name="links"),
    path("<int:wave_id>/teams/", switching.add_teams, name="add_teams"),
    path("<int:wave_id>/tablets/", switching.set_up_tablets, name="tablets"),
    path("<int:wave_id>/print/", printing.sheet, name="sheet"),
    path("codes/<slug:code>.svg", printing.picture, name="picture"),
    path("codes/<slug:code>/switch/", switching.switch, name="switch"),
    path("codes/<slug:code>/site/", embedding.embed, name="embed"),
]
