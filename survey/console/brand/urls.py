"""Addresses of the brand's part of the console."""

from django.urls import path

from survey.console.brand import views

app_name = "brand"
urlpatterns = [path("", views.change, name="change")]
