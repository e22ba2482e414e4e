"""The Celery application and the whole timetable, in the order in which data flow."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

from config.broker import use_whole_messages

STAGES = (
    "organization.pick_up_rosters",
    "organization.read_rosters",
    "organization.apply_rosters",
    "campaigns.plan_rounds",
    "campaigns.launch_waves",
    "campaigns.open_waves",
    "campaigns.take_in_contacts",
    "campaigns.admit_customers",
    "campaigns.send_letters",
    "campaigns.send_texts",
    "campaigns.send_reminders",
    "campaigns.close_waves",
    "responses.seal_waves",
    "aggregation.refresh_rollups",
    "aggregation.make_releases",
    "followup.draft_playbacks",
    "aggregation.update_standings",
    "linkage.update_linkage",
    "campaigns.refresh_participation",
    "followup.remind_owners",
    "followup.settle_commitments",
    "followup.letter_playbacks",
    "followup.send_notices",
    "campaigns.forget_nonces",
    "campaigns.destroy_keys",
    "followup.note_tick",
)
DAILY = {
    "followup.forget_old": crontab(hour=3, minute=30),
    "followup.verify_invariants": crontab(hour=4, minute=0),
    "followup.send_digests": crontab(hour=5, minute=0),
}

REDIS_TRANSPORT = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
    "health_check_interval": 10,
}


def filesystem_transport() -> dict[str, object]:
    """Return the folders of the broker that needs no server, made if missing."""
    folders = {name: settings.BROKER_DIR / name for name in ("queue", "processed", "control")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folders["queue"]),
        "data_folder_out": str(folders["queue"]),
        "processed_folder": str(folders["processed"]),
        "control_folder": str(folders["control"]),
        "store_processed": False,
        "polling_interval": 0.05,
    }


use_whole_messages()
app = Celery("hearthline", task_cls="config.hints:HintedTask")
app.conf.update(
    broker_url=settings.REDIS_URL or "filesystem://localhost",
    broker_transport_options=REDIS_TRANSPORT if settings.REDIS_URL else filesystem_transport(),
    broker_connection_retry_on_startup=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=60,
    task_soft_time_limit=45,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    timezone=settings.TIME_ZONE,
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=20,
    worker_max_tasks_per_child=500,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    worker_hijack_root_logger=False,
    beat_schedule_filename=str(settings.DATA_DIR / "celerybeat-schedule"),
    beat_schedule={
        stage: {
            "task": stage,
            "schedule": settings.TICK_SECONDS,
            "options": {"expires": 10 * settings.TICK_SECONDS},
        }
        for stage in STAGES
    }
    | {
        task: {"task": task, "schedule": moment, "options": {"expires": 3600.0}}
        for task, moment in DAILY.items()
    },
)
app.autodiscover_tasks()
