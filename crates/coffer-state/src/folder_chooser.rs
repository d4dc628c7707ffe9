//! Choosing the folder that items are moved or copied into: by some letters of its path, from those that were used last, or in
//! a tree of all. What the chosen folder is refused for is said before anything is sent.

use super::context::StateContext;
use super::input::Motion;
use super::requests::RequestPurpose;
use super::tree::{Tree, TreeLine};
use super::{State, text};
use coffer_model::{
    Edit, Entry, Job, Outcome, PathMatch, Problem, Receipt, Relocation, RemotePath, RequestId, name,
};
use std::sync::Arc;

/// Folders that are found, and those that are offered before anything is typed.
const MOST_FOUND: usize = 50;
const MOST_RECENT: usize = 5;

/// Lines that Page Up and Page Down go.
const PAGE_LINES: usize = 8;

pub struct FolderChooser {
    pub kind: Relocation,
    /// What is moved or copied.
    pub entries: Vec<Entry>,
    typed: String,
    /// Those of what was typed before stay until the next are there.
    found: Arc<Vec<PathMatch>>,
    /// Why nothing can be found.
    pub problem: Option<Problem>,
    request: Option<RequestId>,
    recent: Vec<RemotePath>,
    pub(super) tree: Tree,
    pub chosen: ChosenFolder,
    /// A folder is being named that is to be made in the chosen one.
    pub new_folder: Option<NewFolder>,
}

/// A folder may be listed twice: among those that were used last, and in the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct ChosenFolder {
    pub part: ChooserPart,
    pub path: RemotePath,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChooserPart {
    Recent,
    Tree,
    Found,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum ChooserLine {
    Recent(RemotePath),
    /// The folder of all folders, above the tree.
    Root,
    Folder(TreeLine),
    Found(PathMatch),
}

#[derive(Clone, Debug, PartialEq)]
pub struct NewFolder {
    pub parent: RemotePath,
    pub name: String,
    /// Why it can't be made, in words.
    pub complaint: Option<String>,
    /// It is being made.
    pub making: Option<RequestId>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ChooserAction {
    /// The letters of a path.
    Edit(String),
    Choose(ChosenFolder),
    /// Opens or closes a folder of the tree.
    Toggle(RemotePath),
    BeginNewFolder,
    NameNewFolder(String),
    MakeNewFolder,
    CancelNewFolder,
    /// Moves or copies into the chosen folder.
    Confirm,
}

impl ChooserLine {
    pub fn choice(&self) -> ChosenFolder {
        let (part, path) = match self {
            Self::Recent(path) => (ChooserPart::Recent, path.clone()),
            Self::Root => (ChooserPart::Tree, RemotePath::root()),
            Self::Folder(line) => (ChooserPart::Tree, line.path.clone()),
            Self::Found(found) => (ChooserPart::Found, found.entry.path.clone()),
        };
        ChosenFolder { part, path }
    }
}

impl FolderChooser {
    fn new(kind: Relocation, entries: Vec<Entry>, recent: Vec<RemotePath>, shown: RemotePath) -> Self {
        let chosen = match recent.first() {
            Some(first) => ChosenFolder { part: ChooserPart::Recent, path: first.clone() },
            None => ChosenFolder { part: ChooserPart::Tree, path: shown },
        };
        Self {
            kind,
            entries,
            typed: String::new(),
            found: Arc::default(),
            problem: None,
            request: None,
            recent,
            tree: Tree::for_purpose(RequestPurpose::ChooserTree),
            chosen,
            new_folder: None,
        }
    }

    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// What was typed is being looked for.
    pub fn is_searching(&self) -> bool {
        self.request.is_some()
    }

    pub fn is_loading(&self) -> bool {
        self.tree.is_loading()
    }

    /// What is listed: what was found, or while nothing is typed the latest folders and the tree.
    pub fn lines(&self) -> Vec<ChooserLine> {
        if !self.typed.trim().is_empty() {
            return self.found.iter().cloned().map(ChooserLine::Found).collect();
        }
        let recent = self.recent.iter().cloned().map(ChooserLine::Recent);
        let folders = self.tree.lines().into_iter().map(ChooserLine::Folder);
        recent.chain([ChooserLine::Root]).chain(folders).collect()
    }

    fn edit(&mut self, typed: String, context: &mut StateContext) {
        context.cancel(self.request.take());
        self.problem = None;
        if typed.trim().is_empty() {
            self.found = Arc::default();
            self.typed = typed;
            self.choose_first();
            return;
        }
        let job = Job::FindPaths { typed: typed.clone(), folders_only: true, most: MOST_FOUND };
        self.request = Some(context.run(job, RequestPurpose::ChooserSearch));
        self.typed = typed;
    }

    fn choose_first(&mut self) {
        if let Some(first) = self.lines().first() {
            self.chosen = first.choice();
        }
    }

    pub(super) fn on_found(&mut self, outcome: Outcome) {
        self.request = None;
        match outcome {
            Outcome::Done(Receipt::FoundPaths(found)) => {
                self.found = found;
                self.choose_first();
            }
            Outcome::Failed(problem) => {
                self.found = Arc::default();
                self.problem = Some(problem);
            }
            Outcome::Done(_) | Outcome::Cancelled => {}
        }
    }

    /// The arrow keys: through the lines, and into and out of folders of the tree.
    pub(super) fn step(&mut self, motion: Motion, context: &mut StateContext) {
        let lines = self.lines();
        let Some(last) = lines.len().checked_sub(1) else { return };
        let at = lines.iter().position(|line| line.choice() == self.chosen);
        let Some(index) = at else {
            self.choose_first();
            return;
        };
        let target = match (motion, &lines[index]) {
            (Motion::Up, _) => index.saturating_sub(1),
            (Motion::Down, _) => (index + 1).min(last),
            (Motion::PageUp, _) => index.saturating_sub(PAGE_LINES),
            (Motion::PageDown, _) => (index + PAGE_LINES).min(last),
            (Motion::Home, _) => 0,
            (Motion::End, _) => last,
            (Motion::Right, ChooserLine::Folder(line)) if !line.open && line.can_open => {
                self.tree.toggle(&line.path, context);
                index
            }
            (Motion::Right, ChooserLine::Folder(line)) => {
                let is_inside = |next: &ChooserLine| match next {
                    ChooserLine::Folder(next) => next.level > line.level,
                    _ => false,
                };
                if lines.get(index + 1).is_some_and(is_inside) { index + 1 } else { index }
            }
            (Motion::Left, ChooserLine::Folder(line)) if line.open => {
                self.tree.toggle(&line.path, context);
                index
            }
            (Motion::Left, ChooserLine::Folder(line)) => {
                let parent = line.path.parent().unwrap_or_default();
                let parent = ChosenFolder { part: ChooserPart::Tree, path: parent };
                lines.iter().position(|line| line.choice() == parent).unwrap_or(index)
            }
            (Motion::Left | Motion::Right, _) => index,
        };
        self.chosen = lines[target].choice();
    }

    fn begin_new_folder(&mut self) {
        self.new_folder = Some(NewFolder {
            parent: self.chosen.path.clone(),
            name: text::new_folder().to_owned(),
            complaint: None,
            making: None,
        });
    }

    fn name_new_folder(&mut self, name: String) {
        if let Some(folder) = self.new_folder.as_mut().filter(|folder| folder.making.is_none()) {
            folder.complaint =
                Some(name.trim_end()).filter(|it| !it.is_empty()).and_then(name::invalid_reason);
            folder.name = name;
        }
    }

    /// The folder was made: it is the chosen one.
    pub(super) fn on_folder_made(&mut self, path: RemotePath, context: &mut StateContext) {
        self.new_folder = None;
        self.edit(String::new(), context);
        let parent = path.parent().unwrap_or_default();
        self.tree.unfold_to(&path, context);
        self.tree.refresh(Some(&[parent]), context);
        self.chosen = ChosenFolder { part: ChooserPart::Tree, path };
    }

    pub(super) fn on_folder_refused(&mut self, problem: &Problem) {
        if let Some(folder) = &mut self.new_folder {
            folder.making = None;
            folder.complaint = Some(text::complaint(problem));
        }
    }

    pub(super) fn is_making(&self, id: RequestId) -> bool {
        self.new_folder.as_ref().is_some_and(|folder| folder.making == Some(id))
    }

    pub(super) fn cancel(self, context: &mut StateContext) {
        context.cancel(self.request);
        self.tree.cancel(context);
    }
}

impl State {
    pub(super) fn open_folder_chooser(&mut self, kind: Relocation) {
        let entries = self.browser.cloned_selection();
        if entries.is_empty() {
            return;
        }
        let shown = self.navigation.current().folder().cloned().unwrap_or_else(|| self.home());
        let mut chooser = FolderChooser::new(kind, entries, Vec::new(), shown.clone());
        for folder in self.latest_targets.iter().cloned().chain(self.navigation.recent_folders(MOST_RECENT)) {
            let is_known = chooser.recent.contains(&folder);
            // The folder of all folders has a line of its own.
            let is_listed = is_known || folder.is_root();
            if chooser.recent.len() < MOST_RECENT
                && !is_listed
                && self.refusal_of(&chooser, &folder).is_none()
            {
                chooser.recent.push(folder);
            }
        }
        chooser.tree.unfold_to(&shown, &mut self.context);
        // What is in the folder that is shown is the likeliest target.
        if !shown.is_root() {
            chooser.tree.toggle(&shown, &mut self.context);
        }
        if !chooser.recent.is_empty() {
            chooser.choose_first();
        }
        self.open_dialog(chooser);
    }

    /// Why nothing is moved or copied into the chosen folder, as a sentence.
    pub fn chooser_refusal(&self, chooser: &FolderChooser) -> Option<String> {
        self.refusal_of(chooser, &chooser.chosen.path)
    }

    fn refusal_of(&self, chooser: &FolderChooser, folder: &RemotePath) -> Option<String> {
        let inside = chooser.entries.iter().find(|entry| entry.is_folder() && entry.path.contains(folder));
        if let Some(inside) = inside {
            return Some(text::target_is_inside(chooser.kind, inside.name()));
        }
        let is_here = |entry: &Entry| entry.path.parent().as_ref() == Some(folder);
        if chooser.kind == Relocation::Move && chooser.entries.iter().all(is_here) {
            return Some(text::already_in_folder(&chooser.entries));
        }
        self.add_refusal(folder)
            .or_else(|| text::access_refusal(chooser.tree.sharing(folder).access, self.folder_name(folder)))
    }

    pub(super) fn apply_to_chooser(&mut self, action: ChooserAction) {
        if action == ChooserAction::Confirm {
            self.confirm_folder();
            return;
        }
        if action == ChooserAction::MakeNewFolder {
            self.make_new_folder();
            return;
        }
        let Some((chooser, context)) = self.folder_chooser_mut() else { return };
        match action {
            ChooserAction::Edit(typed) => chooser.edit(typed, context),
            ChooserAction::Choose(chosen) => chooser.chosen = chosen,
            ChooserAction::Toggle(path) => chooser.tree.toggle(&path, context),
            ChooserAction::BeginNewFolder => chooser.begin_new_folder(),
            ChooserAction::NameNewFolder(name) => chooser.name_new_folder(name),
            ChooserAction::CancelNewFolder => chooser.new_folder = None,
            ChooserAction::MakeNewFolder | ChooserAction::Confirm => {}
        }
    }

    fn make_new_folder(&mut self) {
        let Some((chooser, _)) = self.folder_chooser_mut() else { return };
        let Some(folder) = chooser.new_folder.as_mut().filter(|folder| folder.making.is_none()) else {
            return;
        };
        let name = folder.name.trim_end().to_owned();
        if name::invalid_reason(&name).is_some() {
            return;
        }
        let edit = Edit::CreateFolder { path: folder.parent.join(&name) };
        let id = self.run_edit(edit);
        if let Some((chooser, _)) = self.folder_chooser_mut()
            && let Some(folder) = &mut chooser.new_folder
        {
            folder.making = Some(id);
            folder.complaint = None;
        }
    }

    fn confirm_folder(&mut self) {
        let Some((chooser, _)) = self.folder_chooser_mut() else { return };
        let (kind, entries, target) = (chooser.kind, chooser.entries.clone(), chooser.chosen.path.clone());
        let is_naming = chooser.new_folder.is_some();
        let has_line = chooser.lines().iter().any(|line| line.choice() == chooser.chosen);
        let is_refused = match &self.dialog {
            Some(super::dialog::Dialog::FolderChooser(chooser)) => self.chooser_refusal(chooser).is_some(),
            _ => true,
        };
        if is_naming || is_refused || !has_line {
            return;
        }
        self.close_dialog();
        self.latest_targets.retain(|known| *known != target);
        self.latest_targets.insert(0, target.clone());
        self.latest_targets.truncate(MOST_RECENT);
        match kind {
            Relocation::Move => self.move_into(entries, &target),
            Relocation::Copy => self.copy_into(entries, &target),
        }
    }
}
