//! Points in time as the wire knows them: UTC, whole seconds, `2011-07-20T22:04:50Z` (reference §2.5).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant cut to whole seconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

impl Timestamp {
    pub fn now() -> Self {
        Self::from(jiff::Timestamp::now())
    }

    /// Seconds since 1970; what no calendar can hold becomes the nearest instant that it can.
    pub fn from_unix_secs(seconds: i64) -> Self {
        let clamped = seconds.clamp(jiff::Timestamp::MIN.as_second() + 1, jiff::Timestamp::MAX.as_second());
        Self(jiff::Timestamp::from_second(clamped).unwrap_or(jiff::Timestamp::UNIX_EPOCH))
    }

    pub fn unix_secs(self) -> i64 {
        self.0.as_second()
    }

    pub fn instant(self) -> jiff::Timestamp {
        self.0
    }

    /// The way the Core API printed dates: `Wed, 20 Jul 2011 22:04:50 +0000`.
    pub fn to_rfc2822(self) -> String {
        self.0.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(instant: jiff::Timestamp) -> Self {
        // Towards the past, also before 1970.
        Self::from_unix_secs(instant.as_second() - i64::from(instant.subsec_nanosecond() < 0))
    }
}

impl From<Timestamp> for jiff::Timestamp {
    fn from(timestamp: Timestamp) -> Self {
        timestamp.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for Timestamp {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, jiff::Error> {
        match text.parse::<jiff::Timestamp>() {
            Ok(instant) => Ok(Self::from(instant)),
            Err(_) if is_in_last_hours(text) => Ok(Self::from_unix_secs(i64::MAX)),
            Err(error) => Err(error),
        }
    }
}

/// Whether this is one of the last hours of the year 9999, which are no instant for everybody's clock. Programs write
/// them where they have no date.
fn is_in_last_hours(text: &str) -> bool {
    let civil = text.strip_suffix('Z').and_then(|civil| civil.parse::<jiff::civil::DateTime>().ok());
    civil.is_some_and(|civil| civil.year() == 9999)
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TimestampVisitor;

        impl de::Visitor<'_> for TimestampVisitor {
            type Value = Timestamp;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a time such as 2011-07-20T22:04:50Z")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }

        deserializer.deserialize_str(TimestampVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_whole_seconds_and_no_offset() {
        let time: Timestamp = serde_json::from_str("\"2011-07-20T22:04:50Z\"").unwrap();
        assert_eq!(serde_json::to_string(&time).unwrap(), "\"2011-07-20T22:04:50Z\"");
        assert_eq!(time.unix_secs(), 1_311_199_490);
        assert_eq!(time.to_rfc2822(), "Wed, 20 Jul 2011 22:04:50 +0000");
    }

    #[test]
    fn fractions_are_cut_towards_the_past() {
        for (precise, cut) in [
            ("2011-07-20T22:04:50.999Z", "2011-07-20T22:04:50Z"),
            ("1969-12-31T23:59:58.5Z", "1969-12-31T23:59:58Z"),
        ] {
            assert_eq!(precise.parse::<Timestamp>().unwrap().to_string(), cut);
        }
    }

    #[test]
    fn every_date_from_the_year_1_to_9999_can_be_read() {
        for (text, read) in [
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("9999-12-30T22:00:00Z", "9999-12-30T22:00:00Z"),
            // The nearest instant that any clock on Earth can show.
            ("9999-12-30T22:00:01Z", "9999-12-30T22:00:00Z"),
            ("9999-12-31T23:59:59Z", "9999-12-30T22:00:00Z"),
        ] {
            assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), read, "{text}");
        }
        assert!("9999-13-31T23:59:59Z".parse::<Timestamp>().is_err());
    }

    #[test]
    fn what_is_no_time_is_an_error() {
        for text in ["\"\"", "\"yesterday\"", "\"2011-07-20\"", "5", "null"] {
            assert!(serde_json::from_str::<Timestamp>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn absurd_numbers_of_seconds_do_not_panic() {
        assert!(Timestamp::from_unix_secs(i64::MAX) > Timestamp::from_unix_secs(i64::MIN));
    }
}
