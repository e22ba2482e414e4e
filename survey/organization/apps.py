"""The Django application organization."""

from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "survey.organization"
