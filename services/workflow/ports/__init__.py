"""What the handlers need; the adapters provide it. By noun; `Room` holds all of a unit of work."""

from services.workflow.ports.cases import Archives, Cases, Drafts, Keys, Papers, Ratings, Timeline
from services.workflow.ports.desk import Delegations, Inbox, People, SavedFilters, Tasks
from services.workflow.ports.engine import History, Incidents, Jobs, Logs, Processes, Subscriptions, Timers
from services.workflow.ports.others import Catalog, Flights, Hub, Others, Standards
from services.workflow.ports.papers import CannotPrint, Press, Prints, Signer, Typesetter
from services.workflow.ports.reengineering import ModelDrafts, Trials
from services.workflow.ports.room import Printer, Room, Work
from services.workflow.ports.supervision import Calendars, Clocks, Orders, Records, Successions

__all__ = [
    "Archives",
    "Calendars",
    "CannotPrint",
    "Cases",
    "Catalog",
    "Clocks",
    "Delegations",
    "Drafts",
    "Flights",
    "History",
    "Hub",
    "Inbox",
    "Incidents",
    "Jobs",
    "Keys",
    "Logs",
    "ModelDrafts",
    "Orders",
    "Others",
    "Papers",
    "People",
    "Press",
    "Printer",
    "Prints",
    "Processes",
    "Ratings",
    "Records",
    "Room",
    "SavedFilters",
    "Signer",
    "Standards",
    "Subscriptions",
    "Successions",
    "Tasks",
    "Timeline",
    "Timers",
    "Trials",
    "Typesetter",
    "Work",
]
