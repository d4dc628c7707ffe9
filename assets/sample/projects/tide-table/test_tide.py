from datetime import datetime, timedelta, timezone

from tide import Constituent, Tide

DAY = datetime(2026, 9, 14, tzinfo=timezone.utc)


def test_half_a_moon_day_lies_between_high_waters():
    tide = Tide(1.5, [Constituent("M2", 1.0, 28.984104, 0.0)])
    highs = [when for when, _, kind in tide.turns(DAY, timedelta(days=2)) if kind == "high"]
    gaps = [later - earlier for earlier, later in zip(highs, highs[1:])]
    assert all(abs(gap - timedelta(hours=12, minutes=25)) < timedelta(minutes=2) for gap in gaps)


def test_without_constituents_the_water_stays():
    assert Tide(1.5, []).height(DAY) == 1.5
