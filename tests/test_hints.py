"""Tests of hints that were overtaken, on a worker's own way of running a task."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery
from celery.app.trace import build_tracer

from config.celery import app as product
from config.hints import SENT_AT, HintedTask

done: list[str] = []


@pytest.fixture
def stage() -> Iterator[HintedTask]:
    app = Celery("hints", task_cls="config.hints:HintedTask", set_as_current=False)

    @app.task(name="hints.work", shared=False)
    def work() -> None:
        done.append("work")

    done.clear()
    app.finalize()
    yield app.tasks["hints.work"]
    app.close()


def run(task: HintedTask, sent_at: float | None) -> None:
    headers = {} if sent_at is None else {SENT_AT: sent_at}
    trace = build_tracer(task.name, task, app=task.app)
    outcome: Any = trace("an-id", (), {}, {"headers": headers, "id": "an-id"})
    assert outcome.info is None, outcome


class TestHintedTask:
    def test_does_the_work_of_a_hint(self, stage: HintedTask) -> None:
        run(stage, time.time())
        assert done == ["work"]

    def test_skips_a_hint_that_was_sent_before_the_work_last_began(self, stage: HintedTask) -> None:
        early = time.time() - 5
        run(stage, early)
        run(stage, early + 1)
        assert done == ["work"]

    def test_does_the_work_again_for_a_later_hint(self, stage: HintedTask) -> None:
        run(stage, time.time())
        run(stage, time.time())
        assert done == ["work", "work"]

    def test_does_the_work_of_a_hint_that_does_not_say_when(self, stage: HintedTask) -> None:
        run(stage, None)
        run(stage, None)
        assert done == ["work", "work"]

    def test_says_when_it_sends(self, stage: HintedTask) -> None:
        stage.app.conf.broker_url = "memory://"
        before = time.time()
        with (
            stage.app.connection_for_write() as connection,
            connection.SimpleQueue("celery") as queue,
        ):
            stage.apply_async(connection=connection)
            sent_at = queue.get(timeout=1).headers[SENT_AT]
        assert before <= sent_at <= time.time()

    def test_is_what_every_stage_of_the_product_is(self) -> None:
        product.finalize()
        product.loader.import_default_modules()
        stages = [task for name, task in product.tasks.items() if not name.startswith("celery.")]
        assert stages
        assert all(isinstance(task, HintedTask) for task in stages)
