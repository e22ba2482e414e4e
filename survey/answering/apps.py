"""The Django application answering."""

from django.apps import AppConfig


class AnsweringConfig(AppConfig):
    name = "survey.answering"
