"""BPMN 2.0 files: read, kept whole, written again."""

from services.workflow.domain.bpmn.faults import BpmnError, Finding, ModelInvalid
from services.workflow.domain.bpmn.model import Model
from services.workflow.domain.bpmn.reading import parse
from services.workflow.domain.bpmn.xml import write


def serialize(model: Model) -> bytes:
    """The file again: every element, id, shape, extension and comment that was read."""
    return write(model.tree)


__all__ = ["BpmnError", "Finding", "Model", "ModelInvalid", "parse", "serialize"]
