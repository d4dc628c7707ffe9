//! The state in one line, and jobs in a few words.

use crate::dialog::Dialog;
use crate::folder_chooser::ChooserLine;
use crate::large_operation::PlannedOperation;
use crate::toast::ToastAction;
use crate::{Location, State};
use coffer_model::comparison::{ComparedFile, ComparedFiles};
use coffer_model::link::{Audience, LinkSettings};
use coffer_model::message::{OpenWith, Pick};
use coffer_model::transfer::PlannedFile;
use coffer_model::{
    BringBack, BringBackPlace, CopiesToDelete, Edit, Entry, Job, NewItems, RelocationConflict, RemotePath,
    Sort, UndoStep,
};

/// The place, its rows, and what lies over them:
/// `/Photos: 2026/ >*a.jpg b.jpg~ …` is a folder with the cursor on a selected file and an edit of another one under
/// way, still loading. `name[…]` is a name being edited, `toast[… | Undo]` a toast, `dialog[…]` a dialog.
pub(super) fn picture(state: &State) -> String {
    let place = match state.navigation.current() {
        Location::Folder(path) => path.to_string(),
        Location::Past { folder, at } => format!("{folder} at {}", at.as_second()),
        Location::Deleted => "deleted".to_owned(),
        Location::Links => "links".to_owned(),
        Location::Changes => "changes".to_owned(),
        Location::Activity { text, group } => format!("activity “{text}” {group:?}"),
        Location::Duplicates(below) => format!("duplicates in {below}"),
        Location::Search { query, .. } => format!("search “{query}”"),
        Location::Space { folder, part } => format!("{part:?} of {folder}"),
    };
    let mut words = vec![format!("{place}:")];
    if let Some(rename) = &state.browser.rename {
        let complaint =
            rename.complaint.as_ref().map(|complaint| format!(" — {complaint}")).unwrap_or_default();
        let dots = if rename.committing.is_some() { "…" } else { "" };
        words.push(format!("name[{}{dots}{complaint}]", rename.text));
    }
    let listing = &state.browser.listing;
    words.extend(
        listing.value().into_iter().flat_map(|rows| &rows.entries).map(|entry| row_picture(state, entry)),
    );
    if listing.is_pending() {
        words.push("…".to_owned());
    }
    if let Some(problem) = listing.problem() {
        words.push(format!("!{}", problem.title));
    }
    for toast in state.toasts.list() {
        let button = toast.action.as_ref().map(ToastAction::label);
        let button = button.map(|button| format!(" | {button}")).unwrap_or_default();
        words.push(format!("toast[{}{button}]", toast.text));
    }
    words.extend(state.dialog.as_ref().map(|dialog| format!("dialog[{}]", dialog_picture(dialog))));
    words.join(" ")
}

fn row_picture(state: &State, entry: &Entry) -> String {
    let selection = &state.browser.selection;
    let mark = |on: bool, mark: &'static str| if on { mark } else { "" };
    [
        mark(selection.cursor.as_ref() == Some(&entry.path), ">"),
        mark(selection.contains(&entry.path), "*"),
        entry.name(),
        mark(entry.is_folder(), "/"),
        mark(entry.is_deleted(), "†"),
        mark(state.browser.busy.contains_key(&entry.path), "~"),
        mark(state.clipboard.is_cut(&entry.path), "✂"),
    ]
    .concat()
}

fn dialog_picture(dialog: &Dialog) -> String {
    match dialog {
        Dialog::Versions(versions) => {
            let count = versions.revisions.value().map_or(0, |revisions| revisions.len());
            let preview = if versions.preview.value().is_some() { ", preview" } else { "" };
            let problem = versions.problem.as_ref().map(|it| format!(", {}", it.title)).unwrap_or_default();
            format!("versions of {} {} of {count}{preview}{problem}", versions.path, versions.selected + 1)
        }
        Dialog::Share(share) => {
            let link = share.link.value().map_or("no link", |link| &link.url);
            let copied = if share.copied { ", copied" } else { "" };
            let revoked = if share.revoked { ", revoked" } else { "" };
            let changed = match &share.changed {
                Some(Ok(())) => ", changed".to_owned(),
                Some(Err(problem)) => format!(", {}", problem.title),
                None => String::new(),
            };
            let edited = if share.is_edited() { link_settings(&share.settings) } else { String::new() };
            let problem = share.link.problem().map(|it| format!(", {}", it.title)).unwrap_or_default();
            format!("share {} {link}{edited}{copied}{revoked}{changed}{problem}", share.entry.path)
        }
        Dialog::SignIn(sign_in) => {
            let page = sign_in.page_url.as_deref().unwrap_or("no page");
            let problem = sign_in.problem.as_ref().map(|it| format!(", {}", it.title)).unwrap_or_default();
            format!("sign in {:?}, {page}, {:?}{problem}", sign_in.app_key, sign_in.code)
        }
        Dialog::Conflicts(questions) => {
            let conflicts: Vec<String> = (0..questions.conflict_count())
                .filter_map(|index| questions.conflict(index))
                .map(|file| format!("{} {}", file.remote_path, decision_picture(&file)))
                .collect();
            let refused = questions.plan.refused.len() + questions.plan.unreadable.len();
            format!("upload? {}; {refused} cannot", conflicts.join(", "))
        }
        Dialog::Relocation(questions) => {
            let conflicts: Vec<String> = questions.asked().map(relocation_picture).collect();
            format!("{:?}? {}", questions.kind, conflicts.join(", "))
        }
        Dialog::CommandPalette(palette) => format!("command? {} {}", palette.typed(), palette.selected),
        Dialog::Settings(settings) => format!("settings, {:?}", settings.cache.value()),
        Dialog::LargePreview(large) => {
            let ready = if large.preview.value().is_some() { " ready" } else { "" };
            let zoom = large.zoom.chosen.map_or("fit".to_owned(), |zoom| format!("{zoom:.2}"));
            let parts = if large.parts.is_pending() { " drawing" } else { "" };
            format!("large {} {zoom}{ready}{parts}", large.entry.name())
        }
        Dialog::Compare(compare) => {
            let differences = compare.differences().len();
            let place = if differences > 0 {
                format!(" {} of {differences}", compare.current + 1)
            } else {
                String::new()
            };
            let ready = if compare.comparison.value().is_some() { " ready" } else { "" };
            let problem =
                compare.comparison.problem().map(|it| format!(", {}", it.title)).unwrap_or_default();
            format!("compare {}{ready}{place}{problem}", compare.name)
        }
        Dialog::GoTo(go_to) => {
            let matches = go_to.matches.iter().enumerate().map(|(index, found)| {
                let mark = if index == go_to.selected { ">" } else { "" };
                format!("{mark}{}", path_picture(&found.entry.path))
            });
            format!("go to “{}”: {}", go_to.typed(), matches.collect::<Vec<_>>().join(" "))
        }
        Dialog::FolderChooser(chooser) => {
            let lines = chooser.lines().into_iter().map(|line| {
                let mark = if line.choice() == chooser.chosen { ">" } else { "" };
                match line {
                    ChooserLine::Recent(path) => format!("{mark}({})", path_picture(&path)),
                    ChooserLine::Root => format!("{mark}/"),
                    ChooserLine::Folder(line) => {
                        format!("{mark}{}{}", line.path, if line.open { "…" } else { "" })
                    }
                    ChooserLine::Found(found) => format!("{mark}{}", found.entry.path),
                }
            });
            let new = chooser.new_folder.as_ref().map(|folder| {
                let complaint = folder.complaint.as_ref().map(|it| format!(" — {it}")).unwrap_or_default();
                let dots = if folder.making.is_some() { "…" } else { "" };
                format!(" new[{}{dots}{complaint}]", folder.parent.join(&folder.name))
            });
            let lines = lines.collect::<Vec<_>>().join(" ");
            format!("{:?} to “{}”: {lines}{}", chooser.kind, chooser.typed(), new.unwrap_or_default())
        }
        Dialog::SelectPattern(dialog) => {
            let names: Vec<&str> = dialog.found.entries.iter().map(Entry::name).collect();
            format!("select “{}”: {} of {}", dialog.typed(), names.join(" "), dialog.row_count())
        }
        Dialog::RenameMany(dialog) => {
            let names = dialog.entries.iter().zip(&dialog.plan.names).map(|(entry, planned)| {
                let issue = planned.issue.as_ref().map(|it| format!(" {it:?}")).unwrap_or_default();
                format!("{}→{}{issue}", entry.name(), planned.name)
            });
            format!("rename {}", names.collect::<Vec<_>>().join(", "))
        }
        Dialog::Open(question) => {
            let names: Vec<&str> = question.entries().iter().map(Entry::name).collect();
            format!("open? {}", names.join(", "))
        }
        Dialog::DeleteDuplicates(plan) => {
            let names: Vec<&str> = plan.entries.iter().map(Entry::name).collect();
            format!("delete {} of {} groups, {} bytes?", names.join(" "), plan.groups.len(), plan.bytes)
        }
        Dialog::LargeOperation(large) => {
            let word = match &large.operation {
                PlannedOperation::Edit(Edit::Delete(_)) => "delete",
                PlannedOperation::Edit(Edit::Move(_)) => "move",
                PlannedOperation::Edit(_) => "copy",
                PlannedOperation::Download { .. } => "download",
                PlannedOperation::Upload(_) => "upload",
            };
            let at_least = if large.amount.is_partial { "at least " } else { "" };
            format!("{word}? {at_least}{} files, {} bytes", large.amount.files, large.amount.bytes)
        }
        Dialog::BringBack(question) => {
            let files = question.files().map_or("…".to_owned(), |files| files.to_string());
            format!("bring back {files} files of {}{}?", question.asked.folder, place(&question.asked))
        }
        Dialog::RemoveSharedFolder(entry) => format!("remove? {}", entry.name()),
        Dialog::Guide(guide) => format!("guide {}", guide.page.file_name()),
        Dialog::Shortcuts => "keys".to_owned(),
        Dialog::Problem(problem) => format!("problem: {}", problem.title),
        Dialog::Quit => "quit?".to_owned(),
    }
}

fn path_picture(path: &RemotePath) -> &str {
    if path.is_root() { "/" } else { path.as_str() }
}

fn describe_bring_back(word: &str, asked: &BringBack) -> String {
    let list = |word: &str, paths: &[RemotePath]| match paths {
        [] => String::new(),
        paths => format!(" {word} {}", paths.iter().map(RemotePath::as_str).collect::<Vec<_>>().join(" ")),
    };
    let (only, without) = (list("only", &asked.items), list("without", &asked.left_out));
    format!("{word} {} back to {}{}{only}{without}", asked.folder, asked.at, place(asked))
}

fn place(asked: &BringBack) -> String {
    match &asked.place {
        BringBackPlace::InPlace(NewItems::Stay) => String::new(),
        BringBackPlace::InPlace(NewItems::Aside(folder)) => format!(" and new ones to {folder}"),
        BringBackPlace::Beside(target) => format!(" as {target}"),
        BringBackPlace::ThisComputer => " to this computer".to_owned(),
    }
}

/// A job in a few words.
pub(super) fn describe(job: &Job) -> String {
    let names = |entries: &[Entry]| entries.iter().map(Entry::name).collect::<Vec<_>>().join(" ");
    let moves = |moves: &[(Entry, RemotePath)]| {
        moves.iter().map(|(entry, to)| format!("{} to {to}", entry.path)).collect::<Vec<_>>().join(", ")
    };
    match job {
        Job::Session(choice) => format!("session {choice:?}"),
        Job::SignInPage { app_key, .. } => format!("sign-in page {app_key}"),
        Job::SignIn { code } => format!("sign in {code}"),
        Job::SignOut => "sign out".to_owned(),
        Job::List { path, .. } => format!("list {path}"),
        Job::FilterRows { query, rows, .. } => format!("filter {} by {query}", rows.entries.len()),
        Job::ListChangeTimes(folder) => format!("list change times of {folder}"),
        Job::ListPast(query) => format!("list {} at {}", query.folder, query.at.as_second()),
        Job::ListTree { path, .. } => format!("list all in {path}"),
        Job::ListDeleted { .. } => "list deleted".to_owned(),
        Job::ListLinks { .. } => "list links".to_owned(),
        Job::Search { query, sort: None, .. } => format!("search {query}"),
        Job::Search { query, sort: Some(Sort { column, descending, .. }), .. } => {
            format!("search {query} by {column:?}{}", if *descending { ", descending" } else { "" })
        }
        Job::SearchIndex { query, .. } => format!("search the index {query}"),
        Job::FindPaths { typed, folders_only: true, .. } => format!("find folders {typed}"),
        Job::FindPaths { typed, .. } => format!("find paths {typed}"),
        Job::ListKnown { path, .. } => format!("list known {path}"),
        Job::ListLargest { below, .. } => format!("list largest in {below}"),
        Job::ListSpace { folder, part } => format!("space {part:?} of {folder}"),
        Job::SummarizeFolder { folder } => format!("summarize {folder}"),
        Job::FindDuplicates { below } => format!("find equal files in {below}"),
        Job::ListChanges { below, .. } => format!("list changes in {below}"),
        Job::See(Some(folder)) => format!("see {folder}"),
        Job::See(None) => "see everything".to_owned(),
        Job::UpdateIndex { .. } => "update index".to_owned(),
        Job::ReadIndexStatus => "read index status".to_owned(),
        Job::Locate { path } => format!("locate {path}"),
        Job::Thumbnails(wanted) => {
            let hashes: Vec<&str> = wanted.iter().map(|wanted| &*wanted.key.content_hash).collect();
            format!("thumbnails {}", hashes.join(" "))
        }
        Job::Preview { entry, .. } => {
            format!("preview {}@{}", entry.name(), entry.file().map_or("-", |file| &file.rev.0))
        }
        Job::TextPart { entry, part, encoding } => format!("{part:?} of {} in {encoding}", entry.name()),
        Job::FindInText { entry, words, encoding } => {
            format!("find “{words}” in {} in {encoding}", entry.name())
        }
        Job::PagePart { entry, part } => {
            format!("page {} of {} {} wide", part.page + 1, entry.name(), part.page_width)
        }
        Job::PageTexts { entry, pages } => {
            format!("text of pages {}-{} of {}", pages.start + 1, pages.end, entry.name())
        }
        Job::PlaySound { entry, from } => format!("play {} from {} s", entry.name(), from.as_secs_f64()),
        Job::MeasureLoudness(entry) => format!("measure {}", entry.name()),
        Job::Revisions { path } => format!("revisions {path}"),
        Job::Edit(Edit::CreateFolder { path }) => format!("create {path}"),
        Job::Edit(Edit::Move(list)) => format!("move {}", moves(list)),
        Job::Edit(Edit::Copy(list)) => format!("copy {}", moves(list)),
        Job::Edit(Edit::Relocate { kind, conflicts, .. }) => {
            let decided: Vec<String> = conflicts.iter().map(relocation_picture).collect();
            format!("{kind:?} {}", decided.join(", "))
        }
        Job::Edit(Edit::Delete(entries)) => format!("delete {}", names(entries)),
        Job::Edit(Edit::DeleteCopies(groups)) => {
            let group =
                |group: &CopiesToDelete| format!("{} of {}", names(&group.deleted), names(&group.kept));
            format!("delete {}", groups.iter().map(group).collect::<Vec<_>>().join(", "))
        }
        Job::Edit(Edit::Restore { path, rev, current }) => {
            format!("restore {path} to {} over {}", rev.0, current.as_ref().map_or("nothing", |rev| &rev.0))
        }
        Job::Edit(Edit::BringBack(asked)) => describe_bring_back("bring", asked),
        Job::PlanBringBack(asked) => describe_bring_back("plan to bring", asked),
        Job::Edit(Edit::Undelete(entries)) => format!("undelete {}", names(entries)),
        Job::FindFirstParts { folder, .. } => format!("find the first parts of {}", folder.path),
        Job::PlanUndelete(entries) => format!("plan undelete {}", names(entries)),
        Job::Edit(Edit::RevokeLink { path, .. }) => format!("revoke {path}"),
        Job::Edit(Edit::AddSharedFolder(folder)) => format!("add {}", folder.name),
        Job::Edit(Edit::RemoveSharedFolder(entry)) => format!("remove {}", entry.path),
        Job::ListSharedFolders => "list shared folders".to_owned(),
        Job::Edit(Edit::Undo { operation, step: UndoStep::Undo }) => format!("undo {}", operation.0),
        Job::Edit(Edit::Undo { operation, step: UndoStep::Redo }) => format!("redo {}", operation.0),
        Job::PlanRename(question) => format!("plan to rename {}", names(&question.entries)),
        Job::ListHistory(query) => format!("list history {:?} of {:?}", query.text, query.group),
        Job::ListOperationItems(id) => format!("list items of {}", id.0),
        Job::PlanUpload { local_paths, target, .. } => format!("plan {local_paths:?} to {target}"),
        Job::PlanUploadAs { local_path, remote_path, .. } => format!("plan {local_path:?} as {remote_path}"),
        Job::Upload { plan } => {
            let files: Vec<String> = plan.files.iter().map(|file| file.remote_path.to_string()).collect();
            let decisions: Vec<String> = plan.conflicts().map(|(file, _)| decision_picture(&file)).collect();
            format!("upload {} [{}]", files.join(" "), decisions.join(", "))
        }
        Job::Download { entries, folder, .. } => {
            format!("download {} to {}", names(entries), folder.display())
        }
        Job::FetchPromised { entries, folder } => {
            format!("fetch {} to {}", names(entries), folder.display())
        }
        Job::DownloadPast(download) => {
            let (wanted, name) = (describe_bring_back("download", &download.wanted), &download.name);
            let name = name.as_ref().map(|name| format!("/{}", name.display())).unwrap_or_default();
            format!("{wanted}: {}{name}", download.folder.display())
        }
        Job::PlanPastDownload(download) => describe_bring_back("plan to download", &download.wanted),
        Job::PlanDownload { entries, folder, .. } => {
            format!("plan to get {} items to {}", entries.len(), folder.display())
        }
        Job::SaveAs { entry, local_path, .. } => format!("save {} as {}", entry.name(), local_path.display()),
        Job::CheckOut { entry, .. } => format!("open {}", entry.name()),
        Job::SaveWorkingCopy { id } => format!("save copy {}", id.0),
        Job::ResolveEditConflict { id, keep } => format!("keep {keep:?} of copy {}", id.0),
        Job::Compare { files, ignores_space: true } => {
            let job = Job::Compare { files: files.clone(), ignores_space: false };
            format!("{} but for white space", describe(&job))
        }
        Job::Compare { files: ComparedFiles::Conflict(id), .. } => format!("compare copy {}", id.0),
        Job::Compare { files: ComparedFiles::Pair(files), .. } => {
            let side = |file: &ComparedFile| match file {
                ComparedFile::Revision(entry) => {
                    format!("{}@{}", entry.path, entry.file().map_or("-", |file| &file.rev.0))
                }
                ComparedFile::Local(local_path) => local_path.display().to_string(),
            };
            format!("compare {} with {}", side(&files[0]), side(&files[1]))
        }
        Job::CloseWorkingCopy { id } => format!("close copy {}", id.0),
        Job::DiscardWorkingCopy { id } => format!("discard copy {}", id.0),
        Job::OpenLocalFile { local_path } => format!("open {}", local_path.display()),
        Job::Open { entry, with: OpenWith::SystemProgram } => format!("open a copy of {}", entry.name()),
        Job::Open { entry, with: OpenWith::FileManager } => format!("show {}", entry.name()),
        Job::FindAllLinks => "find all links".to_owned(),
        Job::FindLink { path } => format!("find link {path}"),
        Job::CreateLink { path, settings } => format!("link {path}{}", link_settings(settings)),
        Job::ChangeLink { path, settings, .. } => format!("change link {path}{}", link_settings(settings)),
        Job::Browse { url } => format!("browse {url}"),
        Job::ShowFile { local_path } => format!("show {}", local_path.display()),
        Job::Pick(Pick::Files) => "pick files".to_owned(),
        Job::Pick(Pick::FileToCompare) => "pick file".to_owned(),
        Job::Pick(Pick::Folder | Pick::DownloadFolder) => "pick folder".to_owned(),
        Job::Pick(Pick::SaveAs { suggested_name }) => format!("pick name {suggested_name}"),
        Job::PasteFiles(_) => "paste files".to_owned(),
        Job::ForgetTransfers(jobs) => {
            format!("forget {}", jobs.iter().map(describe).collect::<Vec<_>>().join(", "))
        }
        Job::Notify { title, .. } => format!("notify {title}"),
        Job::SaveSettings(_) => "save settings".to_owned(),
        Job::SavePlaces(_) => "save places".to_owned(),
        Job::MeasureCache => "measure the cache".to_owned(),
        Job::ReadGuide(page) => format!("guide {}", page.file_name()),
        Job::ClearCache => "clear the cache".to_owned(),
    }
}

fn relocation_picture(conflict: &RelocationConflict) -> String {
    let decision = conflict.decision.map_or_else(|| "?".to_owned(), |decision| format!("{decision:?}"));
    format!("{} to {} {decision}", conflict.entry.path, conflict.target)
}

fn decision_picture(file: &PlannedFile) -> String {
    file.decision.map_or_else(|| "?".to_owned(), |decision| format!("{decision:?}"))
}

/// " for password, until 1970-01-01T00:00:00Z": what differs from a plain link.
fn link_settings(settings: &LinkSettings) -> String {
    let audience = match settings.audience {
        Audience::Anyone => "",
        Audience::Password if settings.password.is_some() => " with a password",
        Audience::Password => " with the same password",
        Audience::Team => " for the team",
        Audience::OnlyInvited => " for invited people",
    };
    let until = settings.expires.map(|expires| format!(" until {expires}")).unwrap_or_default();
    format!("{audience}{until}")
}
