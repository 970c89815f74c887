"""A figure: its samples, the other side's, its limits, and its line."""

import dataclasses
import statistics


@dataclasses.dataclass
class Limit:
    of: str  # "value" or "ratio"
    at_most: float = None
    at_least: float = None
    below: float = None

    def kept(self, number):
        if self.at_least is not None:
            return number >= self.at_least
        return number < self.below if self.below is not None else number <= self.at_most

    def text(self, unit):
        sign, number = next(
            (sign, n)
            for sign, n in (("<=", self.at_most), (">=", self.at_least), ("<", self.below))
            if n is not None
        )
        return f"{self.of} {sign} {number:g}" + (f" {unit}" if self.of == "value" else "")


@dataclasses.dataclass
class Figure:
    name: str
    unit: str
    limits: list
    ours: list
    other_name: str = ""
    other: list = dataclasses.field(default_factory=list)
    notes: dict = dataclasses.field(default_factory=dict)

    def record(self):
        value = statistics.median(self.ours)
        other = statistics.median(self.other) if self.other else None
        ratio = value / other if other else None
        return {
            "name": self.name,
            "value": round(value, 3),
            "unit": self.unit,
            "spread": spread(self.ours),
            "n": len(self.ours),
            "other": self.other_name or None,
            "other_value": None if other is None else round(other, 3),
            "other_spread": spread(self.other),
            "ratio": None if ratio is None else round(ratio, 3),
            "limit": ", ".join(limit.text(self.unit) for limit in self.limits),
            "kept": all(limit.kept(ratio if limit.of == "ratio" else value) for limit in self.limits),
            **self.notes,
        }


def spread(samples):
    if len(samples) < 2:
        return None
    low, _, high = statistics.quantiles(samples, n=4)
    return [round(low, 3), round(high, 3)]


def number(value):
    return f"{value:.0f}" if value >= 1000 else f"{value:.4g}"


def line_of(record):
    def side(value, around):
        return number(value) + (f" [{number(around[0])}..{number(around[1])}]" if around else "")

    other, ratio = "-", "-"
    if record["other"]:
        other = f"{record['other']} {side(record['other_value'], record['other_spread'])}"
        ratio = f"{record['ratio']:.3g}"
    kept = ("kept" if record["kept"] else "MISSED") if record["limit"] else ""
    return (
        f"{record['name']:<20} {side(record['value'], record['spread']):<24} {record['unit']:<10} "
        f"{other:<34} {ratio:<7} {record['limit']:<30} {kept}"
    )


def p99(samples):
    return sorted(samples)[min(len(samples) - 1, int(0.99 * len(samples)))]
