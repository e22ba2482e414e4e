"""The product's Celery application without its protection: tasks are forgotten as they begin."""

from config.celery import app

app.conf.update(task_acks_late=False, task_reject_on_worker_lost=False)
