"""The figures of a bench plan, read from its scenario, so that a rival can't simulate another plan."""

import math
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

Z95 = 1.6448536269514722
CHANNELS = ["search", "social", "letters", "walk_in"]


@dataclass(frozen=True)
class Range:
    """A 90 % interval: normal on the log scale of an amount, on the logit scale of a share."""

    low: float
    high: float
    share: bool

    def of(self, z):
        """Its value at a standard normal."""
        scale = (lambda x: math.log(x / (1 - x))) if self.share else math.log
        low, high = scale(self.low), scale(self.high)
        y = (low + high) / 2 + (high - low) / (2 * Z95) * z
        return 1 / (1 + np.exp(-y)) if self.share else np.exp(y)


@dataclass(frozen=True)
class Plan:
    """What a rival needs of it."""

    weeks: int
    tail: int
    tail_load: float
    tables: dict

    @staticmethod
    def read(path):
        tables = tomllib.loads(Path(path).read_text())
        if base := tables.get("extends"):
            own = tables["horizon"]
            tables = tomllib.loads((Path(path).parent / base).read_text())
            tables["horizon"].update(own)
        horizon = tables["horizon"]
        return Plan(horizon["weeks"], horizon["tail_weeks"], horizon.get("tail_load", 0.8), tables)

    def __getitem__(self, path):
        """A certain figure, or a `Range`."""
        figure = self.tables
        for key in path.split("."):
            figure = figure[key]
        if not isinstance(figure, str):
            return float(figure)
        low, high = (float(end.rstrip("%")) for end in figure.split(" to "))
        share = figure.endswith("%")
        return Range(low / 100, high / 100, True) if share else Range(low, high, False)

    def uncertain(self):
        """The uncertain figures, in the order in which rivals draw them."""
        paths = ["channels.search.cost_per_click", "channels.search.visit_to_lead", "channels.social.cost_per_click",
                 "channels.social.visit_to_lead", "channels.letters.response_rate", "channels.walk_in.leads"]
        paths += [f"channels.{name}.qualified" for name in CHANNELS]
        paths += [f"sales.{key}" for key in ["selling_time", "opportunity_rate", "close_rate", "cycle_weeks"]]
        return [self[path] for path in paths + ["deals.average_value"]]

    def variation(self):
        """By channel, the standard deviation of the log of its weekly noise."""
        cvs = [self.tables["channels"][name].get("variation", 0.0) for name in CHANNELS]
        return np.sqrt(np.log1p(np.square(cvs)))


FIGURES = ["leads", "qualified", "opportunities", "wins", "new_revenue", "closing_later", "utilization", "backlog_end"]
