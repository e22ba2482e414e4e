"""The Django application followup."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "survey.followup"
