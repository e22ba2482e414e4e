"""The Django application aggregation."""

from django.apps import AppConfig


class AggregationConfig(AppConfig):
    name = "survey.aggregation"
