//! The sections and lines of the panel, the files of a transfer, and the cursor among them.

use super::transfers::{download, downloaded, progress};
use super::uploads::{drop_files, plan, report};
use super::{Script, problem};
use crate::input::Motion::{self, Down, End, Home, Left, Right, Up};
use crate::transfers::{FileFilter, PanelRow, RowFocus, Section};
use crate::{Action, Command};
use coffer_model::transfer::{FileState, FileUpdate};
use coffer_model::{Outcome, Problem, Recovery, RemotePath, RequestId, Update};

const UPLOAD: &str = "upload /Trip/a.jpg /Trip/b.jpg /c.txt []";

/// Two downloads around an upload of three files.
fn open() -> (Script, [RequestId; 3]) {
    let mut script = Script::at_home("x y");
    script.click(0);
    download(&mut script);
    drop_files(&mut script, plan("/", "Trip/a.jpg Trip/b.jpg c.txt"));
    script.click(1);
    download(&mut script);
    let jobs = ["download x to /home/ida/My files", UPLOAD, "download y to /home/ida/My files"];
    let ids = jobs.map(|job| script.id(job));
    script.command(Command::ToggleTransfers);
    (script, ids)
}

fn file_update(name: &str, state: FileState) -> FileUpdate {
    FileUpdate { name: name.to_owned(), size_bytes: 10, state }
}

/// What stands in the panel, with `>` before the line of the cursor: `x [2] Trip/a.jpg …`.
fn lines(script: &Script) -> String {
    let transfers = &script.state.transfers;
    let lines = transfers.lines();
    let words = (0..lines.len()).map(|at| {
        let line = lines.get(transfers, at).unwrap();
        let here = transfers.cursor.and_then(|cursor| lines.position(transfers, cursor)) == Some(at);
        let title = |id| transfers.get(id).unwrap().title.plain();
        let text = match line {
            PanelRow::Preparing(at) => format!("{} items…", transfers.preparing[at].count),
            PanelRow::Transfer(id) => title(id),
            PanelRow::Choice(id) => {
                format!("[{}]", transfers.get(id).unwrap().files.count(transfers.file_filter))
            }
            PanelRow::File(id, file) => {
                transfers.get(id).unwrap().files.row(transfers.file_filter, file).unwrap().name.to_string()
            }
        };
        format!("{}{text}", if here { ">" } else { "" })
    });
    words.collect::<Vec<_>>().join(" | ")
}

fn press(script: &mut Script, motions: &[Motion]) {
    for motion in motions {
        script.act(Action::MoveInTransfers(*motion));
    }
}

#[test]
fn what_runs_failed_and_is_finished_stands_apart() {
    let (mut script, [x, ..]) = open();
    assert_eq!(script.state.transfers.section(), Section::Running);
    script.fail("download x to /home/ida/My files", problem("No", Recovery::Retry));
    script.finish("download y to /home/ida/My files", downloaded(&["/y"], vec![]));
    let count = |script: &Script| {
        [Section::Running, Section::Failed, Section::Finished].map(|it| script.state.transfers.count(it))
    };
    assert_eq!(count(&script), [1, 1, 1]);
    script.act(Action::ChooseSection(Section::Finished));
    assert_eq!(lines(&script), "y");
    script.act(Action::ClearTransfers(Section::Finished));
    assert_eq!((count(&script), script.state.transfers.section()), ([1, 1, 0], Section::Running));
    script.finish(UPLOAD, Outcome::Done(report("/c.txt", &[])));
    assert_eq!(script.state.transfers.section(), Section::Failed, "there is something to see");
    script.act(Action::RetryTransfer(x));
    assert_eq!((count(&script), script.state.transfers.section()), ([1, 0, 1], Section::Running));
}

#[test]
fn the_cursor_goes_from_line_to_line_and_into_the_files() {
    let (mut script, _) = open();
    press(&mut script, &[Down, Down]);
    assert_eq!(lines(&script), "x | >3 files | y");
    press(&mut script, &[Right]);
    assert_eq!(lines(&script), "x | >3 files | [3] | Trip/a.jpg | Trip/b.jpg | c.txt | y");
    press(&mut script, &[Down, Down]);
    assert_eq!(lines(&script), "x | 3 files | [3] | Trip/a.jpg | >Trip/b.jpg | c.txt | y");
    press(&mut script, &[Up, Up]);
    assert_eq!(lines(&script), "x | >3 files | [3] | Trip/a.jpg | Trip/b.jpg | c.txt | y");
    press(&mut script, &[End, Up, Left]);
    assert_eq!(lines(&script), "x | >3 files | [3] | Trip/a.jpg | Trip/b.jpg | c.txt | y");
    press(&mut script, &[Left, Home]);
    assert_eq!(lines(&script), ">x | 3 files | y");
}

#[test]
fn the_files_under_way_and_those_that_failed_can_be_listed_alone() {
    let (mut script, [_, upload, _]) = open();
    script.act(Action::UnfoldTransfer { id: upload, unfold: true });
    let no = Problem { path: Some(RemotePath::new("/c.txt")), ..problem("No", Recovery::None) };
    script.update(
        UPLOAD,
        Update::Files(vec![
            file_update("Trip/b.jpg", FileState::Moving { bytes_done: 5 }),
            file_update("c.txt", FileState::Failed(no)),
        ]),
    );
    script.act(Action::ShowFiles(FileFilter::Moving));
    assert_eq!(lines(&script), "x | 3 files | [1] | Trip/b.jpg | y");
    script.act(Action::ShowFiles(FileFilter::Failed));
    assert_eq!(lines(&script), "x | 3 files | [1] | c.txt | y");
}

#[test]
fn news_of_a_download_make_its_lines() {
    let mut script = Script::at_home("Docs/");
    script.click(0);
    download(&mut script).command(Command::ToggleTransfers);
    let job = "download Docs to /home/ida/My files";
    let id = script.id(job);
    script.act(Action::UnfoldTransfer { id, unfold: true });
    assert_eq!(lines(&script), "Docs | [0]");
    script.update(job, Update::Files(vec![file_update("Docs/a", FileState::Verified)]));
    script.update(job, Update::Files(vec![file_update("Docs/b", FileState::Moving { bytes_done: 1 })]));
    assert_eq!(lines(&script), "Docs | [2] | Docs/a | Docs/b");
}

#[test]
fn when_it_is_over_every_file_says_how_it_ended() {
    let (mut script, [_, upload, _]) = open();
    script.update(UPLOAD, Update::Files(vec![file_update("Trip/a.jpg", FileState::CopiedInAccount)]));
    let no = Problem { path: Some(RemotePath::new("/c.txt")), ..problem("No", Recovery::None) };
    script.finish(UPLOAD, Outcome::Done(report("/Trip/a.jpg /Trip/b.jpg", std::slice::from_ref(&no))));
    let files = &script.state.transfers.get(upload).unwrap().files;
    let states: Vec<_> = (0..3).map(|line| files.row(FileFilter::All, line).unwrap().state.clone()).collect();
    assert_eq!(
        states,
        [Some(FileState::CopiedInAccount), Some(FileState::Verified), Some(FileState::Failed(no))]
    );
    script.act(Action::UnfoldTransfer { id: upload, unfold: true });
    assert_eq!(
        script.state.transfers.file_filter,
        FileFilter::Failed,
        "what did not arrive is what one looks for"
    );
}

#[test]
fn the_cursor_stays_near_when_its_transfer_ends() {
    let (mut script, [x, upload, y]) = open();
    script.act(Action::PointTransfer(RowFocus { id: x, file: None }));
    script.finish("download x to /home/ida/My files", downloaded(&["/x"], vec![]));
    assert_eq!(script.state.transfers.cursor, Some(RowFocus { id: upload, file: None }));
    script.act(Action::PointTransfer(RowFocus { id: y, file: None }));
    script.finish("download y to /home/ida/My files", downloaded(&["/y"], vec![]));
    assert_eq!(script.state.transfers.cursor, Some(RowFocus { id: upload, file: None }));
}

#[test]
fn five_thousand_news_of_a_transfer_leave_the_sums_to_its_progress() {
    let (mut script, [_, upload, _]) = open();
    for number in 0..5_000 {
        script.update(UPLOAD, Update::Files(vec![file_update(&format!("f{number}"), FileState::Verified)]));
    }
    script.update(UPLOAD, progress(7, 9, 1.0));
    let transfers = &script.state.transfers;
    assert_eq!(transfers.get(upload).unwrap().files.len(), 5_003);
    assert_eq!((transfers.summary().bytes_done, transfers.summary().bytes_total), (7, 9));
}
