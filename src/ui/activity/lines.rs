//! The lines of the activity: days and operations. Made once for each change of the list, and when another day begins.

use super::super::format::DateFormat;
use coffer_model::{Operation, OperationId};
use coffer_state::activity::Activity;
use jiff::Timestamp;
use std::ops::Range;

const DAY_HEIGHT: f64 = 38.0;
pub(super) const ROW_HEIGHT: f64 = 48.0;
/// Of the card below an operation whose undo was refused.
pub(super) const REFUSAL_HEIGHT: f64 = 62.0;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum ActivityLine {
    /// "Today" and "Monday 23 November"; of older days only the second.
    Day { day: String, weekday: String },
    /// The operation at this place of the list.
    Operation(usize),
}

#[derive(Default)]
pub struct ActivityLines {
    /// With the present day in words, which are others in another language.
    version: Option<(u64, String)>,
    lines: Vec<ActivityLine>,
    /// Where each line begins, and the end of the last.
    tops: Vec<f64>,
}

impl ActivityLines {
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(super) fn height(&self) -> f64 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Brings them up to date.
    pub(super) fn follow(&mut self, activity: &Activity, clock: &DateFormat) {
        let version = Some((activity.version, clock.weekday(clock.now())));
        if self.version == version {
            return;
        }
        self.version = version;
        self.lines.clear();
        self.tops.clear();
        let mut top = 0.0;
        // Where a day begins is asked once a day: there may be very many operations.
        let mut day: Option<Range<Timestamp>> = None;
        for (index, operation) in activity.operations().iter().enumerate() {
            if !day.as_ref().is_some_and(|day| day.contains(&operation.at)) {
                day = Some(clock.moments_of_day(operation.at));
                self.tops.push(top);
                top += DAY_HEIGHT;
                let (day, weekday) = (clock.day(operation.at), clock.weekday(operation.at));
                self.lines.push(ActivityLine::Day { day, weekday });
            }
            self.tops.push(top);
            top += height_of(operation);
            self.lines.push(ActivityLine::Operation(index));
        }
        self.tops.push(top);
    }

    /// The lines in a part of the content, each with its place.
    pub(super) fn within(&self, part: &Range<f64>) -> impl Iterator<Item = (Range<f64>, &ActivityLine)> {
        let first = self.tops.partition_point(|top| *top <= part.start).saturating_sub(1);
        let last = self.tops.partition_point(|top| *top < part.end).min(self.lines.len());
        (first..last).map(|index| (self.tops[index]..self.tops[index + 1], &self.lines[index]))
    }

    /// Where an operation is.
    pub(super) fn place_of(&self, id: OperationId, operations: &[Operation]) -> Option<Range<f64>> {
        let is_wanted = |line: &ActivityLine| match line {
            ActivityLine::Operation(index) => operations.get(*index).is_some_and(|it| it.id == id),
            ActivityLine::Day { .. } => false,
        };
        let index = self.lines.iter().position(is_wanted)?;
        Some(self.tops[index]..self.tops[index + 1])
    }
}

fn height_of(operation: &Operation) -> f64 {
    ROW_HEIGHT + if operation.problem.is_some() { REFUSAL_HEIGHT } else { 0.0 }
}
