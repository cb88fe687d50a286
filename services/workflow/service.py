"""The workflow, put together of its entrypoints: load → handler → dump."""

from __future__ import annotations

from services.workflow.entrypoints.applying import Applying
from services.workflow.entrypoints.archiving import Archiving
from services.workflow.entrypoints.cases import Cases
from services.workflow.entrypoints.desk import Desk
from services.workflow.entrypoints.engine import Engine
from services.workflow.entrypoints.exporting import Exporting
from services.workflow.entrypoints.hearing import Hearing
from services.workflow.entrypoints.judging import Judging
from services.workflow.entrypoints.papers import Papers
from services.workflow.entrypoints.processes import Processes
from services.workflow.entrypoints.rating import Rating
from services.workflow.entrypoints.reengineering import Reengineering
from services.workflow.entrypoints.remedying import Remedying
from services.workflow.entrypoints.serving import Serving
from services.workflow.entrypoints.supervision import Supervision
from services.workflow.entrypoints.trying import Trying


class Service(
    Applying,
    Archiving,
    Cases,
    Desk,
    Engine,
    Exporting,
    Hearing,
    Judging,
    Papers,
    Processes,
    Rating,
    Reengineering,
    Remedying,
    Serving,
    Supervision,
    Trying,
):
    """業務辦理: cases, processes, clocks, tasks. The only service that calls others."""

    name = "workflow"
