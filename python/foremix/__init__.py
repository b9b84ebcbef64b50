"""Forecasts a channel mix before the quarter starts: draws as tables of Arrow, summaries as dictionaries.

    import foremix

    forecast = foremix.run("quarter.toml", sets=["channels.search.budget=90k"], runs=20_000)
    forecast.summary["targets"]["revenue"]["probability"]
    forecast.draws.to_pandas()["profit"].quantile(0.1)

A draw is one simulated quarter: a row with its number, every outcome and every uncertain input, under the names that
draws.csv of `foremix run --formats csv` has. What a draw lacks (no win, so no cost of one) is null. The same plan and seed
give the figures that the command gives.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Union

from . import _foremix

if TYPE_CHECKING:
    import pandas
    import pyarrow

__all__ = ["Comparison", "Forecast", "compare", "run", "sweep"]

StrPath = Union[str, "os.PathLike[str]"]


@dataclass(frozen=True)
class Forecast:
    """The forecast of a plan."""

    draws: pyarrow.Table
    """a row a draw; on the memory that the engine wrote, so nothing is copied"""
    summary: dict[str, Any] = field(repr=False)
    """what summary.json of `foremix run` holds"""

    def to_pandas(self) -> pandas.DataFrame:
        """The draws as a DataFrame of pandas, by the number of the draw."""
        return self.draws.to_pandas().set_index("draw")


@dataclass(frozen=True)
class Comparison:
    """Plans on the same luck: draw i of each is the same future."""

    draws: dict[str, pyarrow.Table]
    """a table of draws for each plan, by its label; first the plan that the others are held against"""
    summary: dict[str, Any] = field(repr=False)
    """what summary.json of `foremix compare` holds"""


class _Request:
    """What the compiled half reads the fields of."""

    def __init__(self, sets: Sequence[str], runs: int | None, seed: int | None) -> None:
        self.sets, self.runs, self.seed = _strings("sets", sets), runs, seed


def _strings(name: str, given: Sequence[str]) -> list[str]:
    if isinstance(given, str):
        raise TypeError(f"{name} is a list of strings: {name}=[{given!r}]")
    return list(given)


def run(
    path: StrPath,
    sets: Sequence[str] = (),
    *,
    variant: str | None = None,
    runs: int | None = None,
    seed: int | None = None,
) -> Forecast:
    """Simulates a plan.

    `sets` are changes as --set takes them: "channels.search.budget=90k". `runs` and `seed` are those of the file unless
    they are given. A faulty plan is a ValueError with every fault underlined, a file that can't be read an OSError.
    """
    draws, summary = _foremix.run(os.fspath(path), variant, _Request(sets, runs, seed))
    return Forecast(draws, json.loads(summary))


def compare(
    *plans: StrPath | tuple[StrPath, str],
    sets: Sequence[str] = (),
    runs: int | None = None,
    seed: int | None = None,
) -> Comparison:
    """Simulates plans on the same luck and holds each against the first.

    A variant is a pair: ("quarter.toml", "lean"). A file alone is compared with all of its variants.
    """
    pairs = [(os.fspath(plan[0]), plan[1]) if isinstance(plan, tuple) else (os.fspath(plan), None) for plan in plans]
    tables, summary = _foremix.compare(pairs, _Request(sets, runs, seed))
    return Comparison(dict(tables), json.loads(summary))


def sweep(
    path: StrPath,
    vary: Sequence[str],
    *,
    outcomes: Sequence[str] = (),
    variant: str | None = None,
    sets: Sequence[str] = (),
    runs: int | None = None,
    seed: int | None = None,
) -> dict[str, Any]:
    """Simulates a plan with every value of one figure or two: vary=["channels.search.budget=10k..60k:11"].

    Gives what summary.json of `foremix sweep` holds: its "points" carry the values with the outcomes that were asked for,
    profit or revenue where none were.
    """
    request = _Request(sets, runs, seed)
    found = _foremix.sweep(os.fspath(path), variant, _strings("vary", vary), _strings("outcomes", outcomes), request)
    return json.loads(found)
