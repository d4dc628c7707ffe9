//! Searches that are kept for each account, in the settings: the last ones that were used, and those that the person has
//! saved under a name.

use super::toast::ToastAction;
use super::{Focus, Location, State, text};
use coffer_model::settings::{KeptSearches, SavedSearch};

/// So many searches that were used are kept.
const MOST_RECENT: usize = 8;

/// Results that were looked at for so long were of use. What is typed in passing is not kept.
const USED_AFTER_SECS: f64 = 5.0;

static NO_SEARCHES: KeptSearches = KeptSearches { recent: Vec::new(), saved: Vec::new() };

/// What is done with a search that is kept. A saved one is named by its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptSearchAction {
    /// Searches for it.
    Run(String),
    BeginRename(String),
    EditName(String),
    /// Takes the name that was typed, or leaves the old one.
    EndRename {
        keep: bool,
    },
    Remove(String),
    /// Forgets the searches that were used.
    ClearRecent,
}

/// The name of a saved search while it is edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchName {
    pub query: String,
    pub text: String,
}

impl State {
    /// Those of the account that is open.
    pub fn kept_searches(&self) -> &KeptSearches {
        self.settings.searches.get(self.session.key()).unwrap_or(&NO_SEARCHES)
    }

    pub fn is_search_saved(&self) -> bool {
        let query = self.search.text().trim();
        self.kept_searches().saved.iter().any(|saved| saved.query == query)
    }

    fn change_kept_searches(&mut self, change: impl FnOnce(&mut KeptSearches)) {
        self.settings.change_searches(self.session.key(), change, &self.context);
    }

    pub(super) fn apply_to_kept_searches(&mut self, action: KeptSearchAction) {
        match action {
            KeptSearchAction::Run(query) => {
                self.edit_search(query);
                self.record_search();
                self.focus = Focus::Content;
            }
            KeptSearchAction::BeginRename(query) => self.begin_search_name(query),
            KeptSearchAction::EditName(text) => {
                if let Some(name) = &mut self.search_name {
                    name.text = text;
                }
            }
            KeptSearchAction::EndRename { keep } => self.end_search_name(keep),
            KeptSearchAction::Remove(query) => self.remove_saved_search(&query),
            KeptSearchAction::ClearRecent => self.change_kept_searches(|kept| kept.recent.clear()),
        }
    }

    /// The search that is shown was of use.
    pub(super) fn record_search(&mut self) {
        let Location::Search { query, .. } = self.navigation.current() else { return };
        let query = query.clone();
        self.change_kept_searches(|kept| {
            kept.recent.retain(|recent| *recent != query);
            kept.recent.insert(0, query);
            kept.recent.truncate(MOST_RECENT);
        });
    }

    /// The location is left for another one.
    pub(super) fn record_stay(&mut self) {
        if self.context.now_secs() - self.search.since_secs >= USED_AFTER_SECS {
            self.record_search();
        }
    }

    /// Saves the search that is shown under a name that can be edited at once, or removes it when it is saved.
    pub(super) fn toggle_saved_search(&mut self) {
        let query = self.search.text().trim().to_owned();
        if self.is_search_saved() {
            self.remove_saved_search(&query);
        } else {
            let saved = SavedSearch { name: query.clone(), query: query.clone() };
            self.change_kept_searches(|kept| kept.saved.push(saved));
            self.begin_search_name(query);
        }
    }

    fn begin_search_name(&mut self, query: String) {
        let saved = self.kept_searches().saved.iter().find(|saved| saved.query == query);
        self.search_name = saved.map(|saved| SearchName { text: saved.name.clone(), query });
    }

    fn end_search_name(&mut self, keep: bool) {
        let Some(SearchName { query, text }) = self.search_name.take() else { return };
        let name = text.trim();
        if keep && !name.is_empty() {
            self.change_kept_searches(|kept| {
                if let Some(saved) = kept.saved.iter_mut().find(|saved| saved.query == query) {
                    name.clone_into(&mut saved.name);
                }
            });
        }
    }

    fn remove_saved_search(&mut self, query: &str) {
        self.search_name = None;
        let Some(index) = self.kept_searches().saved.iter().position(|saved| saved.query == query) else {
            return;
        };
        let mut removed = None;
        self.change_kept_searches(|kept| removed = Some(kept.saved.remove(index)));
        if let Some(search) = removed {
            let text = text::search_removed(&search.name);
            self.toast_done(text, Some(ToastAction::KeepSearch { index, search }));
        }
    }

    /// Saves a search again where it was.
    pub(super) fn restore_saved_search(&mut self, index: usize, search: SavedSearch) {
        self.change_kept_searches(|kept| {
            if kept.saved.iter().all(|saved| saved.query != search.query) {
                kept.saved.insert(index.min(kept.saved.len()), search);
            }
        });
    }
}
