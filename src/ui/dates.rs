//! Dates and times in words for a person, in their language and time zone.

use coffer_texts::tr;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Writes dates relative to the present, in the time zone of the person.
#[derive(Clone, Debug)]
pub struct DateFormat {
    now: Zoned,
}

impl DateFormat {
    pub fn new(now: Timestamp, zone: TimeZone) -> Self {
        Self { now: now.to_zoned(zone) }
    }

    pub fn now(&self) -> Timestamp {
        self.now.timestamp()
    }

    /// "Just now", "5 min ago", "2 h ago", "Yesterday", "Mon 09:14", "12 Oct", "30 Dec 2025".
    pub fn relative(&self, then: Timestamp) -> String {
        let age_secs = self.now.timestamp().as_second() - then.as_second();
        let then = then.to_zoned(self.now.time_zone().clone());
        let days = days_between(then.date(), self.now.date());
        match age_secs {
            // Clocks of other computers may be a little ahead.
            -120..=59 => tr!("just-now").to_owned(),
            60..=3599 => tr!("minutes-ago", count = age_secs / 60),
            _ if days == 0 && age_secs > 0 => tr!("hours-ago", count = age_secs / 3600),
            _ if days == 1 => tr!("yesterday").to_owned(),
            _ if (2..7).contains(&days) => {
                tr!("weekday-and-time", day = weekday_short(then.date()), time = clock_time(&then))
            }
            _ => short_date(then.date(), then.year() != self.now.year()),
        }
    }

    /// "12 November 2026, 08:31"
    pub fn exact(&self, then: Timestamp) -> String {
        let then = then.to_zoned(self.now.time_zone().clone());
        with_time(&long_date(then.date(), true), &clock_time(&then))
    }

    /// For the list of versions: "2 h ago", "Yesterday, 17:02", "12 November, 08:31", "12 November 2025, 08:31".
    pub fn moment(&self, then: Timestamp) -> String {
        let age_secs = self.now.timestamp().as_second() - then.as_second();
        let zoned = then.to_zoned(self.now.time_zone().clone());
        let days = days_between(zoned.date(), self.now.date());
        match days {
            0 if age_secs < 86_400 => self.relative(then),
            1 => with_time(tr!("yesterday"), &clock_time(&zoned)),
            _ if zoned.year() == self.now.year() => {
                with_time(&long_date(zoned.date(), false), &clock_time(&zoned))
            }
            _ => self.exact(then),
        }
    }

    /// As [`Self::moment`], but never relative and, where the minute is not enough, with seconds: "Today, 08:31:07".
    pub fn precise_moment(&self, then: Timestamp, with_seconds: bool) -> String {
        let zoned = then.to_zoned(self.now.time_zone().clone());
        let day = match days_between(zoned.date(), self.now.date()) {
            0 => tr!("today").to_owned(),
            1 => tr!("yesterday").to_owned(),
            _ => long_date(zoned.date(), zoned.year() != self.now.year()),
        };
        with_time(&day, &zoned.strftime(if with_seconds { "%H:%M:%S" } else { "%H:%M" }).to_string())
    }

    /// "12 November 2026, 08:31:07"
    pub fn exact_to_the_second(&self, then: Timestamp) -> String {
        let then = then.to_zoned(self.now.time_zone().clone());
        with_time(&long_date(then.date(), true), &then.strftime("%H:%M:%S").to_string())
    }

    /// "14:02", "Yesterday, 17:02", "12 November, 08:31": the time of day, with the date where it is another.
    pub fn time(&self, then: Timestamp) -> String {
        let zoned = then.to_zoned(self.now.time_zone().clone());
        match days_between(zoned.date(), self.now.date()) {
            0 => zoned.strftime("%H:%M").to_string(),
            _ => self.moment(then),
        }
    }

    /// "12 November, 08:30", "12 November 2025, 08:30": never relative, for a moment that was chosen.
    pub fn day_and_time(&self, then: Timestamp) -> String {
        let zoned = then.to_zoned(self.now.time_zone().clone());
        if zoned.year() == self.now.year() {
            with_time(&long_date(zoned.date(), false), &clock_time(&zoned))
        } else {
            self.exact(then)
        }
    }

    /// "12 Nov", "12 Nov 2025"
    pub fn short_day(&self, then: Timestamp) -> String {
        let date = self.date(then);
        short_date(date, date.year() != self.now.year())
    }

    /// "2026-11-12" and "08:30", as they are typed
    pub fn date_and_time(&self, then: Timestamp) -> (String, String) {
        (self.date(then).to_string(), self.time_of_day(then))
    }

    /// The moment of a typed date and time in the zone of the person.
    pub fn parse_moment(&self, date: &str, time: &str) -> Option<Timestamp> {
        let date: Date = date.trim().parse().ok()?;
        let time = Time::strptime("%H:%M", time.trim()).ok()?;
        Some(date.to_datetime(time).to_zoned(self.now.time_zone().clone()).ok()?.timestamp())
    }

    /// The day in the time zone of the person.
    pub fn date(&self, then: Timestamp) -> Date {
        then.to_zoned(self.now.time_zone().clone()).date()
    }

    /// How many midnights have been since.
    pub fn days_ago(&self, then: Timestamp) -> i64 {
        days_between(self.date(then), self.now.date())
    }

    /// A heading: "Today", "Yesterday", "12 November", "30 December 2025".
    pub fn day(&self, then: Timestamp) -> String {
        let date = self.date(then);
        match days_between(date, self.now.date()) {
            0 => tr!("today").to_owned(),
            1 => tr!("yesterday").to_owned(),
            _ => long_date(date, date.year() != self.now.year()),
        }
    }

    /// What stands beside [`Self::day`]: "Monday 23 November" today and yesterday, else "Thursday".
    pub fn weekday(&self, then: Timestamp) -> String {
        let date = self.date(then);
        if days_between(date, self.now.date()) <= 1 {
            tr!("weekday-and-date", day = weekday_long(date), date = long_date(date, false))
        } else {
            weekday_long(date).to_owned()
        }
    }

    /// From midnight to midnight.
    pub fn moments_of_day(&self, then: Timestamp) -> std::ops::Range<Timestamp> {
        let zoned = then.to_zoned(self.now.time_zone().clone());
        let begin = zoned.start_of_day().map_or(then, |begin| begin.timestamp());
        let end = zoned.tomorrow().and_then(|next| next.start_of_day());
        begin..end.map_or(Timestamp::MAX, |end| end.timestamp())
    }

    /// "14:02"
    pub fn time_of_day(&self, then: Timestamp) -> String {
        then.to_zoned(self.now.time_zone().clone()).strftime("%H:%M").to_string()
    }

    /// Whether [`Self::relative`] will say something else within the hour.
    pub fn ages_soon(&self, then: Timestamp) -> bool {
        self.now.timestamp().as_second() - then.as_second() < 3600
    }
}

/// "12 November", "12 November 2025"
fn long_date(date: Date, with_year: bool) -> String {
    let (day, month) = (date.day().to_string(), month(date.month()));
    if with_year {
        tr!("date-long-year", day = day, month = month, year = date.year().to_string())
    } else {
        tr!("date-long", day = day, month = month)
    }
}

/// "12 Nov", "12 Nov 2025"
fn short_date(date: Date, with_year: bool) -> String {
    let (day, month) = (date.day().to_string(), month_short(date.month()));
    if with_year {
        tr!("date-short-year", day = day, month = month, year = date.year().to_string())
    } else {
        tr!("date-short", day = day, month = month)
    }
}

fn with_time(day: &str, time: &str) -> String {
    tr!("day-and-time", day = day, time = time)
}

fn clock_time(time: &Zoned) -> String {
    time.strftime("%H:%M").to_string()
}

/// "November"
pub fn month(month: i8) -> &'static str {
    match month {
        1 => tr!("month-1"),
        2 => tr!("month-2"),
        3 => tr!("month-3"),
        4 => tr!("month-4"),
        5 => tr!("month-5"),
        6 => tr!("month-6"),
        7 => tr!("month-7"),
        8 => tr!("month-8"),
        9 => tr!("month-9"),
        10 => tr!("month-10"),
        11 => tr!("month-11"),
        _ => tr!("month-12"),
    }
}

fn month_short(month: i8) -> &'static str {
    match month {
        1 => tr!("month-short-1"),
        2 => tr!("month-short-2"),
        3 => tr!("month-short-3"),
        4 => tr!("month-short-4"),
        5 => tr!("month-short-5"),
        6 => tr!("month-short-6"),
        7 => tr!("month-short-7"),
        8 => tr!("month-short-8"),
        9 => tr!("month-short-9"),
        10 => tr!("month-short-10"),
        11 => tr!("month-short-11"),
        _ => tr!("month-short-12"),
    }
}

fn weekday_long(date: Date) -> &'static str {
    match date.weekday().to_monday_one_offset() {
        1 => tr!("weekday-1"),
        2 => tr!("weekday-2"),
        3 => tr!("weekday-3"),
        4 => tr!("weekday-4"),
        5 => tr!("weekday-5"),
        6 => tr!("weekday-6"),
        _ => tr!("weekday-7"),
    }
}

fn weekday_short(date: Date) -> &'static str {
    match date.weekday().to_monday_one_offset() {
        1 => tr!("weekday-short-1"),
        2 => tr!("weekday-short-2"),
        3 => tr!("weekday-short-3"),
        4 => tr!("weekday-short-4"),
        5 => tr!("weekday-short-5"),
        6 => tr!("weekday-short-6"),
        _ => tr!("weekday-short-7"),
    }
}

/// Whole days from one date to another; negative when `to` is earlier.
fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(i64::MAX, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::DateFormat;
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    fn clock(now: &str) -> DateFormat {
        DateFormat::new(now.parse().unwrap(), TimeZone::get("Europe/Berlin").unwrap())
    }

    #[test]
    fn dates_are_told_from_now_and_in_the_zone_of_the_person() {
        let clock = clock("2026-11-24T10:00:00Z");
        let check = |then: &str, expected| {
            assert_eq!(clock.relative(then.parse::<Timestamp>().unwrap()), expected, "{then}");
        };
        check("2026-11-24T09:59:40Z", "Just now");
        check("2026-11-24T10:00:30Z", "Just now");
        check("2026-11-24T09:55:00Z", "5 min ago");
        check("2026-11-24T08:00:00Z", "2 h ago");
        check("2026-11-23T23:30:00Z", "10 h ago");
        check("2026-11-23T22:30:00Z", "Yesterday");
        check("2026-11-22T08:14:00Z", "Sun 09:14");
        check("2026-10-12T08:00:00Z", "12 Oct");
        check("2025-12-30T08:00:00Z", "30 Dec 2025");
        check("2027-01-05T08:00:00Z", "5 Jan 2027");
    }

    #[test]
    fn versions_are_told_with_their_time_of_day() {
        let clock = clock("2026-11-24T10:00:00Z");
        let moment = |then: &str| clock.moment(then.parse::<Timestamp>().unwrap());
        assert_eq!(moment("2026-11-24T08:00:00Z"), "2 h ago");
        assert_eq!(moment("2026-11-23T16:02:00Z"), "Yesterday, 17:02");
        assert_eq!(moment("2026-11-12T07:31:00Z"), "12 November, 08:31");
        assert_eq!(moment("2025-11-12T07:31:00Z"), "12 November 2025, 08:31");
        let time = |then: &str| clock.time(then.parse::<Timestamp>().unwrap());
        assert_eq!(time("2026-11-24T09:58:00Z"), "10:58");
        assert_eq!(time("2026-11-23T16:02:00Z"), "Yesterday, 17:02");
    }

    #[test]
    fn a_moment_is_typed_as_a_date_and_a_time_in_the_zone_of_the_person() {
        let clock = clock("2026-11-24T10:00:00Z");
        let at: Timestamp = "2026-11-12T07:30:00Z".parse().unwrap();
        let (date, time) = clock.date_and_time(at);
        assert_eq!((date.as_str(), time.as_str()), ("2026-11-12", "08:30"));
        assert_eq!(clock.parse_moment(&date, &time), Some(at));
        assert_eq!(clock.parse_moment(" 2026-11-12", "8:30 "), Some(at));
        for (date, time) in
            [("2026-13-12", "08:30"), ("yesterday", "08:30"), ("2026-11-12", "25:00"), ("", "")]
        {
            assert_eq!(clock.parse_moment(date, time), None, "{date} {time}");
        }
        assert_eq!(clock.day_and_time(at), "12 November, 08:30");
        assert_eq!(clock.short_day("2025-12-30T08:00:00Z".parse().unwrap()), "30 Dec 2025");
    }
}
