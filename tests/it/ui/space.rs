//! How much is in folders: in their rows, and in the map of the space that they take.

use super::acts::YEAR;
use super::made_up::{complete, file, folder, now};
use super::{Window, light, plain};
use coffer_model::{
    BlockContent, Edit, Entry, FileKind, FolderSummary, FolderTotals, IndexPhase, IndexStatus, Job,
    KindTotals, RemotePath, Settings, SpaceBlock, SpaceMap, SpacePart, Update, ViewMode,
};
use coffer_state::{Action, Command, Location};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::SignedDuration;
use std::sync::Arc;

const DAY: i64 = 24 * 60;

/// A folder whose totals are known, and whose newest file was changed so many minutes ago.
pub fn counted(path: &str, files: u64, folders: u64, bytes: u64, minutes_ago: i64) -> Entry {
    let newest = Some(now() - SignedDuration::from_mins(minutes_ago));
    Entry { totals: Some(Arc::new(FolderTotals { files, folders, bytes, newest })), ..folder(path) }
}

/// The window on a folder with folders of which something is known, is empty and nothing is known.
pub fn sizes(size: [f32; 2], settings: Settings) -> Window {
    let mut window = Window::closed(size, settings, YEAR);
    let at = |name: &str| format!("{YEAR}/{name}");
    let rows = vec![
        counted(&at("Expedition 2026"), 11_804, 211, 34_600_000_000, 40),
        counted(&at("Invoices, scanned by the tax office in the year before last"), 1, 0, 88_000, 20 * DAY),
        Entry { totals: Some(Arc::default()), ..folder(&at("Sketches")) },
        folder(&at("Timelapse")),
        file(&at("Fjord at dawn.jpg"), 4_800_000, 120),
    ];
    window.account.listings.retain(|(path, _)| path.as_str() != YEAR);
    window.account.listings.push((RemotePath::new(YEAR), Arc::new(complete(rows))));
    window.settle();
    window
}

fn said_of(window: &Window, role: Role, name: &str) -> String {
    let node = window.harness.get_by_role_and_label(role, name);
    node.accesskit_node().description().unwrap_or_default()
}

#[test]
fn rows_of_folders_have_size_and_date_where_these_are_known() {
    let window = sizes(LARGE, plain());
    assert_eq!(said_of(&window, Role::Row, "Expedition 2026"), "Folder, 34.6 GB, 40 min ago");
    assert_eq!(said_of(&window, Role::Row, "Sketches"), "Folder, 0 B");
    assert_eq!(said_of(&window, Role::Row, "Timelapse"), "Folder");
}

#[test]
fn the_pointer_on_a_folder_shows_what_is_in_it() {
    for (view, role) in [(ViewMode::List, Role::Row), (ViewMode::Grid, Role::ListItem)] {
        let mut window = sizes(LARGE, Settings { view, ..plain() });
        window.harness.get_by_role_and_label(role, "Expedition 2026").hover();
        window.wait(1.0);
        let told = window.harness.query_by_label_contains("11,804 files in 211 folders");
        assert!(told.is_some(), "{view:?}");
    }
}

/// The folder whose space is shown.
pub const PHOTOS: &str = "/Photos";

/// A folder in [`PHOTOS`] as the map shows it: its name, size in megabytes, the extensions of its files and how many there are.
const FOLDERS: [(&str, u64, &[&str], u64); 7] = [
    ("2026", 34_600, &["jpg", "jpg", "jpg", "jpg", "mp4", "zip", "pdf", "jpg"], 90),
    ("Timelapse", 27_300, &["mov"], 24),
    ("2025", 22_800, &["jpg", "jpg", "jpg", "mp4", "jpg", "jpg", "docx"], 80),
    ("Scans", 14_200, &["pdf", "pdf", "pdf", "jpg"], 40),
    ("Archive", 12_100, &["zip"], 9),
    ("Albums", 9_400, &["jpg", "jpg", "png"], 60),
    ("Prints", 2_400, &["docx", "pdf", "md"], 12),
];

/// A map with folders of many files, whose sizes fall off.
pub fn photos() -> SpaceMap {
    let blocks: Vec<SpaceBlock> = FOLDERS
        .iter()
        .enumerate()
        .map(|(at, (name, megabytes, extensions, files))| {
            let path = format!("{PHOTOS}/{name}");
            let bytes = megabytes * 1_000_000;
            let newest = now() - SignedDuration::from_hours(24 * 200 * at as i64);
            let entry = counted(&path, files * 131, files / 9, bytes, 24 * 60 * 200 * at as i64);
            let mut left = bytes;
            let mut inner: Vec<SpaceBlock> = (0..*files)
                .map(|number| {
                    let extension = extensions[number as usize * 7 % extensions.len()];
                    let size = left * 2 / (files - number + 2).max(8);
                    left -= size;
                    let name = format!("{path}/{} {number}.{extension}", WORDS[number as usize % 5]);
                    let days = 200 * at as i64 + number as i64 * 9;
                    file_block(file(&name, size, 24 * 60 * days))
                })
                .collect();
            inner.push(smaller(files * 130, left));
            inner.sort_by_key(|block| std::cmp::Reverse(block.bytes));
            SpaceBlock { content: BlockContent::Item(entry), bytes, newest: Some(newest), blocks: inner }
        })
        .chain([smaller(164, 900_000_000)])
        .collect();
    let bytes = blocks.iter().map(|block| block.bytes).sum();
    let totals = FolderTotals { files: 44_168, folders: 612, bytes, newest: Some(now()) };
    SpaceMap { folder: RemotePath::new(PHOTOS), totals, blocks }
}

const WORDS: [&str; 5] = ["Aurora", "Glacier, all takes", "Harbour", "Whales in slow motion", "Raw week"];

fn file_block(entry: Entry) -> SpaceBlock {
    let (bytes, newest) = (entry.size_bytes().unwrap(), entry.modified());
    SpaceBlock { content: BlockContent::Item(entry), bytes, newest, blocks: Vec::new() }
}

fn smaller(files: u64, bytes: u64) -> SpaceBlock {
    SpaceBlock { content: BlockContent::SmallerFiles(files), bytes, newest: None, blocks: Vec::new() }
}

/// The sums that belong to [`photos`].
fn sums(folder: &RemotePath) -> FolderSummary {
    let kind = |kind, files, gigabytes: u64| KindTotals { kind, files, bytes: gigabytes * 1_000_000_000 };
    let files: Vec<Entry> = photos().items().into_iter().filter(|item| item.file().is_some()).collect();
    let sorted_by = |key: fn(&Entry) -> i64| {
        let mut files = files.clone();
        files.sort_by_key(key);
        files.truncate(40);
        files
    };
    FolderSummary {
        folder: folder.clone(),
        kinds: vec![
            kind(FileKind::Picture, 39_804, 62),
            kind(FileKind::Video, 212, 41),
            kind(FileKind::Pdf, 3_120, 11),
            kind(FileKind::Archive, 41, 10),
            kind(FileKind::Document, 804, 2),
            kind(FileKind::Other, 187, 1),
        ],
        largest: sorted_by(|file| -(file.size_bytes().unwrap() as i64)),
        newest: sorted_by(|file| -file.modified().unwrap().as_second()),
        oldest: sorted_by(|file| file.modified().unwrap().as_second()),
    }
}

/// What a request for the space of a folder is answered with.
pub fn space_of(folder: &RemotePath, part: SpacePart) -> Vec<Update> {
    let empty = SpaceMap { folder: folder.clone(), totals: FolderTotals::default(), blocks: Vec::new() };
    let map = if folder.as_str() == PHOTOS { photos() } else { empty };
    let summary = sums(folder);
    let rows = match part {
        SpacePart::Map => map.items(),
        SpacePart::LargestFiles => summary.largest.clone(),
        SpacePart::OldestFiles => summary.oldest.clone(),
        SpacePart::Kinds => Vec::new(),
    };
    let rows = Update::Listing(Arc::new(complete(rows)));
    let map = (part == SpacePart::Map).then(|| Update::SpaceMap(Arc::new(map)));
    map.into_iter().chain([rows, Update::FolderSummary(Arc::new(summary))]).collect()
}

pub fn summary_of(folder: &RemotePath) -> Update {
    Update::FolderSummary(Arc::new(sums(folder)))
}

/// The window on the map of [`PHOTOS`].
pub fn space(size: [f32; 2], settings: Settings) -> Window {
    let mut window = Window::open(size, settings);
    window.act(Action::Go(Location::space(RemotePath::new(PHOTOS))));
    window
}

fn shown(window: &Window) -> String {
    match window.state().navigation.current() {
        Location::Space { folder, .. } => format!("space of {folder}"),
        other => format!("{other:?}"),
    }
}

const LARGE: [f32; 2] = [1280.0, 800.0];

#[test]
fn a_click_on_a_folder_of_the_map_goes_in_and_back_leads_out() {
    let mut window = space(LARGE, light());
    // Below its name it shows what is in it.
    let tile = window.harness.get_by_role_and_label(Role::ListItem, "Timelapse").rect();
    let at = tile.left_top() + vec2(20.0, 10.0);
    window.drag_points(at, at, Modifiers::NONE);
    assert_eq!(shown(&window), "space of /Photos/Timelapse");
    window.command(Command::Back);
    assert_eq!(shown(&window), "space of /Photos");
    assert_eq!(window.selected(), ["/Photos/Timelapse"]);
}

#[test]
fn a_click_on_a_file_of_the_map_selects_it_and_its_menu_is_that_of_any_list() {
    let mut window = space(LARGE, light());
    let name = "Aurora 0.mov";
    window.harness.get_by_role_and_label(Role::ListItem, name).click();
    window.settle();
    assert_eq!(window.selected(), [format!("/Photos/Timelapse/{name}")]);
    assert_eq!(shown(&window), "space of /Photos");
    window.harness.get_by_role_and_label(Role::ListItem, name).click_secondary();
    window.settle();
    window.harness.get_by_role_and_label(Role::MenuItem, "Delete").click();
    window.settle();
    assert!(window.account.jobs.iter().any(|job| matches!(job, Job::Edit(Edit::Delete(_)))));
}

#[test]
fn the_list_beside_the_map_is_walked_and_entered_by_keys() {
    let mut window = space(LARGE, light());
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    assert_eq!(window.selected(), ["/Photos/Timelapse"]);
    let row = window.harness.get_by_role_and_label(Role::Row, "Timelapse");
    assert_eq!(row.accesskit_node().description().as_deref(), Some("3,144 files, 27.3 GB"));
    window.press(Key::Enter);
    assert_eq!(shown(&window), "space of /Photos/Timelapse");
    window.press(Key::Backspace);
    assert_eq!(shown(&window), "space of /Photos");
    window.press(Key::ArrowLeft);
    assert_eq!(shown(&window), "space of /");
}

#[test]
fn the_space_of_a_folder_is_shown_from_its_menu_and_the_path_leads_out() {
    let mut window = Window::open(LARGE, plain());
    window.harness.get_by_role_and_label(Role::Row, "Photos").click_secondary();
    window.settle();
    window.harness.get_by_role_and_label(Role::MenuItem, "Show space used").click();
    window.settle();
    assert_eq!(shown(&window), "space of /Photos");
    window.harness.get_by_role_and_label(Role::Link, "Home").click();
    window.settle();
    assert_eq!(shown(&window), "space of /");
}

#[test]
fn the_tabs_list_the_largest_files_the_oldest_and_the_kinds() {
    let mut window = space(LARGE, light());
    window.click("Largest");
    let largest = sums(&RemotePath::new(PHOTOS)).largest[0].name().to_owned();
    assert!(window.harness.query_by_role_and_label(Role::Row, &largest).is_some());
    window.click("By kind");
    window.click("Pictures, 39,804 files, 62 GB, 49 %");
    assert!(matches!(
        window.state().navigation.current(),
        Location::Search { query, .. } if query == "kind:picture in:/Photos"
    ));
}

#[test]
fn the_details_of_a_folder_say_what_is_in_it_and_lead_to_its_largest_files() {
    let mut window = sizes(LARGE, light());
    window.select("Expedition 2026");
    window.wait(0.3);
    assert!(window.harness.query_by_label("11,804 files in 211 folders").is_some());
    assert!(window.harness.query_by_label_contains("Pictures 49 %").is_some());
    let largest = sums(&RemotePath::root()).largest[0].clone();
    window.harness.get_by_label_contains(&format!("{}, 2.2 GB", largest.name())).click();
    window.settle();
    assert!(
        window.account.jobs.iter().any(|job| matches!(job, Job::Locate { path } if *path == largest.path))
    );
}

#[test]
fn a_folder_of_many_files_is_deleted_after_a_question_that_says_how_many() {
    let mut window = sizes(LARGE, plain());
    window.click("Expedition 2026");
    window.press(Key::Delete);
    assert!(window.harness.query_by_role_and_label(Role::Dialog, "Delete “Expedition 2026”?").is_some());
    assert!(window.harness.query_by_label("11,804 files, 34.6 GB").is_some());
    window.click("Delete 11,804 files");
    assert!(window.account.jobs.iter().any(|job| matches!(job, Job::Edit(Edit::Delete(_)))));
}

#[test]
fn an_account_without_files_says_so_and_one_that_is_not_listed_yet_as_well() {
    let mut window = Window::open(LARGE, light());
    window.command(Command::ShowSpace);
    assert!(window.harness.query_by_label("Nothing here takes space").is_some());
    tell_index(&mut window, 37);
    assert!(window.harness.query_by_label_contains("37 % so far").is_some());
}

/// The index of the account is being filled.
pub fn tell_index(window: &mut Window, percent: u8) {
    let session = window.account.id_of(|job| matches!(job, Job::Session(_)));
    let phase = IndexPhase::Building { percent: Some(percent) };
    let bytes = 300_000_000_000;
    let status = IndexStatus { phase, files: 16_000, folders: 200, bytes, as_of: None };
    window.account.update(session, Update::Index(status));
    window.harness.step();
    window.settle();
}
