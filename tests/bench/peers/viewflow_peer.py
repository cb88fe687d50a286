"""django-viewflow on the flow: four tasks finished from code. `viewflow_peer.py COUNT FILE` prints milliseconds of CPU
of this process for each instance, with SQLite in WAL mode, each command in a transaction of its own."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django
from django.conf import settings
from engine_flow import ANSWER, PAYLOAD

APPS = ("django.contrib.contenttypes", "django.contrib.auth", "viewflow", "viewflow.workflow", "peers")
DATABASE = {
    "ENGINE": "django.db.backends.sqlite3",
    "OPTIONS": {"init_command": "pragma journal_mode=WAL; pragma synchronous=FULL"},
}


def flow_class() -> Any:
    """Defined when Django's applications are ready, which the models of viewflow ask for."""
    from viewflow import this
    from viewflow.workflow import flow
    from viewflow.workflow.models import Process

    class Bench(flow.Flow):
        process_class = Process
        start = flow.StartHandle(this.begin).Next(this.intake)
        intake = flow.Handle(this.finish).Next(this.choice)
        choice = flow.If(lambda activation: activation.process.data["amount"] > 100)
        choice = choice.Then(this.split).Else(this.end)
        split = flow.Split().Next(this.a).Next(this.b).Next(this.c)
        a = flow.Handle(this.finish).Next(this.join)
        b = flow.Handle(this.finish).Next(this.join)
        c = flow.Handle(this.finish).Next(this.join)
        join = flow.Join().Next(this.file)
        file = flow.Function(this.done).Next(this.end)
        end = flow.End()

        def begin(self, activation: Any) -> Any:
            activation.process.data = dict(PAYLOAD)
            return activation.process

        def finish(self, activation: Any) -> Any:
            activation.process.data = {**activation.process.data, **ANSWER}
            activation.process.save()
            return activation.process

        def done(self, activation: Any) -> None:
            pass

    Bench.__module__ = __name__
    return Bench


def main(count: int, file: str) -> float:
    settings.configure(
        INSTALLED_APPS=APPS,
        DATABASES={"default": {**DATABASE, "NAME": file}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=True,
    )
    django.setup()
    global Bench
    Bench = flow_class()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)

    def one() -> None:
        with transaction.atomic():
            process = Bench.start.run()
        for name in ("intake", "a", "b", "c"):
            with transaction.atomic():
                task = process.task_set.get(flow_task=getattr(Bench, name), finished=None)
                getattr(Bench, name).run(task)
        process.refresh_from_db()
        assert process.finished

    one()
    started = time.process_time()
    for _ in range(count):
        one()
    return (time.process_time() - started) / count * 1000


if __name__ == "__main__":
    from peers import viewflow_peer  # Django finds the flow by the name of its module

    print(json.dumps(viewflow_peer.main(int(sys.argv[1]), sys.argv[2])))
