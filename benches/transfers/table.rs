//! What was measured, beside what was promised.

use super::setting::Setting;

/// One line: something measured, and the most that it may be.
struct Row {
    what: String,
    measured: f64,
    limit: Option<f64>,
    unit: &'static str,
    /// The times behind a ratio.
    behind: String,
}

#[derive(Default)]
pub struct Table {
    rows: Vec<Row>,
}

impl Table {
    /// A ratio of two times in seconds.
    pub fn ratio(&mut self, what: &str, ours: f64, theirs: (&str, f64), limit: Option<f64>) {
        let behind = format!("{ours:.2} s against {:.2} s of {}", theirs.1, theirs.0);
        self.add(what, ours / theirs.1, limit, "x", behind);
    }

    /// Something that is counted or has a limit by itself.
    pub fn number(
        &mut self,
        what: &str,
        measured: f64,
        limit: Option<f64>,
        unit: &'static str,
        behind: &str,
    ) {
        self.add(what, measured, limit, unit, behind.to_owned());
    }

    fn add(&mut self, what: &str, measured: f64, limit: Option<f64>, unit: &'static str, behind: String) {
        let row = Row { what: what.to_owned(), measured, limit, unit, behind };
        eprintln!("  {}", row.text());
        self.rows.push(row);
    }

    pub fn print(&self, setting: &Setting) {
        println!(
            "Medians of {}; large file {} MiB; tree of {} files; {} pictures; slow line {} ms\n",
            setting.rounds,
            setting.large_bytes / (1024 * 1024),
            setting.files,
            setting.pictures,
            setting.latency.as_millis(),
        );
        for row in &self.rows {
            println!("{}", row.text());
        }
        let missed: Vec<&str> =
            self.rows.iter().filter(|row| row.missed()).map(|row| row.what.as_str()).collect();
        if missed.is_empty() {
            println!("\nAll limits are kept.");
        } else {
            println!("\nMissed: {}.", missed.join("; "));
        }
    }
}

impl Row {
    /// A limit is read with the digits that are printed.
    fn missed(&self) -> bool {
        self.limit.is_some_and(|limit| self.measured > limit)
    }

    fn text(&self) -> String {
        let limit = self.limit.map_or_else(
            || "for comparison".to_owned(),
            |limit| format!("at most {}{}", short(limit), if self.missed() { ", MISSED" } else { "" }),
        );
        let Self { what, unit, behind, .. } = self;
        format!("{what:<60} {:>9} {unit:<8} ({limit}) {behind}", short(self.measured))
    }
}

fn short(value: f64) -> String {
    if value.fract() == 0.0 {
        format!("{value:.0}")
    } else if value < 0.1 {
        format!("{value:.3}")
    } else {
        format!("{value:.2}")
    }
}
