"""Predicts the tide at the quay from its harmonic constituents."""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

EPOCH = datetime(2026, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Constituent:
    name: str
    amplitude: float  # metres
    speed: float  # degrees per hour
    phase: float  # degrees at EPOCH

    def height(self, hours: float) -> float:
        return self.amplitude * math.cos(math.radians(self.speed * hours - self.phase))


class Tide:
    def __init__(self, mean: float, constituents: list[Constituent]) -> None:
        self.mean = mean
        self.constituents = constituents

    @classmethod
    def load(cls, path: Path) -> Tide:
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(data["mean_m"], [Constituent(**item) for item in data["constituents"]])

    def height(self, when: datetime) -> float:
        hours = (when - EPOCH).total_seconds() / 3600
        return self.mean + sum(part.height(hours) for part in self.constituents)

    def turns(self, start: datetime, span: timedelta) -> list[tuple[datetime, float, str]]:
        """High and low waters, found minute by minute: slow, and good enough."""
        step = timedelta(minutes=1)
        found = []
        before, here = self.height(start - step), self.height(start)
        when = start
        while when < start + span:
            after = self.height(when + step)
            if before < here >= after:
                found.append((when, here, "high"))
            elif before > here <= after:
                found.append((when, here, "low"))
            before, here, when = here, after, when + step
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("day", type=datetime.fromisoformat, help="for instance 2026-09-14")
    parser.add_argument("--harmonics", type=Path, default=Path(__file__).with_name("harmonics.json"))
    arguments = parser.parse_args()
    tide = Tide.load(arguments.harmonics)
    start = arguments.day.replace(tzinfo=timezone.utc)
    for when, height, kind in tide.turns(start, timedelta(days=1)):
        print(f"{when:%H:%M}  {height:4.1f} m  {kind}")


if __name__ == "__main__":
    main()
