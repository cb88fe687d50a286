"""gdbos dead list · replay"""

from __future__ import annotations

import typer

from gdbos_runtime import broker, parking
from gdbos_runtime.cli.output import Refused, refusing, show
from gdbos_runtime.publisher import Publisher
from gdbos_runtime.settings import SERVICES, Settings
from gdbos_runtime.store import store_of

group = typer.Typer(no_args_is_help=True, help="Parked messages.")


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="dead")


@group.command("list")
def list_dead() -> None:
    """One parked message a line, as JSON without its body."""
    settings = Settings.current()
    with refusing():
        for service in SERVICES:
            for row in parking.parked(store_of(service, settings)):
                show({"service": service, **row, "id": f"{service}:{row['id']}"})


@group.command()
def replay(id: str) -> None:
    """Send one parked message (SERVICE:NUMBER) to its inbox again."""
    service, _, number = id.partition(":")
    if service not in SERVICES or not number.isdigit():
        raise Refused("ID has the form SERVICE:NUMBER, as in `gdbos dead list`")
    settings = Settings.current()
    if settings.embedded:
        raise Refused("replaying needs a running house behind RabbitMQ (GDBOS_AMQP_URI)")
    with refusing():
        body = parking.replay(store_of(service, settings), int(number))
        if body is None:
            raise Refused(f"{id} is not parked")
        Publisher(settings, confirm=True).publish(body, broker.EVENT_EXCHANGE, service, True, delivery_mode=2)
    print(f"replayed {id}")
