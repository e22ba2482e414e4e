"""The Django application letters."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "survey.letters"
