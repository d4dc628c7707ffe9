//! Whatever the person does and in whatever order the news come: nothing panics, no request is cancelled that does
//! not run, and when all is answered nothing waits.

use super::updates_of_jobs::fits;
use super::uploads::{plan, report};
use super::{Script, account, entries, entry, listing, operation, problem};
use crate::action::DialogAction;
use crate::input::{ClickModifiers, Motion, ZoomStep};
use crate::inspector::InspectorTab;
use crate::kept_searches::KeptSearchAction;
use crate::past::PastAction;
use crate::row_filter::FilterAction;
use crate::transfers::{FileFilter, RowFocus, Section};
use crate::{Action, Command, Focus, Location, WindowEvent};
use coffer_model::comparison_view::ComparisonView;
use coffer_model::link::LinkSettings;
use coffer_model::message::UnfinishedTransfer;
use coffer_model::message::Waiting;
use coffer_model::preview::{Preview, PreviewBody};
use coffer_model::transfer::{Decision, FileState, FileUpdate};
use coffer_model::{
    AccountChoice, Edit, Entry, Event, FolderSummary, FoundInText, History, ItemAccess, Job, News,
    OperationKind, Outcome, PagePart, PathRootId, Pixels, Receipt, Recovery, RelocationConflict, RemotePath,
    RequestId, Rev, SortColumn, SoundProgress, Team, Thumbnail, ThumbnailKey, ThumbnailSize, Update,
};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

const NAMES: [&str; 6] = ["Docs/", "a.txt", "b.txt@2", "c.png", "d.png†", "Photos/"];

fn rows(random: &mut fastrand::Rng) -> String {
    let count = random.usize(0..=NAMES.len());
    NAMES[..count].join(" ")
}

fn path(random: &mut fastrand::Rng) -> RemotePath {
    RemotePath::new(random.choice(["/", "/Docs", "/Docs/Old", "/a.txt", "/Photos", "/b.txt"]).expect("some"))
}

fn any_problem(random: &mut fastrand::Rng) -> coffer_model::Problem {
    use Recovery::{None, Offline, Refresh, Rename, Retry, SignIn, Space};
    let recovery = random.choice([None, Retry, Offline, SignIn, Refresh, Rename, Space]).expect("some");
    coffer_model::Problem { path: Some(path(random)), ..problem("Trouble", recovery) }
}

fn update(random: &mut fastrand::Rng) -> Update {
    let pixels = Arc::new(Pixels { width: 1, height: 1, rgba: vec![[0; 4]] });
    match random.u8(0..30) {
        29 => Update::FoundInText(FoundInText { places: vec![random.u64(0..9)], searched_bytes: 9 }),
        27 => Update::Sound(SoundProgress {
            position: Duration::from_secs(random.u64(0..9)),
            is_waiting: random.bool(),
        }),
        28 => Update::LeftInPart(any_problem(random)),
        26 => Update::PageTexts { first_page: random.u32(0..3), texts: vec![Arc::default()] },
        24 => Update::PagePart {
            part: PagePart { page: 0, page_width: 9, column: 0, row: 0 },
            pixels: Some(pixels),
        },
        23 => Update::BroughtBack { folder: path(random), failed: vec![any_problem(random)] },
        22 => Update::News(Arc::new(News { folders: vec![path(random), path(random)], changes: Vec::new() })),
        20 => Update::SpaceMap(Arc::new(super::space::map("/Docs", "x/ y"))),
        19 => Update::FolderSummary(Arc::new(FolderSummary::default())),
        18 => Update::Comparison(super::comparing::comparison(random.usize(0..3))),
        15 => Update::Team(Team {
            name: "Team".to_owned(),
            home: path(random),
            path_root: PathRootId(random.choice(["1", "2"]).expect("some").into()),
        }),
        16 => Update::PathRootChanged,
        11 => super::transfers::progress(random.u64(0..20), 20, random.f64() * 10.0),
        12 => Update::Files(vec![FileUpdate {
            name: random.choice(["x", "Docs/y"]).expect("some").to_owned(),
            size_bytes: 10,
            state: random
                .choice([
                    FileState::Moving { bytes_done: 5 },
                    FileState::Verified,
                    FileState::CopiedInAccount,
                ])
                .expect("some"),
        }]),
        13 => Update::Unfinished(vec![UnfinishedTransfer {
            paused: random.bool(),
            resting: random.bool().then(|| any_problem(random)),
            ..UnfinishedTransfer::new(Arc::new(Job::Upload { plan: Arc::new(plan("/", "x y")) }))
        }]),
        0 => Update::Account(account()),
        1 => Update::Changed { folders: random.bool().then(|| vec![path(random)]) },
        2 => Update::Waiting(random.bool().then(|| Waiting {
            until: jiff::Timestamp::from_second(random.i64(0..100)).expect("a time"),
            reason: String::new(),
        })),
        14 => Update::InUse(random.bool().then(|| any_problem(random))),
        3 => Update::Outage(random.bool().then(|| any_problem(random))),
        4 => Update::AuthorizePage { url: "page".to_owned() },
        5 | 6 => Update::Listing(super::partial("/", &rows(random), random.bool())),
        7 => Update::Thumbnail { key: thumbnail(random).key, pixels: random.bool().then_some(pixels) },
        8 => Update::Preview(Arc::new(Preview {
            path: path(random),
            rev: Rev("1".into()),
            body: PreviewBody::None { reason: String::new() },
        })),
        9 => Update::Revisions {
            revisions: Arc::new(entries("/", "b.txt@2 b.txt@1")),
            makers: Arc::default(),
            complete: random.bool(),
        },
        21 => Update::History(Arc::new(History {
            operations: vec![operation(random.i64(1..9), OperationKind::Delete, "/a", None)],
            problem: None,
        })),
        10 => Update::Samples { done: random.u64(0..3), total: 2 },
        25 => Update::Pasted("/pasted/x".into()),
        _ => Update::Picked(if random.bool() { vec!["/x".into()] } else { Vec::new() }),
    }
}

fn outcome(random: &mut fastrand::Rng, job: Option<&Job>) -> Outcome {
    let done = operation(random.i64(1..9), OperationKind::Delete, "/a", None);
    match (random.u8(0..10), job) {
        (0, _) => Outcome::Cancelled,
        (1 | 2, _) => Outcome::Failed(any_problem(random)),
        (_, Some(Job::Edit(Edit::Undo { .. }))) => {
            let done = super::reversed(&done, random.i64(9..20));
            Outcome::Done(super::script::reversal(&entries("/", &rows(random)), done))
        }
        (_, Some(Job::Edit(_))) => Outcome::Done(Receipt::Edited {
            entries: entries("/", &rows(random)),
            operation: random.bool().then_some(done),
            failed: if random.u8(0..5) == 0 { vec![any_problem(random)] } else { Vec::new() },
            conflicts: conflicts(random, job),
        }),
        (_, Some(Job::PlanUpload { .. })) => Outcome::Done(Receipt::Planned(Arc::new(plan(
            "/",
            random.choice(["", "x", "x! y", "z="]).expect("some"),
        )))),
        (
            _,
            Some(
                Job::Upload { .. } | Job::Download { .. } | Job::DownloadPast(_) | Job::FetchPromised { .. },
            ),
        ) => {
            let failed = if random.bool() { vec![any_problem(random)] } else { Vec::new() };
            Outcome::Done(report("/x /Docs/y", &failed))
        }
        (_, Some(Job::Locate { .. })) => {
            Outcome::Done(Receipt::Located(entry("/", random.choice(NAMES).expect("some"))))
        }
        (_, Some(Job::FilterRows { .. })) => Outcome::Done(Receipt::Listed(listing("/", &rows(random)))),
        (_, Some(Job::ListSharedFolders)) => {
            let folder = |name: &str| super::shared_folders::folder(name, ItemAccess::Edit);
            Outcome::Done(Receipt::SharedFolders(vec![folder("1"), folder("2")]))
        }
        (_, Some(Job::FindAllLinks)) => Outcome::Done(Receipt::Links(vec![entry("/", "a.txt")])),
        (_, Some(Job::SignIn { .. })) => Outcome::Done(Receipt::SignedIn(AccountChoice::Local)),
        _ => Outcome::Done(Receipt::Nothing),
    }
}

/// Of moves and copies alone.
fn conflicts(random: &mut fastrand::Rng, job: Option<&Job>) -> Vec<RelocationConflict> {
    let Some(Job::Edit(Edit::Move(items) | Edit::Copy(items))) = job else { return Vec::new() };
    let conflict = |(entry, target): &(Entry, RemotePath)| RelocationConflict {
        entry: entry.clone(),
        existing: Entry { path: target.clone(), ..entry.clone() },
        target: target.clone(),
        decision: None,
    };
    items.iter().filter(|_| random.bool()).map(conflict).collect()
}

fn thumbnail(random: &mut fastrand::Rng) -> Thumbnail {
    let name = random.choice(["x", "y", "z"]).expect("some");
    let key = ThumbnailKey { content_hash: name.into(), size: ThumbnailSize::W64 };
    Thumbnail { key, path: RemotePath::new(name), rev: Rev("1".into()), size_bytes: 9 }
}

fn at(random: &mut fastrand::Rng) -> jiff::Timestamp {
    jiff::Timestamp::from_second(random.i64(-100..3)).expect("a time")
}

fn action(random: &mut fastrand::Rng) -> Action {
    use Motion::{Down, End, Home, Left, PageDown, PageUp, Right, Up};
    let modifiers = ClickModifiers { toggle: random.bool(), extend: random.bool(), secondary: random.bool() };
    let row = random.usize(0..8);
    let id = RequestId(random.u64(0..60));
    match random.u8(0..34) {
        32 => random
            .choice([
                Action::PauseTransfer(id),
                Action::ResumeTransfer(id),
                Action::PauseAllTransfers,
                Action::ResumeAllTransfers,
                Action::PrioritizeTransfer(id),
                Action::RetryAllFailed,
                Action::ClearTransfers(Section::Failed),
            ])
            .expect("some"),
        33 => {
            let (yes, motion) =
                (random.bool(), random.choice([Up, Down, Left, Right, Home, End]).expect("some"));
            let actions = [
                Action::ChooseSection(Section::Finished),
                Action::UnfoldTransfer { id, unfold: yes },
                Action::ShowFiles(FileFilter::Failed),
                Action::PointTransfer(RowFocus { id, file: yes.then_some(1) }),
                Action::MoveInTransfers(motion),
                Action::AskToQuit,
            ];
            random.choice(actions).expect("some")
        }
        0..=7 => Action::Command(*random.choice(Command::ALL).expect("some")),
        8 if random.bool() => Action::Go(Location::space(path(random))),
        8 if random.bool() => Action::Go(Location::Past { folder: path(random), at: at(random) }),
        8 => Action::Go(Location::Folder(path(random))),
        9 if random.bool() => Action::Past(PastAction::Show(at(random))),
        9 => Action::GoToTyped(path(random).to_string()),
        10 => Action::Open(path(random)),
        11 if random.bool() => {
            let query = || "x".to_owned();
            let actions = [
                KeptSearchAction::Run(query()),
                KeptSearchAction::BeginRename(query()),
                KeptSearchAction::EditName("name".to_owned()),
                KeptSearchAction::EndRename { keep: random.bool() },
                KeptSearchAction::Remove(query()),
                KeptSearchAction::ClearRecent,
            ];
            Action::KeptSearch(random.choice(actions).expect("some"))
        }
        11 => Action::EditSearch(random.choice(["", "x", "xy"]).expect("some").to_owned()),
        12 if random.bool() => {
            let text = random.choice(["", "x", "xy"]).expect("some").to_owned();
            let actions = [
                FilterAction::Edit(text),
                FilterAction::Submit,
                FilterAction::Close,
                FilterAction::SearchEverywhere,
            ];
            Action::Filter(random.choice(actions).expect("some"))
        }
        12 => Action::Focus(
            random
                .choice([Focus::Content, Focus::Tree, Focus::Search, Focus::Path, Focus::Filter])
                .expect("some"),
        ),
        13..=15 => Action::Click { row, modifiers },
        16 => Action::RubberBand { rows: vec![row, row + 1], keep: random.bool() },
        17 => Action::Move {
            motion: random.choice([Up, Down, Left, Right, PageUp, PageDown, Home, End]).expect("some"),
            extend: random.bool(),
            toggle_only: random.bool(),
        },
        18 => Action::TypeAhead(random.choice(['a', 'b', 'c', 'd', ' ']).expect("some")),
        19 => Action::SortBy(SortColumn::Size),
        20 if random.bool() => Action::AddSharedFolder(random.choice(["1", "2"]).expect("some").into()),
        20 => Action::ToggleTree(path(random)),
        21 => Action::RenameText(random.choice(["new", "a.txt", "x/y", ""]).expect("some").to_owned()),
        22 => Action::RenameCommit,
        23 => Action::DropEntries {
            entries: entries("/", &rows(random)),
            target: path(random),
            copy: random.bool(),
        },
        24 => Action::DropFiles { local_paths: vec!["/x".into()], target: Some(path(random)) },
        25 => Action::ToastAction(random.u64(0..30)),
        26 => {
            Action::InspectorTab(if random.bool() { InspectorTab::Versions } else { InspectorTab::Details })
        }
        27 => Action::ShowRevision(row),
        28 => Action::CloseDialog,
        29 => random
            .choice([Action::CancelTransfer(id), Action::RetryTransfer(id), Action::ShowTransferred(id)])
            .expect("some"),
        _ => Action::Dialog(dialog_action(random)),
    }
}

fn dialog_action(random: &mut fastrand::Rng) -> DialogAction {
    let actions = [
        DialogAction::SelectRevision(random.usize(0..4)),
        DialogAction::RestoreRevision,
        DialogAction::MarkRevision(random.usize(0..4)),
        DialogAction::OpenRevision,
        DialogAction::SaveRevision,
        DialogAction::CompareWithCurrent,
        DialogAction::CompareAgain,
        DialogAction::RestoreCompared,
        DialogAction::CompareAsked(random.usize(0..2)),
        DialogAction::ViewComparison(ComparisonView {
            is_rendered: random.bool(),
            ..ComparisonView::default()
        }),
        DialogAction::BackToVersions,
        DialogAction::CopyLink,
        DialogAction::RevokeLink,
        DialogAction::EditLink(LinkSettings { expires: Some(Timestamp::UNIX_EPOCH), ..LinkSettings::PLAIN }),
        DialogAction::CreateLink,
        DialogAction::ChangeLink,
        DialogAction::RetryLink,
        DialogAction::EditAppKey("key".to_owned()),
        DialogAction::EditCode("code".to_owned()),
        DialogAction::OpenAuthorizePage,
        DialogAction::Connect,
        DialogAction::ConfirmUpload,
        DialogAction::ConfirmRelocation,
        DialogAction::DecideConflict { index: random.usize(0..3), decision: Decision::Skip },
        DialogAction::DecideAll(Decision::Replace),
        DialogAction::DecideAllFolders(Decision::KeepBoth),
        DialogAction::ConfirmOpen,
        DialogAction::ConfirmRemoveFromDropbox,
        DialogAction::ConfirmBringBack,
        DialogAction::ConfirmLargeOperation,
        DialogAction::CancelAndQuit,
        DialogAction::Next,
        DialogAction::Previous,
        DialogAction::Zoom(ZoomStep::In),
    ];
    random.choice(actions).expect("some")
}

/// A script that is played with `steps` random steps. News may come under any number, also of requests that are over.
fn play(seed: u64, steps: usize) -> (Script, fastrand::Rng) {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut script = Script::start();
    for _ in 0..steps {
        match random.u8(0..10) {
            0..=2 => {
                let action = action(&mut random);
                script.act(action);
            }
            3 => {
                let wanted = (0..random.usize(0..4)).map(|_| thumbnail(&mut random)).collect();
                script.window(WindowEvent::WantedThumbnails(wanted));
                script.window(WindowEvent::Focused(random.bool()));
            }
            4 => {
                let secs = random.f64();
                script.wait(secs);
            }
            5 | 6 => {
                let id = RequestId(random.u64(0..80));
                let update = update(&mut random);
                if job_of(&script, id).is_none_or(|job| fits(job, &update)) {
                    script.event(Event::Update { id, update });
                }
            }
            _ => finish_any(&mut script, &mut random),
        }
        script.mix_in_asked_links();
    }
    (script, random)
}

fn job_of(script: &Script, id: RequestId) -> Option<&Job> {
    script.running.iter().find(|(running, _)| *running == id).map(|(_, job)| job)
}

/// Ends one running request, or says once more that one has ended.
fn finish_any(script: &mut Script, random: &mut fastrand::Rng) {
    let live: Vec<usize> = (0..script.running.len())
        .filter(|&at| !matches!(script.running[at].1, Job::Session(_)) || random.u8(0..20) == 0)
        .collect();
    let Some(at) = random.choice(live) else { return };
    let (id, job) = script.running[at].clone();
    let update = update(random);
    if fits(&job, &update) {
        script.event(Event::Update { id, update });
    }
    // It may have been cancelled by what followed from the update.
    script.running.retain(|(running, _)| *running != id);
    let outcome = outcome(random, Some(&job));
    script.event(Event::Finished { id, outcome: outcome.clone() });
    script.event(Event::Finished { id, outcome });
}

#[test]
fn no_order_of_actions_and_news_panics_or_cancels_what_does_not_run() {
    for seed in 0..400 {
        play(seed, 120);
    }
}

#[test]
#[should_panic(expected = "does not belong")]
fn an_update_that_does_not_belong_to_its_request_is_a_fault_of_the_worker() {
    let mut script = Script::start();
    script.update("list /", Update::AuthorizePage { url: "page".to_owned() });
}

#[test]
fn when_all_is_answered_nothing_waits() {
    for seed in 0..200 {
        let (mut script, _) = play(seed, 60);
        script
            .act(Action::CloseDialog)
            .act(Action::CloseDialog)
            .window(WindowEvent::WantedThumbnails(Vec::new()));
        for _ in 0..200 {
            let next = script.running.iter().find(|(_, job)| !matches!(job, Job::Session(_))).cloned();
            let Some((id, job)) = next else { break };
            if matches!(
                job,
                Job::List { .. } | Job::ListDeleted { .. } | Job::ListLinks { .. } | Job::Search { .. }
            ) {
                script.event(Event::Update { id, update: Update::Listing(listing("/", "a.txt")) });
            }
            script.running.retain(|(running, _)| *running != id);
            script.event(Event::Finished { id, outcome: Outcome::Done(Receipt::Nothing) }).wait(3.0);
        }
        assert_eq!(script.jobs(), "", "seed {seed}");
        let state = &script.state;
        assert!(!state.browser.listing.is_pending(), "seed {seed}");
        assert_eq!(state.transfers.summary().running, 0, "seed {seed}");
        assert!(state.tree.lines().iter().all(|line| !line.loading), "seed {seed}");
        script.go("/").list("/", "");
        assert!(state_busy(&script).is_empty(), "seed {seed}: {:?}", state_busy(&script));
    }
}

/// Rows that are still dimmed.
fn state_busy(script: &Script) -> &std::collections::HashMap<RemotePath, RequestId> {
    &script.state.browser.busy
}
