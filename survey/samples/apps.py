"""The Django application samples."""

from django.apps import AppConfig


class SamplesConfig(AppConfig):
    name = "survey.samples"
