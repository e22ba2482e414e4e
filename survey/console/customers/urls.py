"""Addresses of the customers' part of the console."""

from django.urls import path

from survey.console.customers import codes, erasing, files, rules, sources, views

app_name = "customers"
urlpatterns = [
    path("", views.home, name="home"),
    path("rules/<slug:code>/", rules.change_rules, name="rules"),
    path("contacts/new/", files.upload, name="upload"),
    path("contacts/<int:file_id>/", files.contact_file, name="file"),
    path("contacts/<int:file_id>/confirm/", files.confirm, name="confirm"),
    path("contacts/<int:file_id>/discard/", files.discard, name="discard"),
    path("sources/new/", sources.new_source, name="new_source"),
    path("sources/<slug:code>/", sources.source, name="source"),
    path("sources/<slug:code>/try/", sources.try_it, name="try_source"),
    path("sources/<slug:code>/rotate/", sources.rotate, name="rotate_source"),
    path("sources/<slug:code>/switch/", sources.switch, name="switch_source"),
    path("known/", erasing.find, name="find"),
    path("known/export/", erasing.export, name="export"),
    path("known/erase/", erasing.erase, name="erase"),
    path("codes/<int:wave_id>/", codes.codes, name="codes"),
]
