"""The Django application dashboards."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "survey.dashboards"
