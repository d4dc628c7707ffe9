//! How large something is and how long it takes, in words: the same in the window, on the command line and on the pages
//! of the server.

/// "4.8 MB": decimal units as the account's web pages count, one digit after the point below 100.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["KB", "MB", "GB", "TB", "PB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut amount = bytes as f64 / 1000.0;
    let mut unit = 0;
    // 999.95 would be shown as 1000.
    while amount >= 999.5 && unit + 1 < UNITS.len() {
        amount /= 1000.0;
        unit += 1;
    }
    let unit_name = UNITS[unit];
    let rounded = (amount * 10.0).round() / 10.0;
    if unit == 0 || amount >= 99.95 || rounded.fract() == 0.0 {
        format!("{amount:.0} {unit_name}")
    } else {
        format!("{amount:.1} {unit_name}")
    }
}

/// "12,345": digits in groups of three.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1 file", "5,000 files": a number of things whose plural ends in s.
pub fn counted(number: u64, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {one}s", count(number)) }
}

/// "40 s", "3 min", "2 h 5 min": how long something will still take.
pub fn duration(secs: f64) -> String {
    let secs = secs.max(0.0).ceil() as u64;
    match secs {
        // To the minute only where that is no great leap.
        0..=90 => format!("{secs} s"),
        91..3570 => format!("{} min", (secs + 30) / 60),
        _ => format!("{} h {} min", (secs + 30) / 3600, (secs + 30) % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::{count, counted, duration, size};

    #[test]
    fn sizes_have_at_most_three_digits_and_no_needless_ones() {
        let check = |bytes, expected| assert_eq!(size(bytes), expected, "{bytes}");
        check(0, "0 B");
        check(999, "999 B");
        check(1_000, "1 KB");
        check(41_400, "41 KB");
        check(999_499, "999 KB");
        check(999_600, "1 MB");
        check(4_812_345, "4.8 MB");
        check(96_400_000, "96.4 MB");
        check(312_400_000, "312 MB");
        check(20_000_000_000, "20 GB");
        check(u64::MAX, "18447 PB");
    }

    #[test]
    fn counts_group_their_digits_and_have_a_plural() {
        assert_eq!(count(100), "100");
        assert_eq!(count(1_000), "1,000");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(counted(0, "file"), "0 files");
        assert_eq!(counted(1, "file"), "1 file");
        assert_eq!(counted(5_000, "other file"), "5,000 other files");
    }

    #[test]
    fn what_is_left_is_told_in_round_words() {
        assert_eq!(duration(0.2), "1 s");
        assert_eq!(duration(61.0), "61 s");
        assert_eq!(duration(91.0), "2 min");
        assert_eq!(duration(149.0), "2 min");
        assert_eq!(duration(3_569.0), "59 min");
        assert_eq!(duration(3_570.0), "1 h 0 min");
        assert_eq!(duration(7_199.0), "2 h 0 min");
        assert_eq!(duration(7_500.0), "2 h 5 min");
    }
}
