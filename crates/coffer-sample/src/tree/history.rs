//! What happened to the files since they came: versions, a folder that was renamed and tidied, deletions over weeks, and the
//! accident of the diary. In the order in which it happened.

use super::{DAYS, HOURS, Item, MINUTES, Plan, SCANS, diary_note, first_lines};
use crate::diary;

const BUDGET: &[u8] = include_bytes!("../../../../assets/sample/documents/budget.csv");
const FIELD_NOTES: &[u8] = include_bytes!("../../../../assets/sample/documents/field-notes.md");

/// When a script spoilt the notes: yesterday.
const ACCIDENT: i64 = 26 * HOURS;

pub(super) fn steps() -> Vec<Plan> {
    let mut steps = vec![
        Plan::File(asset!(OLD_ROUTE, 150 * DAYS, "documents/old-route.txt")),
        Plan::File(asset!(TEST_SHOT, 60 * DAYS, "photos/test-shot.jpg")),
        Plan::Delete(OLD_ROUTE.into(), 47 * DAYS),
        Plan::File(Item("/Documents/Budget 2026.csv", 46 * DAYS, first_lines(BUDGET, 18))),
        Plan::Delete(TEST_SHOT.into(), 38 * DAYS),
        Plan::File(Item("/Documents/Field notes.md", 34 * DAYS, first_lines(FIELD_NOTES, 40))),
        Plan::File(Item("/Documents/Field notes.md", 27 * DAYS, first_lines(FIELD_NOTES, 66))),
        Plan::File(Item("/Documents/Budget 2026.csv", 20 * DAYS, BUDGET)),
        Plan::File(Item("/Documents/Field notes.md", 19 * DAYS, FIELD_NOTES)),
    ];
    steps.extend(tidied_scans());
    steps.push(Plan::Delete("/Documents/Drafts".into(), 5 * DAYS + 3 * HOURS));
    steps.extend(accident());
    steps
}

const OLD_ROUTE: &str = "/Documents/Old route by the south wall.txt";
const TEST_SHOT: &str = "/Photos/2026/Test shot.jpg";

/// The folder of scans became one of invoices, and its files got names that say what they are.
fn tidied_scans() -> Vec<Plan> {
    const TIDIED: i64 = 17 * DAYS;
    let mut steps = vec![
        Plan::Delete("/Documents/Scans/scan 0004 (blank).pdf".into(), TIDIED + 2 * MINUTES),
        Plan::Move { from: "/Documents/Scans".into(), to: "/Documents/Invoices".into(), age_secs: TIDIED },
    ];
    steps.extend(SCANS.iter().zip(1..).map(|((scan, invoice), number)| Plan::Move {
        from: format!("/Documents/Invoices/{scan}"),
        to: format!("/Documents/Invoices/{invoice}"),
        age_secs: TIDIED - 25 * number,
    }));
    steps
}

fn accident() -> Vec<Plan> {
    let mut steps: Vec<Plan> = (0..diary::NOTES)
        .map(|day| {
            let spoilt = diary::spoilt_note(day);
            Plan::Text { path: diary_note(day), age_secs: ACCIDENT - day as i64, text: spoilt }
        })
        .collect();
    steps.push(Plan::Delete("/Projects/weather diary/sketches".into(), ACCIDENT - diary::NOTES as i64));
    steps
}
