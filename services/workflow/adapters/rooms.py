"""Puts the adapters together for one unit of work."""

from __future__ import annotations

from gdbos_runtime.rpc import Caller
from gdbos_runtime.unit_of_work import UnitOfWork
from services.workflow.adapters.archives import ArchiveRepository
from services.workflow.adapters.calendar import CalendarRepository
from services.workflow.adapters.clients import CatalogClient, HubClient, Remembered, StandardsClient
from services.workflow.adapters.desk import TaskRepository, TimerRepository
from services.workflow.adapters.inbox import InboxRepository
from services.workflow.adapters.journal import HistoryRepository, IncidentRepository
from services.workflow.adapters.migrations import MigrationRepository
from services.workflow.adapters.people import Pseudonyms
from services.workflow.adapters.printer import JinjaPrinter
from services.workflow.adapters.prints import PrintRepository
from services.workflow.adapters.processes import Memory, ProcessRepository
from services.workflow.adapters.ratings import RatingRepository
from services.workflow.adapters.repository import CaseRepository, PaperRepository, TimelineRepository
from services.workflow.adapters.standing import DelegationRepository, FilterRepository
from services.workflow.adapters.supervising import OrderRepository, RecordRepository, SuccessionRepository
from services.workflow.adapters.waiting import JobRepository, SubscriptionRepository
from services.workflow.adapters.watching import ClockRepository
from services.workflow.ports import Others, Room


def room_of(work: UnitOfWork, memory: Memory) -> Room:
    return Room(
        cases=CaseRepository(work),
        tasks=TaskRepository(work),
        inbox=InboxRepository(work),
        delegations=DelegationRepository(work),
        filters=FilterRepository(work),
        people=Pseudonyms(),
        timers=TimerRepository(work),
        subscriptions=SubscriptionRepository(work),
        jobs=JobRepository(work),
        history=HistoryRepository(work),
        incidents=IncidentRepository(work),
        migrations=MigrationRepository(work),
        timeline=TimelineRepository(work),
        papers=PaperRepository(work),
        prints=PrintRepository(work),
        ratings=RatingRepository(work),
        processes=ProcessRepository(work, memory),
        printer=JinjaPrinter(),
        calendars=CalendarRepository(work, memory.calendars),
        clocks=ClockRepository(work),
        records=RecordRepository(work),
        orders=OrderRepository(work),
        successions=SuccessionRepository(work),
        archives=ArchiveRepository(work),
        work=work,
    )


def others_of(catalog: Caller, standards: Caller, datahub: Caller, remembered: Remembered) -> Others:
    return Others(
        CatalogClient(catalog, remembered), StandardsClient(standards, remembered), HubClient(datahub)
    )
