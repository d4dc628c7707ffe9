//! Spans of time as people write them: `today`, `last-week`, `2025`, `2025-01`, `2025-01-31`; and moments: `2h`, `3d`.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan as _, Zoned};

/// From `begin` to `end`, which is excluded.
#[derive(Debug)]
pub(super) struct TimeSpan {
    pub begin: Timestamp,
    pub end: Timestamp,
}

/// `None` if it can't be understood, or is beyond the calendar.
pub(super) fn span(text: &str, now: &Zoned) -> Option<TimeSpan> {
    let today = now.date();
    let day = 1.day();
    let week = 1.week();
    let month = 1.month();
    let year = 1.year();
    let monday = today.checked_sub(i64::from(today.weekday().to_monday_zero_offset()).days()).ok()?;
    let (first, length) = match text.to_ascii_lowercase().as_str() {
        "today" => (today, day),
        "yesterday" => (today.checked_sub(day).ok()?, day),
        "this-week" => (monday, week),
        "last-week" => (monday.checked_sub(week).ok()?, week),
        "this-month" => (today.first_of_month(), month),
        "last-month" => (today.first_of_month().checked_sub(month).ok()?, month),
        "this-year" => (today.first_of_year(), year),
        "last-year" => (today.first_of_year().checked_sub(year).ok()?, year),
        date => numbers(date)?,
    };
    let last = first.checked_add(length).ok()?;
    Some(TimeSpan { begin: midnight(first, now.time_zone())?, end: midnight(last, now.time_zone())? })
}

/// So long ago (`30min`, `2h`, `3d`, `1w`), at a moment (`2025-01-31T14:00`), or where a span of time begins.
pub fn parse_since(text: &str, now: &Zoned) -> Option<Timestamp> {
    if let Some(ago) = ago(text) {
        return now.checked_sub(ago).ok().map(|moment| moment.timestamp());
    }
    if text.contains(['T', 't'])
        && let Ok(moment) = text.to_ascii_uppercase().parse::<DateTime>()
    {
        return moment.to_zoned(now.time_zone().clone()).ok().map(|moment| moment.timestamp());
    }
    span(text, now).map(|span| span.begin)
}

fn ago(text: &str) -> Option<Span> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let number: i64 = number.parse().ok()?;
    match unit {
        "min" => Span::new().try_minutes(number).ok(),
        "h" => Span::new().try_hours(number).ok(),
        "d" => Span::new().try_days(number).ok(),
        "w" => Span::new().try_weeks(number).ok(),
        _ => None,
    }
}

/// A year, a month or a day.
fn numbers(text: &str) -> Option<(Date, Span)> {
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut part = || parts.next().map(|part| part.parse::<i8>().ok());
    let (month, day) = (part(), part());
    if part().is_some() {
        return None;
    }
    match (month, day) {
        (None, _) => Some((Date::new(year, 1, 1).ok()?, 1.year())),
        (Some(month), None) => Some((Date::new(year, month?, 1).ok()?, 1.month())),
        (Some(month), Some(day)) => Some((Date::new(year, month?, day?).ok()?, 1.day())),
    }
}

fn midnight(date: Date, zone: &TimeZone) -> Option<Timestamp> {
    date.to_zoned(zone.clone()).ok().map(|moment| moment.timestamp())
}
