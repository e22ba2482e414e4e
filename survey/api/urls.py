"""Addresses of api."""

from django.urls import path

from survey.api.v1.interactions import InteractionsView

app_name = "api"
urlpatterns = [
    path("interactions/", InteractionsView.as_view(), name="interactions"),
]
