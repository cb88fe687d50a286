"""Compatibility of two JSON Schemas: yes with a proof, no with a witness, otherwise undecided."""

from services.standards.domain.compat.comparing import MODES, compare, compare_history, faults_of

__all__ = ["MODES", "compare", "compare_history", "faults_of"]
