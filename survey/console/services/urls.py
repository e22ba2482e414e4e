"""Addresses of who serves whom."""

from django.urls import path

from survey.console.services import bringing, views

app_name = "services"
urlpatterns = [
    path("", views.home, name="home"),
    path("add/", views.add, name="add"),
    path("import/", bringing.bring, name="import"),
    path("<int:service_id>/", views.service, name="service"),
]
