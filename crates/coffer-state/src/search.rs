//! The search box: each letter is searched at once; Esc leads back. The text is the one truth: chips and the switch
//! between one folder and everything edit the filters in it.

use super::{Focus, Location, State};
use coffer_model::search_query::{filter_value, with_filter};
use coffer_model::{RemotePath, SearchQuery, Sort, SortColumn};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The filters that say when a file was changed.
pub const TIME_FILTERS: [&str; 4] = ["modified", "before", "after", "since"];

#[derive(Clone, Default)]
pub struct SearchField {
    /// As typed, whether or not there is anything to search for in it.
    text: String,

    /// What is looked for in names, to be marked there.
    words: Vec<String>,

    /// Filters that can’t be understood, as they were typed.
    mistakes: Vec<String>,

    /// Program time since which the location that belongs to it is shown.
    pub(super) since_secs: f64,
}

impl SearchField {
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }

    pub fn mistakes(&self) -> &[String] {
        &self.mistakes
    }

    /// There is nothing to look for.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The value of a filter in the text, if it can be understood.
    pub fn filter(&self, name: &str) -> Option<String> {
        let is_name_of = |mistake: &String| {
            mistake.split_once(':').is_some_and(|(wrong, _)| wrong.eq_ignore_ascii_case(name))
        };
        filter_value(&self.text, name).filter(|_| !self.mistakes.iter().any(is_name_of))
    }

    /// The folder that the text limits the search to.
    pub fn below(&self) -> Option<RemotePath> {
        self.filter("in").map(|path| RemotePath::new(&format!("/{path}")))
    }

    /// Shows the query of a location; nothing where that is no search.
    pub(super) fn show(&mut self, location: &Location) {
        self.edit(match location {
            Location::Search { query, .. } => query.clone(),
            _ => String::new(),
        });
    }

    pub(super) fn edit(&mut self, text: String) {
        // Only filters depend on the time, and only on whether they can be understood.
        let query = SearchQuery::parse(&text, &Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC));
        self.words = query.words_in_names().map(str::to_owned).collect();
        self.mistakes = query.mistakes;
        self.text = text;
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

impl State {
    pub(super) fn edit_search(&mut self, text: String) {
        if text.trim().is_empty() {
            self.return_from_search();
        }
        self.search.edit(text);
        self.run_search();
    }

    /// Enter in the box: the keys go to the matches.
    pub(super) fn submit_search(&mut self) {
        self.run_search();
        self.record_search();
        self.focus = Focus::Content;
    }

    pub(super) fn leave_search(&mut self) {
        self.search.clear();
        self.return_from_search();
        self.release_focus(Focus::Search);
    }

    /// Sets a filter in the text, or takes it out.
    pub(super) fn set_filter(&mut self, name: &str, value: Option<&str>) {
        let replaced: &[&str] = if TIME_FILTERS.contains(&name) { &TIME_FILTERS } else { &[name] };
        let text = with_filter(self.search.text(), replaced, value.map(|value| (name, value)));
        self.edit_search(text);
    }

    /// The folder that the switch offers to search in: the one of the query, or the one where the search began.
    pub fn search_folder(&self) -> Option<RemotePath> {
        self.search.below().or_else(|| {
            let folder = match self.navigation.current() {
                Location::Search { .. } => self.navigation.location_before_search()?.folder(),
                location => location.folder(),
            };
            folder.filter(|folder| **folder != self.home() && !folder.is_root()).cloned()
        })
    }

    /// By a column, the other way round, and by the best match again.
    pub(super) fn sort_search_by(&mut self, column: SortColumn) {
        let Location::Search { query, sort } = self.navigation.current().clone() else { return };
        // Sizes and dates are looked at from the largest and newest.
        let first = Sort::by(column, matches!(column, SortColumn::Size | SortColumn::Modified));
        let second = Sort { descending: !first.descending, ..first };
        let sort = match sort {
            Some(sort) if sort == first => Some(second),
            Some(sort) if sort == second => None,
            _ => Some(first),
        };
        self.show_search(Location::Search { query, sort });
    }

    fn run_search(&mut self) {
        let query = self.search.text().trim().to_owned();
        let (known, sort) = match self.navigation.current() {
            Location::Search { query, sort } => (Some(query.clone()), *sort),
            _ => (None, None),
        };
        if !query.is_empty() && known.as_ref() != Some(&query) {
            self.show_search(Location::Search { query, sort });
        }
    }

    fn show_search(&mut self, location: Location) {
        let text = self.search.text().to_owned();
        if self.navigation.current().is_search() {
            self.replace_search(location);
        } else {
            self.navigate_to(location);
        }
        // As typed, with a space that the next word will follow.
        self.search.edit(text);
    }

    /// To the location where the search began.
    fn return_from_search(&mut self) {
        if !self.navigation.current().is_search() {
            return;
        }
        match self.navigation.before_search() {
            Some(index) => self.go_to_visit(index),
            None => self.navigate_to(Location::Folder(RemotePath::root())),
        }
    }
}
