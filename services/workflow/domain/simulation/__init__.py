"""Simulation 仿真 of processes: discrete events on the real engine, under a scenario, repeated under a seed."""

from services.workflow.domain.simulation.reading import read
from services.workflow.domain.simulation.scenario import Scenario
from services.workflow.domain.simulation.study import ready, replication, replications, simulate, summary
from services.workflow.domain.simulation.suggesting import suggested

__all__ = ["Scenario", "read", "ready", "replication", "replications", "simulate", "suggested", "summary"]
