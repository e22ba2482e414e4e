"""The Django application campaigns."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "survey.campaigns"
