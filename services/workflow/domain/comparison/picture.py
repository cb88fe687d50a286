"""A before/after picture as SVG: working days with their spread and confidence, and what an applicant is asked.

No script, no style, no font of its own: it may stand in any page under any content policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from gdbos_contracts.text import Text, pick
from services.workflow.domain.faults import text

Json = Mapping[str, Any]
WIDTH, LEFT, RIGHT, BAR, GAP = 860, 190, 70, 22, 34
COLOURS = {"before": "#8a94a6", "after": "#1f6f54"}
WORDS: Mapping[str, Text] = {
    "before": text("再造前", "再造前", "before"),
    "after": text("再造后", "再造後", "after"),
    "mean": text("平均工作日", "平均工作日", "mean working days"),
    "median": text("中位工作日", "中位工作日", "median working days"),
    "p90": text("九成办结工作日", "九成辦結工作日", "90 % done, working days"),
    "forms": text("填表次数", "填表次數", "forms"),
    "fields": text("填写字段", "填寫欄位", "fields filled in"),
    "materials": text("提交材料", "提交材料", "materials"),
    "visits": text("跑动次数", "跑動次數", "visits"),
    "steps": text("环节", "環節", "steps"),
    "source": text(
        "仿真：种子 {0}，{1} 次重复，须线为 95% 置信区间；情景为演示假设",
        "模擬：種子 {0}，{1} 次重複，鬚線為 95% 置信區間；情景為演示假設",
        "Simulated: seed {0}, {1} replications, whiskers 95 % confidence; the scenario is an assumption",
    ),
}
DAYS = ("mean", "median", "p90")
COUNTS = ("forms", "fields", "materials", "visits", "steps")


def picture(report: Json, language: str = "zh-Hans") -> str:
    """SVG text of a report of journeys.report."""
    rows = [(name, *_days(report, name)) for name in DAYS] + [
        (name, *_count(report, name)) for name in COUNTS
    ]
    height = 110 + len(rows) * (2 * BAR + GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="sans-serif" font-size="14">',
        f"<title>{escape(pick(report['name'], language))}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(20, 32, pick(report["name"], language), 'font-size="18" font-weight="bold"'),
    ]
    for number, side in enumerate(("before", "after")):
        parts.append(f'<rect x="{20 + number * 110}" y="48" width="14" height="14" fill="{COLOURS[side]}"/>')
        parts.append(_text(40 + number * 110, 60, pick(WORDS[side], language)))
    for number, (name, before, after) in enumerate(rows):
        parts += _row(82 + number * (2 * BAR + GAP), pick(WORDS[name], language), before, after)
    before = report["before"]["simulation"]
    source = pick(WORDS["source"], language).format(before["seed"], before["replications"])
    parts.append(_text(20, height - 14, source, 'fill="#4a5160" font-size="12"'))
    return "".join([*parts, "</svg>"])


def _days(report: Json, name: str) -> tuple[Json, Json]:
    before, after = (report[side]["simulation"]["duration"][name] for side in ("before", "after"))
    return before or _exact(0), after or _exact(0)


def _count(report: Json, name: str) -> tuple[Json, Json]:
    return _exact(report["before"]["counts"][name]), _exact(report["after"]["counts"][name])


def _exact(value: float) -> Json:
    return {"mean": value, "low": None, "high": None}


def _row(top: int, label: str, before: Json, after: Json) -> list[str]:
    """Two bars on a scale of their own, so that days and counts may stand in one picture."""
    most = max(before["high"] or before["mean"], after["high"] or after["mean"], 1e-9)
    scale = (WIDTH - LEFT - RIGHT) / most
    parts = [_text(20, top + BAR + 6, label)]
    for number, (side, value) in enumerate((("before", before), ("after", after))):
        y = top + number * (BAR + 4)
        parts.append(
            f'<rect x="{LEFT}" y="{y}" width="{value["mean"] * scale:.1f}" height="{BAR}" fill="{COLOURS[side]}"/>'
        )
        end = LEFT + value["mean"] * scale
        if value["low"] is not None:
            low, high, middle = LEFT + value["low"] * scale, LEFT + value["high"] * scale, y + BAR / 2
            parts.append(
                f'<path d="M{low:.1f} {middle}H{high:.1f}M{low:.1f} {middle - 5}v10M{high:.1f} {middle - 5}v10" '
                'stroke="#14181f" fill="none"/>'
            )
            end = max(end, high)
        shown = f"{value['mean']:.1f}" if value["low"] is not None else f"{value['mean']:g}"
        parts.append(_text(end + 6, y + BAR - 6, shown))
    return parts


def _text(x: float, y: float, content: str, more: str = "") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" {more or "fill=" + chr(34) + "#14181f" + chr(34)}>{escape(content)}</text>'
