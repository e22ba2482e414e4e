"""Addresses of the people feed."""

from django.urls import path

from survey.console.people import declaring, feeding, rosters, views

app_name = "people"
urlpatterns = [
    path("", views.home, name="home"),
    path("<int:person_id>/", views.person, name="person"),
    path("attributes/", declaring.attributes, name="attributes"),
    path("attributes/<slug:code>/drop/", declaring.drop, name="drop_attribute"),
    path("feeds/new/", feeding.new_feed, name="new_feed"),
    path("feeds/<int:feed_id>/", feeding.change_feed, name="feed"),
    path("feeds/<int:feed_id>/switch/", feeding.switch, name="switch_feed"),
    path("rosters/new/", rosters.upload, name="upload"),
    path("rosters/<int:roster_id>/", rosters.roster, name="roster"),
    path("rosters/<int:roster_id>/columns/", rosters.columns, name="columns"),
    path("rosters/<int:roster_id>/confirm/", rosters.confirm, name="confirm"),
    path("rosters/<int:roster_id>/discard/", rosters.discard, name="discard"),
    path("rosters/<int:roster_id>/difference.csv", rosters.difference, name="difference"),
]
