//! A search without results: why that may be, and what helps.

use super::search_filters;
use super::widgets::{EmptyState, empty_state_ui};
use coffer_model::index::IndexPhase;
use coffer_model::search_query::with_filter;
use coffer_state::search::TIME_FILTERS;
use coffer_state::{Action, Command, Location, State};
use coffer_texts::tr;
use egui::Ui;
use egui_material_icons::icons;

/// The index has answered, and the service has not: nothing is known yet.
pub fn is_searching(state: &State) -> bool {
    matches!(state.navigation.current(), Location::Search { .. })
        && state.browser.listing.value().is_some_and(|listing| listing.entries.is_empty())
}

pub fn searching_ui(ui: &mut Ui) {
    let empty_state = EmptyState {
        icon: icons::ICON_SEARCH,
        title: tr!("searching"),
        sentence: tr!("searching-note"),
        button: None,
    };
    empty_state_ui(ui, &empty_state);
}

/// What is said instead of results, and what its button does.
pub fn of_search<'a>(state: &State, title: &'a str) -> (EmptyState<'a>, Action) {
    let (sentence, button, action) = if state.search.below().is_some() {
        let everywhere = Action::SetFilter { name: "in", value: None };
        (tr!("nothing-one-folder"), Some(tr!("search-all")), everywhere)
    } else if search_filters::has_filters(&state.search) {
        let names = ["kind", "size", "ext"];
        let text = with_filter(&with_filter(state.search.text(), &names, None), &TIME_FILTERS, None);
        (tr!("nothing-filters"), Some(tr!("nothing-remove-filters")), Action::EditSearch(text))
    } else if state.session.offline {
        let sentence = tr!("nothing-offline");
        (sentence, None, Action::Command(Command::Refresh))
    } else if matches!(
        state.session.index.as_ref().map(|index| index.phase),
        Some(IndexPhase::Building { .. } | IndexPhase::Metered)
    ) {
        let sentence = tr!("nothing-indexing");
        (sentence, Some(tr!("nothing-again")), Action::Command(Command::Refresh))
    } else {
        (tr!("nothing-spelling"), Some(tr!("search-clear")), Action::LeaveSearch)
    };
    (EmptyState { icon: icons::ICON_SEARCH_OFF, title, sentence, button }, action)
}
