"""What was simulated, compared, studied or imported, told on lines for people."""

from __future__ import annotations

from typing import Any

from gdbos_contracts.text import pick


def print_comparison(found: dict[str, Any]) -> None:
    for step in found["steps"]:
        name = (step["new"] or step["old"])["name"]
        print(f"{step['change']:10} {step['id']:24} {name}  {', '.join(step['fields'])}")
    for side in ("old", "new"):
        way = found[side]["critical"]
        print(f"{side:10} longest way {way['days']:.2f} working days: {' > '.join(way['steps'])}")
        print(f"{side:10} expected {_range(found['expected'][side])} working days (simulated)")
    print(
        f"{'saved':10} "
        + ", ".join(
            f"{name} {'?' if value is None else f'{value:g}'}" for name, value in found["saved"].items()
        )
    )
    for each in found["parallel"]:
        print(
            f"{'parallel':10} {' | '.join(each['steps'])} could run side by side: {each['saves']:.2f} days less"
        )


def print_study(report: dict[str, Any]) -> None:
    for side in ("before", "after"):
        print(f"{side}: " + ", ".join(f"{name} {n}" for name, n in report[side]["counts"].items()))
        print_summary(report[side]["simulation"])
    print("saved: " + ", ".join(f"{name} {value:.4g}" for name, value in report["saved"].items()))


def print_import(found: dict[str, Any]) -> None:
    print(f"{found['id']}  {found['name']}")
    for note in found["notes"]:
        print(f"  {'note':8} {note['pointer']}  {pick(note['message'], 'en')}")
    for finding in found["findings"]:
        print(f"  {words(finding)}")


def print_summary(found: dict[str, Any]) -> None:
    """What a simulation found, for people."""
    duration = found["duration"]
    print(f"{'arrivals':12} {_range(found['arrivals'])}   in flight at the end {_range(found['in_flight'])}")
    for name in ("mean", "median", "p90"):
        print(f"{'days ' + name:12} {_range(duration[name])}")
    if duration["late"]:
        print(f"{'late':12} {_range(duration['late'], 100)} % over {found['limit']} working days")
    for name, role in found["roles"].items():
        print(
            f"{'role':12} {name}: people {role['people']['mean']:.0f}, busy {_range(role['utilisation'], 100)} %, "
            f"queue {_range(role['queue'])}, wait {_range(role['wait'])} h"
        )
    neck = found["bottleneck"]
    if neck:
        print(
            f"{'bottleneck':12} {neck['step']} ({neck['role']}): {neck['wait']:.2f} h of waiting per arrival"
        )


def _range(value: dict[str, Any] | None, factor: float = 1) -> str:
    if value is None:
        return "-"
    if value["low"] is None:
        return f"{value['mean'] * factor:.2f}"
    half = (value["high"] - value["mean"]) * factor
    return f"{value['mean'] * factor:.2f} ± {half:.2f}"


def words(fault: dict[str, Any]) -> str:
    """One finding on one line."""
    return f"{fault['severity']:8} {fault['element']}  {pick(fault['message'], 'en')}"
