"""The Django application console."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "survey.console"
