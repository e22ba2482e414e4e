"""The Django application responses."""

from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "survey.responses"
