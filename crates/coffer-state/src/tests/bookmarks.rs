//! Bookmarks in the side bar.

use super::{Script, entry, problem};
use crate::bookmarks::BookmarkAction;
use crate::{Action, Command, Location};
use coffer_model::settings::Bookmark;
use coffer_model::{Job, Problem, ProblemKind, Recovery, RemotePath, Settings};

fn bookmark(path: &str) -> Bookmark {
    Bookmark { path: RemotePath::new(path), is_file: path.contains('.') }
}

/// At home, with these bookmarks.
fn with(paths: &[&str]) -> Script {
    let bookmarks = paths.iter().map(|path| bookmark(path)).collect();
    let bookmarks = [("local".to_owned(), bookmarks)].into();
    let mut script = Script::with(Settings { bookmarks, inspector_open: false, ..Settings::default() });
    script.list("/", "Docs/ Photos/ a.txt");
    script
}

#[track_caller]
fn check<'a>(script: &'a mut Script, expected: &str) -> &'a mut Script {
    let paths = script.state.bookmarks().iter().map(|it| it.path.to_string());
    assert_eq!(paths.collect::<Vec<_>>().join(" "), expected);
    script
}

fn act(script: &mut Script, action: BookmarkAction) -> &mut Script {
    script.act(Action::Bookmark(action))
}

fn put<'a>(script: &'a mut Script, paths: &[&str], index: usize) -> &'a mut Script {
    let bookmarks = paths.iter().map(|path| bookmark(path)).collect();
    act(script, BookmarkAction::Put { bookmarks, index })
}

fn press_toast(script: &mut Script) -> &mut Script {
    let id = script.state.toasts.list().last().expect("a toast").id;
    script.act(Action::ToastAction(id))
}

#[test]
fn what_is_selected_or_the_folder_that_is_shown_is_bookmarked_and_no_longer() {
    let mut script = with(&[]);
    assert!(!Command::ToggleBookmark.is_enabled(&script.state), "home has a place of its own");
    script.click(0).ctrl_click(2).command(Command::ToggleBookmark);
    check(&mut script, "/Docs /a.txt").check("/: *Docs/ Photos/ >*a.txt toast[Added 2 bookmarks]");
    assert!(script.state.bookmarks()[1].is_file && !script.state.bookmarks()[0].is_file);
    script.ctrl_click(1).command(Command::ToggleBookmark);
    check(&mut script, "/Docs /a.txt /Photos");
    assert!(script.state.has_bookmarks_of_command());
    script.command(Command::ToggleBookmark);
    check(&mut script, "");

    script.go("/Photos").list("/Photos", "").command(Command::ToggleBookmark);
    check(&mut script, "/Photos").command(Command::ToggleBookmark);
    check(&mut script, "");
    press_toast(&mut script);
    check(&mut script, "/Photos");
    for location in
        [Location::Links, Location::Past { folder: RemotePath::new("/Photos"), at: script.state.now }]
    {
        script.act(Action::Go(location));
        assert!(!Command::ToggleBookmark.is_enabled(&script.state));
    }
}

#[test]
fn bookmarks_are_put_where_they_are_dropped() {
    let mut script = with(&["/A", "/B", "/C"]);
    check(put(&mut script, &["/A"], 3), "/B /C /A");
    check(put(&mut script, &["/A"], 0), "/A /B /C");
    check(put(&mut script, &["/B"], 1), "/A /B /C");
    check(put(&mut script, &["/B"], 2), "/A /B /C");
    check(put(&mut script, &["/D", "/a"], 2), "/B /D /a /C");
    check(put(&mut script, &["/E.txt"], 99), "/B /D /a /C /E.txt");
    script.wait(1.0);
    let saved = script.running.iter().find_map(|(_, job)| match job {
        Job::SaveSettings(settings) => Some(settings.bookmarks["local"].len()),
        _ => None,
    });
    assert_eq!(saved, Some(5));
}

#[test]
fn a_folder_is_opened_and_a_file_is_selected_in_its_folder() {
    let mut script = with(&["/Docs", "/Photos/b.txt"]);
    act(&mut script, BookmarkAction::Open(bookmark("/Docs"))).list("/Docs", "").check("/Docs:");
    act(&mut script, BookmarkAction::Open(bookmark("/Photos/b.txt"))).list("/Photos", "a.txt b.txt");
    script.check("/Photos: a.txt >*b.txt");
    script.command(Command::Refresh).list("/Photos", "a.txt").check("/Photos: >a.txt");
}

#[test]
fn a_bookmark_that_leads_nowhere_says_so_and_can_be_removed() {
    let gone = || Problem::new(ProblemKind::NotFound, "It is gone", "");
    for (path, nowhere) in [("/Gone", "/Gone: !It is gone"), ("/Docs/gone.txt", "/Docs: a.txt")] {
        let mut script = with(&["/Photos", path]);
        act(&mut script, BookmarkAction::Open(bookmark(path)));
        if path == "/Gone" {
            script.fail("list /Gone", gone());
        } else {
            script.list("/Docs", "a.txt");
        }
        let name = path.rsplit('/').next().unwrap();
        let said = format!("toast[“{name}” is no longer where its bookmark leads | Remove bookmark]");
        script.check(&format!("{nowhere} {said}"));
        check(press_toast(&mut script), "/Photos");
        // Told once, and only of what was opened by a bookmark.
        script.go("/").list("/", "Docs/").go("/Gone");
        script.fail("list /Gone", gone());
        assert!(!script.state.toasts.list().iter().any(|toast| toast.text.contains("leads")));
    }
    // Without a connection nobody knows.
    let mut script = with(&["/Docs"]);
    act(&mut script, BookmarkAction::Open(bookmark("/Docs")));
    script.fail("list /Docs", problem("No connection", Recovery::Offline)).check("/Docs: !No connection");
}

#[test]
fn bookmarks_follow_what_is_moved_here() {
    let mut script = with(&["/Photos", "/Docs/Old", "/Docs/x.txt"]);
    script.act(Action::DropEntries {
        entries: vec![entry("/", "Docs/")],
        target: RemotePath::new("/Photos"),
        copy: false,
    });
    script.edited("move /Docs to /Photos/Docs", &[entry("/Photos", "Docs/")], None);
    check(&mut script, "/Photos /Photos/Docs/Old /Photos/Docs/x.txt");
}
