"""The Django application questionnaires."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "survey.questionnaires"
