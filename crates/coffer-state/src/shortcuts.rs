//! Which keys mean which command. The window turns a press into a [`Shortcut`] and asks [`Command::from_shortcut`].
//! Arrows, page keys and letters are no commands: they move and jump ([`super::Action::Move`], `TypeAhead`).

use super::{Command, State};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A key with its modifiers, by the names that egui gives to keys (`ArrowUp`, `F2`, `C`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// Ctrl, or Cmd on macOS.
    pub command: bool,
    pub shift: bool,
    pub alt: bool,
    pub key: &'static str,
}

impl Shortcut {
    const fn plain(key: &'static str) -> Self {
        Self { command: false, shift: false, alt: false, key }
    }

    const fn ctrl(key: &'static str) -> Self {
        Self { command: true, ..Self::plain(key) }
    }

    const fn shift(key: &'static str) -> Self {
        Self { shift: true, ..Self::plain(key) }
    }

    const fn alt(key: &'static str) -> Self {
        Self { alt: true, ..Self::plain(key) }
    }

    const fn ctrl_shift(key: &'static str) -> Self {
        Self { shift: true, ..Self::ctrl(key) }
    }
}

/// The keys of commands that have others than usual, until the program ends.
static OWN: OnceLock<HashMap<Command, Vec<Shortcut>>> = OnceLock::new();

/// Gives commands other keys than usual. Only the first call counts.
pub(super) fn set_own(keys: HashMap<Command, Vec<Shortcut>>) {
    let _ = OWN.set(keys);
}

/// Whose habits the keys follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Linux and Windows.
    Common,
    Mac,
}

impl Platform {
    pub const HERE: Self = if cfg!(target_os = "macos") { Self::Mac } else { Self::Common };
}

impl Command {
    /// Its keys on this computer, and of this person; the first is the one to show.
    pub fn shortcuts(self) -> &'static [Shortcut] {
        let own = OWN.get().and_then(|own| own.get(&self));
        own.map_or_else(|| self.usual_shortcuts(), Vec::as_slice)
    }

    /// Its keys on computers like this one.
    pub fn usual_shortcuts(self) -> &'static [Shortcut] {
        self.shortcuts_on(Platform::HERE)
    }

    /// The command that a key means now: the one that has it and is enabled.
    pub fn from_shortcut(shortcut: Shortcut, state: &State) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|command| command.shortcuts().contains(&shortcut) && command.is_enabled(state))
    }

    pub fn shortcuts_on(self, platform: Platform) -> &'static [Shortcut] {
        match platform {
            Platform::Mac => self.mac_shortcuts().unwrap_or_else(|| self.common_shortcuts()),
            Platform::Common => self.common_shortcuts(),
        }
    }

    fn common_shortcuts(self) -> &'static [Shortcut] {
        const fn ctrl(key: &'static str) -> Shortcut {
            Shortcut::ctrl(key)
        }
        match self {
            Self::Back => {
                &const {
                    [Shortcut::alt("ArrowLeft"), Shortcut::plain("Backspace"), Shortcut::plain("BrowserBack")]
                }
            }
            Self::Forward => &const { [Shortcut::alt("ArrowRight"), Shortcut::plain("BrowserForward")] },
            Self::Up => &const { [Shortcut::alt("ArrowUp")] },
            Self::Home => &const { [Shortcut::alt("Home")] },
            Self::BringBack => &const { [Shortcut::ctrl_shift("B")] },
            Self::TogglePast => &const { [Shortcut::ctrl_shift("H")] },
            Self::NewTab => &const { [ctrl("T")] },
            Self::OpenInNewTab => &const { [Shortcut::ctrl_shift("Enter")] },
            Self::CloseTab => &const { [ctrl("W")] },
            Self::ReopenTab => &const { [Shortcut::ctrl_shift("T")] },
            Self::NextTab => &const { [ctrl("Tab"), ctrl("PageDown")] },
            Self::PreviousTab => &const { [Shortcut::ctrl_shift("Tab"), ctrl("PageUp")] },
            Self::MoveTabRight => &const { [Shortcut::ctrl_shift("PageDown")] },
            Self::MoveTabLeft => &const { [Shortcut::ctrl_shift("PageUp")] },
            Self::TogglePanes => &const { [Shortcut::plain("F3")] },
            Self::SwitchPane => &const { [Shortcut::plain("F6")] },
            Self::TypePath => &const { [ctrl("L"), Shortcut::alt("D")] },
            Self::Find => &const { [ctrl("F")] },
            // On many keyboards a slash needs Shift.
            Self::Filter => {
                &const { [Shortcut::plain("Slash"), Shortcut::ctrl_shift("F"), Shortcut::shift("Slash")] }
            }
            Self::SaveSearch => &const { [ctrl("D")] },
            Self::ToggleBookmark => &const { [Shortcut::ctrl_shift("D")] },
            Self::GoToAnything => &const { [ctrl("P")] },
            Self::CommandPalette => &const { [Shortcut::ctrl_shift("P")] },
            Self::Refresh => &const { [Shortcut::plain("F5"), ctrl("R")] },
            Self::ListView => &const { [ctrl("1")] },
            Self::GridView => &const { [ctrl("2")] },
            Self::ShowSpaceUsed => &const { [ctrl("3")] },
            Self::ZoomIn => &const { [ctrl("Plus"), ctrl("Equals"), Shortcut::ctrl_shift("Plus")] },
            Self::ZoomOut => &const { [ctrl("Minus")] },
            Self::ZoomReset => &const { [ctrl("0")] },
            Self::ViewMenu => &const { [Shortcut::plain("F10")] },
            Self::ToggleSideBar => &const { [Shortcut::plain("F9"), ctrl("B")] },
            Self::ToggleFullScreen => &const { [Shortcut::plain("F11")] },
            Self::ToggleInspector => &const { [ctrl("I"), Shortcut::plain("F4"), Shortcut::alt("Enter")] },
            Self::ToggleTransfers => &const { [ctrl("J")] },
            Self::Open => &const { [Shortcut::plain("Enter"), ctrl("O")] },
            Self::ShowInFolder => &const { [ctrl("Enter")] },
            Self::SelectAll => &const { [ctrl("A")] },
            Self::SelectPattern => &const { [Shortcut::ctrl_shift("A")] },
            Self::InvertSelection => &const { [Shortcut::ctrl_shift("I")] },
            Self::ToggleSelected => &const { [ctrl("Space")] },
            Self::Cancel => &const { [Shortcut::plain("Escape")] },
            Self::QuickPreview => &const { [Shortcut::plain("Space")] },
            Self::ContextMenu => &const { [Shortcut::shift("F10"), Shortcut::plain("Menu")] },
            Self::NewFolder => &const { [Shortcut::ctrl_shift("N")] },
            Self::Rename => &const { [Shortcut::plain("F2")] },
            Self::Cut => &const { [ctrl("X")] },
            Self::Copy => &const { [ctrl("C")] },
            Self::Paste => &const { [ctrl("V")] },
            Self::Delete => &const { [Shortcut::plain("Delete")] },
            Self::Undo => &const { [ctrl("Z")] },
            Self::Redo => &const { [Shortcut::ctrl_shift("Z"), ctrl("Y")] },
            Self::Undelete => &const { [Shortcut::ctrl_shift("R")] },
            Self::Upload => &const { [ctrl("U")] },
            Self::UploadFolder => &const { [Shortcut::ctrl_shift("U")] },
            Self::Download => &const { [ctrl("S")] },
            Self::CopyPath => &const { [Shortcut::ctrl_shift("C")] },
            Self::CopyLink => &const { [Shortcut::ctrl_shift("L")] },
            Self::Share => &const { [Shortcut::ctrl_shift("S")] },
            Self::Versions => &const { [ctrl("H")] },
            Self::Settings => &const { [ctrl("Comma")] },
            Self::Guide => &const { [Shortcut::plain("F1")] },
            Self::Shortcuts => &const { [ctrl("Questionmark"), Shortcut::ctrl_shift("Questionmark")] },
            Self::ShowDeleted
            | Self::ShowLinks
            | Self::ShowChanges
            | Self::ShowActivity
            | Self::ShowDuplicates
            | Self::FindDuplicates
            | Self::ShowSpace
            | Self::CopyName
            | Self::RemoveLink
            | Self::RemoveFromDropbox
            | Self::CopyToOtherPane
            | Self::MoveToOtherPane
            | Self::MoveTo
            | Self::CopyTo
            | Self::Duplicate
            | Self::SortByName
            | Self::SortBySize
            | Self::SortByModified
            | Self::SortByKind
            | Self::ReverseOrder
            | Self::FoldersFirst
            | Self::GroupByNothing
            | Self::GroupByKind
            | Self::GroupByDate
            | Self::ToggleSizeColumn
            | Self::ToggleModifiedColumn
            | Self::ToggleKindColumn
            | Self::UseViewForAll
            | Self::ResetView
            | Self::CompactRows
            | Self::StandardRows
            | Self::RoomyRows
            | Self::ToggleReducedMotion
            | Self::ToggleChangeNotices
            | Self::ThemeSystem
            | Self::ThemeLight
            | Self::ThemeDark
            | Self::ClearSelection
            | Self::BringBackItems
            | Self::OpenCopy
            | Self::Compare
            | Self::CompareWithLocal
            | Self::ShowInFileManager
            | Self::Account
            | Self::SignOut => &[],
        }
    }

    /// Where macOS has other habits.
    fn mac_shortcuts(self) -> Option<&'static [Shortcut]> {
        const fn cmd(key: &'static str) -> Shortcut {
            Shortcut::ctrl(key)
        }
        Some(match self {
            Self::Back => &const { [cmd("OpenBracket"), Shortcut::alt("ArrowLeft")] },
            Self::Forward => &const { [cmd("CloseBracket"), Shortcut::alt("ArrowRight")] },
            Self::Up => &const { [cmd("ArrowUp"), Shortcut::alt("ArrowUp")] },
            Self::Open => &const { [cmd("ArrowDown"), cmd("O")] },
            Self::Rename => &const { [Shortcut::plain("Enter"), Shortcut::plain("F2")] },
            Self::Delete => &const { [cmd("Backspace"), Shortcut::plain("Delete")] },
            Self::TypePath => &const { [Shortcut::ctrl_shift("G"), cmd("L")] },
            Self::NextTab => &const { [Shortcut::ctrl_shift("CloseBracket")] },
            Self::PreviousTab => &const { [Shortcut::ctrl_shift("OpenBracket")] },
            _ => return None,
        })
    }
}
