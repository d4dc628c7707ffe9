//! Links.

use super::{Script, account, problem};
use crate::action::DialogAction;
use crate::{Action, Command};
use coffer_model::link::{Audience, LinkOptions, LinkSettings};
use coffer_model::{Entry, EntryKind, Outcome, Receipt, Recovery, RemotePath, SharedLink, Update};
use jiff::Timestamp;
use std::sync::Arc;

fn link(url: &str) -> Outcome {
    link_with(url, &LinkSettings::PLAIN)
}

/// A link that can be changed.
fn link_with(url: &str, settings: &LinkSettings) -> Outcome {
    let link = SharedLink {
        url: url.to_owned(),
        audience: settings.audience,
        expires: settings.expires,
        can_revoke: true,
        options: LinkOptions { audiences: vec![Audience::Anyone, Audience::Password], expiry: true },
    };
    Outcome::Done(Receipt::Link { link, operation: None })
}

fn edit(settings: &LinkSettings) -> Action {
    Action::Dialog(DialogAction::EditLink(settings.clone()))
}

fn with_password(password: &str) -> LinkSettings {
    LinkSettings { audience: Audience::Password, password: Some(password.into()), ..LinkSettings::PLAIN }
}

fn shared() -> Script {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Share).check("/: >*a.txt dialog[share /a.txt no link]");
    script.done("find link /a.txt").act(Action::Dialog(DialogAction::CreateLink));
    script.finish("link /a.txt", link("https://x/1")).list("/", "a.txt");
    script
}

#[test]
fn looking_at_the_dialog_shares_nothing() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Share).check_jobs("find link /a.txt");
    script.done("find link /a.txt").check_jobs("");
    script.check("/: >*a.txt dialog[share /a.txt no link]");
    assert_eq!(script.take_copied(), None);
}

#[test]
fn a_link_that_is_there_is_shown_and_copied_only_when_that_is_asked_for() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Share).finish("find link /a.txt", link("https://x/0"));
    script.check("/: >*a.txt dialog[share /a.txt https://x/0]").check_jobs("");
    assert_eq!(script.take_copied(), None);
    script.act(Action::Dialog(DialogAction::CopyLink));
    assert_eq!(script.take_copied().as_deref(), Some("https://x/0"));
}

#[test]
fn the_dialog_makes_the_link_that_is_asked_for_and_copies_it() {
    let mut script = shared();
    script.check("/: >*a.txt dialog[share /a.txt https://x/1, copied]");
    assert_eq!(script.take_copied().as_deref(), Some("https://x/1"));
    script.act(Action::Dialog(DialogAction::OpenLink)).check_jobs("browse https://x/1");
}

#[test]
fn a_revoked_link_is_gone_for_good_and_a_new_one_can_be_made() {
    let mut script = shared();
    script
        .act(Action::Dialog(DialogAction::RevokeLink))
        .edited("revoke /a.txt", &[], None)
        .list("/", "a.txt");
    script.check(
        "/: >*a.txt toast[Removed the link to “a.txt”. This can’t be undone, but you can create a new link] \
         dialog[share /a.txt no link, revoked]",
    );
    assert_eq!(script.state.undo.undo_label(), None);
    script.act(Action::Dialog(DialogAction::CreateLink)).finish("link /a.txt", link("https://x/2"));
    assert_eq!(script.take_copied().as_deref(), Some("https://x/2"));
}

#[test]
fn a_link_that_cannot_be_made_or_revoked_says_why() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Share).fail("find link /a.txt", problem("Busy", Recovery::Retry));
    script.check("/: >*a.txt dialog[share /a.txt no link, Busy]");
    script.act(Action::Dialog(DialogAction::RetryLink)).done("find link /a.txt");
    script
        .act(Action::Dialog(DialogAction::CreateLink))
        .fail("link /a.txt", problem("Not allowed", Recovery::None));
    script.check("/: >*a.txt dialog[share /a.txt no link, Not allowed]");
    script.act(Action::Dialog(DialogAction::RetryLink)).check_jobs("link /a.txt");
    let mut script = shared();
    script
        .act(Action::Dialog(DialogAction::RevokeLink))
        .fail("revoke /a.txt", problem("Offline", Recovery::Offline));
    script.check("/: >*a.txt dialog[share /a.txt https://x/1, copied, Offline]");
}

#[test]
fn a_link_is_made_as_it_was_chosen() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Share).done("find link /a.txt");
    let no_password = LinkSettings { password: None, ..with_password("") };
    script.act(edit(&no_password)).act(Action::Dialog(DialogAction::CreateLink)).check_jobs("");
    let settings = with_password("sesame");
    script.act(edit(&settings)).act(Action::Dialog(DialogAction::CreateLink));
    script.finish("link /a.txt with a password", link_with("https://x/1", &settings)).list("/", "a.txt");
    script.check("/: >*a.txt dialog[share /a.txt https://x/1, copied]");
}

#[test]
fn the_settings_of_a_link_change_when_that_is_confirmed() {
    let mut script = shared();
    let ends = LinkSettings { expires: Some(Timestamp::UNIX_EPOCH), ..LinkSettings::PLAIN };
    let change = || Action::Dialog(DialogAction::ChangeLink);
    script.act(change()).check_jobs("");
    script.act(edit(&ends)).check_jobs("");
    script.check("/: >*a.txt dialog[share /a.txt https://x/1 until 1970-01-01T00:00:00Z, copied]");
    let job = "change link /a.txt until 1970-01-01T00:00:00Z";
    script.act(change()).act(change()).fail(job, problem("Not allowed", Recovery::None));
    script
        .check("/: >*a.txt dialog[share /a.txt https://x/1 until 1970-01-01T00:00:00Z, copied, Not allowed]");
    script.act(change()).finish(job, link_with("https://x/1", &ends)).list("/", "a.txt");
    script.check("/: >*a.txt dialog[share /a.txt https://x/1, copied, changed]");
    // The password that it has can stay.
    let settings = LinkSettings { password: None, ..with_password("") };
    script.act(edit(&settings)).act(change()).check_jobs("");
}

#[test]
fn a_change_goes_on_when_the_dialog_is_closed_and_tells_when_it_fails() {
    let mut script = shared();
    script.act(edit(&with_password("sesame"))).act(Action::Dialog(DialogAction::ChangeLink));
    script.act(Action::CloseDialog);
    assert!(script.cancelled.is_empty());
    script.fail("change link /a.txt with a password", problem("Not allowed", Recovery::None));
    script.check("/: >*a.txt toast[Not allowed | Details…]");
}

#[test]
fn the_key_copies_a_link_without_a_dialog() {
    let mut script = Script::at_home("Docs/");
    script.click(0).command(Command::CopyLink).finish("link /Docs", link("https://x/3")).list("/", "Docs/");
    script.check("/: >*Docs/ toast[Link to “Docs” copied]");
    assert_eq!(script.take_copied().as_deref(), Some("https://x/3"));
    script.command(Command::CopyLink).fail("link /Docs", problem("Busy", Recovery::Retry));
    let toast = script.state.toasts.list()[1].id;
    script.act(Action::ToastAction(toast)).check_jobs("link /Docs");
}

#[test]
fn closing_the_dialog_gives_up_the_link() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Share).act(Action::CloseDialog).check("/: >*a.txt");
    assert_eq!(script.cancelled, ["find link /a.txt"]);
}

#[test]
fn among_the_links_the_key_del_is_about_the_link_and_asks_first() {
    let mut script = Script::at_home("a.txt b.txt");
    let session = script.jobs_list().into_iter().find(|job| job.starts_with("session")).unwrap();
    script.update(&session, Update::Account(account())).answer_links(links(&["/a.txt"]));
    assert!(is_linked(&script, "/a.txt"));
    script.command(Command::ShowLinks).answer_list("list links", "/", "a.txt b.txt").click(0);
    assert!(!is_linked(&script, "/a.txt"), "here all are");
    assert!(Command::RemoveLink.is_enabled(&script.state));
    script.command(Command::Delete);
    assert!(script.state.dialog.as_ref().is_some_and(|dialog| dialog.try_as_share_ref().is_some()));
    script.check_jobs("find link /a.txt");
    // Several are not deleted with one press either.
    script.act(Action::CloseDialog).act(Action::Command(Command::SelectAll));
    assert!(!Command::Delete.is_enabled(&script.state));
}

/// Whether the row of an item says that it has a link.
fn is_linked(script: &Script, path: &str) -> bool {
    let entry = script.state.browser.entry_of(&RemotePath::new(path)).unwrap();
    script.state.has_link_mark(entry)
}

/// How the link of the dialog is to be.
fn chosen(script: &Script) -> LinkSettings {
    script.state.dialog.as_ref().unwrap().try_as_share_ref().unwrap().settings.clone()
}

fn links(paths: &[&str]) -> Outcome {
    let entry = |path: &&str| {
        let Outcome::Done(Receipt::Link { link, .. }) = link("https://x/1") else { unreachable!() };
        let kind = EntryKind::Folder { id: "".into() };
        Entry { link: Some(Arc::new(link)), ..Entry::new(RemotePath::new(path), kind) }
    };
    Outcome::Done(Receipt::Links(paths.iter().map(entry).collect()))
}

#[test]
fn rows_say_that_they_have_a_link_and_follow_what_happens_to_it() {
    let mut script = Script::at_home("a.txt b.txt Docs/");
    let session = script.jobs_list().into_iter().find(|job| job.starts_with("session")).unwrap();
    script.update(&session, Update::Account(account())).answer_links(links(&["/A.txt", "/x"]));
    assert!(is_linked(&script, "/a.txt") && !is_linked(&script, "/b.txt"));
    // It is known once.
    script.update(&session, Update::Account(account()));
    assert!(!script.asks_for_links());

    script.click(1).command(Command::CopyLink).finish("link /b.txt", link("https://x/2"));
    script.list("/", "a.txt b.txt Docs/");
    assert!(is_linked(&script, "/b.txt"));
    script.command(Command::Share).finish("find link /b.txt", link("https://x/2"));
    script.act(Action::Dialog(DialogAction::RevokeLink)).edited("revoke /b.txt", &[], None);
    script.list("/", "a.txt b.txt Docs/").act(Action::CloseDialog);
    assert!(!is_linked(&script, "/b.txt") && is_linked(&script, "/a.txt"));

    // What is chosen while a known link is looked up stays chosen; where that is gone, nothing is.
    script.click(0).command(Command::Share).act(edit(&with_password("sesame")));
    script.finish("find link /a.txt", link("https://x/1"));
    assert_eq!(chosen(&script), with_password("sesame"));
    script.act(Action::CloseDialog).command(Command::Share).act(edit(&with_password("sesame")));
    script.done("find link /a.txt");
    assert_eq!(chosen(&script), LinkSettings::PLAIN);
    script.act(Action::CloseDialog);

    // Links go where their items go.
    script.click(0).command(Command::Delete).edited("delete a.txt", &[], None);
    script.answer_links(links(&[])).list("/", "a.txt b.txt Docs/");
    assert!(!is_linked(&script, "/a.txt"));
}
