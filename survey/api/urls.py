"""Addresses of api."""

from django.urls import path

from survey.api.v1.interactions import InteractionsView
from survey.api.v1.linkage import LinkageView

app_name = "api"
urlpatterns = [
    path("interactions/", InteractionsView.as_view(), name="interactions"),
    path("linkage/", LinkageView.as_view(), name="linkage"),
]
