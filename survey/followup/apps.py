"""The Django application followup."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from survey.followup.checks import check_server


class FollowupConfig(AppConfig):
    name = "survey.followup"

    def ready(self) -> None:
        """Have the database server looked at by `check --deploy`."""
        register(check_server, Tags.security, deploy=True)
