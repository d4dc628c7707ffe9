//! What reaches the person's desktop: copies that are opened, pages, chosen places, settings.

use coffer_model::file_kind::extension;
use coffer_model::message::{Job, OpenWith};
use coffer_model::{OnExisting, Receipt, RemotePath, Settings, ThemeChoice};
use coffer_testing::house::{House, transferred};
use coffer_worker::{Dirs, load_settings};
use std::fs;

#[test]
fn a_copy_is_opened_under_its_own_name_and_cannot_be_edited_by_mistake() {
    let mut house = House::new();
    let entry = house.put("/Letter.txt", "Dear Ida");
    let open = |house: &mut House, with| match house.run(Job::Open { entry: entry.clone(), with }).receipt() {
        Receipt::LocalCopy(path) => path,
        other => panic!("a copy is made: {other:?}"),
    };
    let path = open(&mut house, OpenWith::SystemProgram);
    assert_eq!(path.file_name().unwrap(), "Letter.txt");
    assert_eq!(fs::read(&path).unwrap(), b"Dear Ida");
    assert!(fs::metadata(&path).unwrap().permissions().readonly());
    let again = open(&mut house, OpenWith::FileManager);
    assert_eq!(again, path);
    assert_eq!(*house.desktop.opened.lock().unwrap(), std::slice::from_ref(&path));
    assert_eq!(*house.desktop.shown.lock().unwrap(), [path]);
}

#[test]
fn a_revision_is_saved_where_the_person_wants_it_in_place_of_what_is_there() {
    let mut house = House::new();
    let old = house.put("/a.txt", "old");
    house.put("/a.txt", "new");
    let place = house.local("chosen.txt");
    fs::write(&place, "something else").unwrap();
    let (report, _) = transferred(
        house
            .run(Job::SaveAs { entry: old, local_path: place.clone(), existing: OnExisting::Replace })
            .receipt(),
    );
    assert_eq!(report.downloaded, std::slice::from_ref(&place));
    assert_eq!(fs::read(place).unwrap(), b"old");
}

#[test]
fn only_pages_are_browsed() {
    let mut house = House::new();
    house.run(Job::Browse { url: "https://www.dropbox.com/help".into() }).receipt();
    house.run(Job::Browse { url: "file:///etc/passwd".into() }).problem();
    assert_eq!(*house.desktop.browsed.lock().unwrap(), ["https://www.dropbox.com/help"]);
}

#[test]
fn what_was_downloaded_is_shown_where_it_lies() {
    let mut house = House::new();
    let folder = house.local("My files");
    fs::create_dir(&folder).unwrap();
    house.run(Job::ShowFile { local_path: folder.clone() }).receipt();
    assert_eq!(*house.desktop.shown.lock().unwrap(), [folder]);
    assert!(house.desktop.browsed.lock().unwrap().is_empty());
}

#[test]
fn settings_are_there_at_the_next_start() {
    let mut house = House::new();
    let settings = Settings { theme: ThemeChoice::Light, ..Settings::default() };
    house.run(Job::SaveSettings(settings.clone())).receipt();
    let dirs = Dirs::new(Some(house.local("coffer"))).unwrap();
    assert_eq!(load_settings(&dirs).settings, settings);
}

#[test]
fn names_that_this_computer_cannot_hold_are_changed_visibly() {
    let mut house = House::new();
    let name = "ö".repeat(140);
    let long = house.put(&format!("/Folder/{name}.txt"), "x");
    assert_eq!(long.name().len(), 284);
    let folder = house.local("downloads");
    fs::create_dir(&folder).unwrap();
    let entries = vec![house.entry("/Folder")];
    transferred(
        house.run(Job::Download { entries, folder: folder.clone(), existing: OnExisting::Number }).receipt(),
    );
    let kept = fs::read_dir(folder.join("Folder")).unwrap().next().unwrap().unwrap().file_name();
    let kept = kept.to_str().unwrap();
    assert!(kept.len() <= 255 && kept.starts_with("öö") && extension(kept) == "txt", "{kept}");
    assert!(house.exists(RemotePath::new(&format!("/Folder/{name}.txt")).as_str()));
}
