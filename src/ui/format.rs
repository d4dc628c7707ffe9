//! Numbers, dates and kinds in words for a person. Nothing is drawn here.

use coffer_model::file_kind::extension;
use coffer_model::{FileKind, FileType, FolderTotals};
use coffer_stdx::units;
use coffer_texts::tr;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

pub use coffer_stdx::units::duration;

/// "12,345": digits in groups of three.
pub fn count(number: u64) -> String {
    tr!("number", count = number)
}

/// "4.8 MB": one digit after the point below 100.
pub fn size(bytes: u64) -> String {
    units::size(bytes).replace('.', tr!("decimal-sign"))
}

/// "4.0 MB": as [`size`], but with the digit after the point also where it is a zero. For numbers that change under the
/// eyes of the person: what stands beside them would hop.
pub fn steady_size(bytes: u64) -> String {
    let text = size(bytes);
    match text.split_once(' ') {
        Some((number, unit)) if unit != "B" && unit != "KB" && number.len() <= 2 => {
            format!("{number}{}0 {unit}", tr!("decimal-sign"))
        }
        _ => text,
    }
}

/// "4.0 MB/s"
pub fn speed(bytes_per_second: u64) -> String {
    format!("{}/s", steady_size(bytes_per_second))
}

/// "4,812,345 bytes"
pub fn exact_size(bytes: u64) -> String {
    tr!("bytes", count = bytes)
}

/// "+120 B", "−1.2 MB", tr!("same-size"): what a version has more than the one before
pub fn size_difference(bytes: u64, before: u64) -> String {
    match bytes.cmp(&before) {
        std::cmp::Ordering::Greater => format!("+{}", size(bytes - before)),
        std::cmp::Ordering::Less => format!("−{}", size(before - bytes)),
        std::cmp::Ordering::Equal => tr!("same-size").to_owned(),
    }
}

/// "1 item", "12 items"
pub fn items(number: usize) -> String {
    tr!("items", count = number)
}

/// "12 of 340 items", where some of them are hidden
pub fn items_of(number: usize, all: Option<usize>) -> String {
    all.map_or_else(|| items(number), |all| tr!("progress-of-items", done = number, count = all))
}

/// "1 file", "412 files"
pub fn counted(number: usize, one: &str) -> String {
    units::counted(number as u64, one)
}

/// "12,345 files in 310 folders": what is below a folder, however deep.
pub fn contents(totals: &FolderTotals) -> String {
    let files = tr!("files", count = totals.files);
    match totals.folders {
        0 => files,
        folders => tr!("files-in-folders", files = files, count = folders),
    }
}

/// "12,345 files in 310 folders, 80 GB"
pub fn totals(totals: &FolderTotals) -> String {
    format!("{}, {}", contents(totals), size(totals.bytes))
}

/// "80 %", tr!("less-than-percent")
pub fn share(bytes: u64, of: u64) -> String {
    let percent = bytes as f64 * 100.0 / of.max(1) as f64;
    if bytes > 0 && percent < 1.0 { tr!("less-than-percent").to_owned() } else { format!("{percent:.0} %") }
}

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

    /// tr!("just-now"), "5 min ago", "2 h ago", "Yesterday", "Mon 09:14", "12 Oct", "30 Dec 2025".
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

/// The word in the "Kind" column: "JPEG", tr!("kinds-markdown"), "Rust", "Video".
pub fn kind(kind: FileKind, name: &str) -> String {
    if kind == FileKind::Folder {
        return tr!("kind-folder").to_owned();
    }
    let extension = extension(name);
    match FileType::from_name(name).name {
        Some(word) => word.to_owned(),
        None if extension.is_empty() || extension.len() > 8 => tr!("kind-file").to_owned(),
        None => extension.to_ascii_uppercase(),
    }
}

/// What files of a kind are called together.
pub fn kinds_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Folder => tr!("kinds-folders"),
        FileKind::Picture => tr!("kinds-pictures"),
        FileKind::Document => tr!("kinds-documents"),
        FileKind::Markdown => tr!("kinds-markdown"),
        FileKind::Text => tr!("kinds-texts"),
        FileKind::Code => tr!("kinds-code"),
        FileKind::Table => tr!("kinds-tables"),
        FileKind::Pdf => "PDF",
        FileKind::Archive => tr!("kinds-archives"),
        FileKind::Video => tr!("kinds-videos"),
        FileKind::Audio => tr!("kinds-audio"),
        FileKind::Other => tr!("kinds-other"),
    }
}

/// What a file is in a sentence: "JPEG image", "Rust source", "PDF".
pub fn kind_in_words(file_kind: FileKind, name: &str) -> String {
    let word = kind(file_kind, name);
    match file_kind {
        FileKind::Picture => tr!("kind-word-image", word = word),
        FileKind::Code => tr!("kind-word-source", word = word),
        FileKind::Archive => tr!("kind-word-archive", word = word),
        FileKind::Table => tr!("kind-word-table", word = word),
        FileKind::Other if word != tr!("kind-file") => tr!("kind-word-file", word = word),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::{DateFormat, exact_size, kind, share, steady_size, totals};
    use coffer_model::{FileKind, FolderTotals};
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    #[test]
    fn a_size_that_changes_keeps_its_width() {
        let check = |bytes, expected| assert_eq!(steady_size(bytes), expected, "{bytes}");
        check(4_000_000, "4.0 MB");
        check(4_100_000, "4.1 MB");
        check(20_000_000_000, "20.0 GB");
        check(120_000_000, "120 MB");
        check(40_000, "40 KB");
        check(4, "4 B");
    }

    #[test]
    fn an_exact_size_groups_its_digits() {
        assert_eq!(exact_size(1), "1 byte");
        assert_eq!(exact_size(4_812_345), "4,812,345 bytes");
    }

    #[test]
    fn totals_count_files_and_the_folders_between_them() {
        let check = |files, folders, bytes, expected| {
            assert_eq!(totals(&FolderTotals { files, folders, bytes, newest: None }), expected);
        };
        check(12_345, 310, 80_000_000_000, "12,345 files in 310 folders, 80 GB");
        check(1, 0, 20, "1 file, 20 B");
        check(0, 0, 0, "0 files, 0 B");
    }

    #[test]
    fn shares_are_whole_percents() {
        assert_eq!(share(8, 10), "80 %");
        assert_eq!(share(1, 1000), tr!("less-than-percent"));
        assert_eq!(share(0, 0), "0 %");
    }

    fn clock(now: &str) -> DateFormat {
        DateFormat::new(now.parse().unwrap(), TimeZone::get("Europe/Berlin").unwrap())
    }

    #[test]
    fn dates_are_told_from_now_and_in_the_zone_of_the_person() {
        let clock = clock("2026-11-24T10:00:00Z");
        let check = |then: &str, expected| {
            assert_eq!(clock.relative(then.parse::<Timestamp>().unwrap()), expected, "{then}");
        };
        check("2026-11-24T09:59:40Z", tr!("just-now"));
        check("2026-11-24T10:00:30Z", tr!("just-now"));
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

    #[test]
    fn kinds_are_words_where_there_is_one_and_else_the_extension() {
        let check = |name, expected| assert_eq!(kind(FileKind::from_name(name), name), expected, "{name}");
        check("a.JPG", "JPEG");
        check("b.md", tr!("kinds-markdown"));
        check("c.csv", "CSV");
        check("d.zip", "ZIP");
        check("e.mp4", "Video");
        check("f", "File");
        check("g.blend", "BLEND");
        assert_eq!(kind(FileKind::Folder, "folder.jpg"), tr!("kind-folder"));
    }
}
