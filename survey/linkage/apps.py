"""The Django application linkage."""

from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "survey.linkage"
