"""Charts in the look of the house: two hues at most, quiet axes, a sentence for who cannot see."""

from __future__ import annotations

from typing import Any

from nicegui import ui

PALETTE = ("#18867c", "#e0a33a", "#5b7fc7", "#c0604a", "#7a8793")
INK = "#7b8893"
"""Readable on light and on dark."""
FAINT = "#9aa6b255"


def bars(
    names: list[str],
    series: dict[str, list[str]],
    *,
    summary: str,
    stacked: bool = False,
    height: int = 260,
) -> ui.echart:
    """Bars per month or installment; values are decimal text, ``summary`` says what is seen."""
    rounded = [3, 3, 0, 0]
    drawn = [
        {
            "type": "bar",
            "name": name,
            "data": values,
            "barMaxWidth": 26,
            "barGap": "8%",
            "stack": "all" if stacked else None,
            "itemStyle": {"borderRadius": 0 if stacked else rounded},
        }
        for name, values in series.items()
    ]
    return _shown(
        {
            **_quiet(),
            "legend": {
                "left": 0,
                "top": 0,
                "itemWidth": 10,
                "itemHeight": 10,
                "icon": "roundRect",
                "textStyle": {"color": INK},
            },
            "grid": _grid(top=40),
            "xAxis": _categories(names),
            "yAxis": _values(),
            "series": drawn,
        },
        summary,
        height,
    )


def steps(names: list[str], values: list[str], *, summary: str, height: int = 150) -> ui.echart:
    """A line in steps: what holds from each day on."""
    axis = _values()
    axis["axisLabel"] = {"color": INK, "formatter": "{value} %"}
    axis["scale"] = True
    return _shown(
        {
            **_quiet(),
            "grid": _grid(top=12),
            "xAxis": _categories(names),
            "yAxis": axis,
            "series": [{"type": "line", "step": "end", "data": values, "symbolSize": 7}],
        },
        summary,
        height,
    )


def _shown(options: dict[str, Any], summary: str, height: int) -> ui.echart:
    chart = ui.echart(options).style(f"height:{height}px;width:100%").props("role=img")
    chart.props["aria-label"] = summary
    return chart


def _quiet() -> dict[str, Any]:
    return {
        "color": list(PALETTE),
        "animationDuration": 250,
        "textStyle": {"fontFamily": "Inter Variable, Roboto, sans-serif", "color": INK},
        "tooltip": {
            "trigger": "axis",
            "axisPointer": {"type": "shadow"},
            ":valueFormatter": "v => Number(v).toLocaleString('en-US', {minimumFractionDigits: 2})",
        },
    }


def _grid(top: int) -> dict[str, Any]:
    return {
        "left": 4,
        "right": 8,
        "top": top,
        "bottom": 4,
        "outerBoundsMode": "same",
        "outerBoundsContain": "axisLabel",
    }


def _categories(names: list[str]) -> dict[str, Any]:
    return {
        "type": "category",
        "data": names,
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": FAINT}},
        "axisLabel": {"color": INK, "hideOverlap": True},
    }


def _values() -> dict[str, Any]:
    return {
        "type": "value",
        "splitLine": {"lineStyle": {"color": FAINT}},
        "axisLabel": {
            "color": INK,
            ":formatter": "v => Intl.NumberFormat('en-US', {notation: 'compact'}).format(v)",
        },
    }
