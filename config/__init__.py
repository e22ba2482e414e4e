"""The project's configuration; importing it makes the Celery application current."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
