//! The searches that the person has saved, in the side bar: running them, and naming and removing them there.

use super::theme::{self, UiPalette};
use super::widgets::{
    IconButton, SIDE_ROW_HEIGHT, TextField, elide_middle, paint_icon, paint_side_row, side_heading_ui,
    side_row,
};
use super::{WindowContext, menu, middle_click};
use coffer_model::settings::SavedSearch;
use coffer_state::kept_searches::KeptSearchAction;
use coffer_state::{Action, Location};
use coffer_texts::tr;
use egui::{Id, Key, Popup, Rect, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;

/// Nothing where there are none.
pub fn saved_searches_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let state = window.state;
    let saved = &state.kept_searches().saved;
    if saved.is_empty() {
        return;
    }
    side_heading_ui(ui, tr!("searches"));
    for search in saved {
        let (_, line) = ui.allocate_space(vec2(ui.available_width(), SIDE_ROW_HEIGHT));
        match &state.search_name {
            Some(name) if name.query == search.query => name_ui(ui, window, line, &name.query, &name.text),
            _ => search_ui(ui, window, line, search),
        }
    }
}

fn search_ui(ui: &mut Ui, window: &mut WindowContext<'_>, line: Rect, search: &SavedSearch) {
    let palette = ui.palette();
    let current = window.state.navigation.current();
    let here = matches!(current, Location::Search { query, .. } if *query == search.query);
    let response = ui.interact(line, Id::unique("saved search").with(&search.query), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, here, &search.name));
    let row = side_row(line);
    let button = Rect::from_center_size(pos2(row.max.x - 17.0, line.center().y), Vec2::splat(26.0));
    let menu_id = response.id.with("menu");
    let has_more = response.contains_pointer()
        || response.has_focus()
        || ui.memory(|memory| memory.has_focus(response.id.with("more")))
        || Popup::is_id_open(ui.ctx(), menu_id);
    paint_side_row(ui, row, here, response.hovered(), response.has_focus());
    let middle = row.center().y;
    let at = pos2(line.min.x + 28.0, middle);
    paint_icon(ui.painter(), at, icons::ICON_BOOKMARK, 20.0, palette.text.gamma_multiply(0.82));
    let font = if here { theme::semibold(theme::BODY_TEXT) } else { theme::regular(theme::BODY_TEXT) };
    let text_right = if has_more { button.min.x } else { row.max.x - 6.0 };
    let galley =
        elide_middle(ui.painter(), &search.name, &font, palette.text, text_right - line.min.x - 48.0);
    ui.painter().galley(pos2(line.min.x + 48.0, middle - galley.size().y / 2.0), galley, palette.text);

    middle_click::open_behind(window, &response, |_| Location::Search {
        query: search.query.clone(),
        sort: None,
    });
    let mut chosen = response.clicked().then(|| KeptSearchAction::Run(search.query.clone()));
    if has_more {
        let more = IconButton::new(icons::ICON_MORE_HORIZ, tr!("details-more"))
            .for_item(&search.name)
            .size(26.0, 18.0)
            .id(response.id.with("more"));
        let more = ui.new_child(UiBuilder::new().max_rect(button)).add(more);
        Popup::menu(&more).id(menu_id).width(200.0).accessible_name(&search.name).show(|ui| {
            chosen = menu_ui(ui, search).or(chosen.take());
        });
    }
    Popup::context_menu(&response).width(200.0).accessible_name(&search.name).show(|ui| {
        chosen = menu_ui(ui, search).or(chosen.take());
    });
    if search.query != search.name {
        response.on_hover_text(&search.query);
    }
    if let Some(action) = chosen {
        window.act(Action::KeptSearch(action));
    }
}

fn menu_ui(ui: &mut Ui, search: &SavedSearch) -> Option<KeptSearchAction> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut entry = |icon, text| {
        let entry =
            menu::MenuEntry { icon: Some(icon), text, keys: "", enabled: true, on: None, danger: false };
        menu::entry_ui(ui, &entry).clicked()
    };
    let query = || search.query.clone();
    let rename =
        entry(icons::ICON_EDIT, tr!("command-rename")).then(|| KeptSearchAction::BeginRename(query()));
    let remove =
        entry(icons::ICON_BOOKMARK_REMOVE, tr!("search-remove")).then(|| KeptSearchAction::Remove(query()));
    menu::keyboard_ui(ui);
    rename.or(remove)
}

/// The name as a text field, in place of the row.
fn name_ui(ui: &mut Ui, window: &mut WindowContext<'_>, line: Rect, query: &str, text: &str) {
    let id = Id::unique("name of a saved search");
    let mut text = text.to_owned();
    let row = side_row(line);
    let mut child = ui.new_child(UiBuilder::new().max_rect(row.with_min_x(line.min.x + 36.0)));
    let field = TextField::new(tr!("search-name"), &mut text).id(id).select_all().height(row.height());
    let response = field.show(&mut child);
    if window.ui_state.search_name.as_deref() != Some(query) {
        window.ui_state.search_name = Some(query.to_owned());
        response.request_focus();
        response.scroll_to_me(None);
    }
    if response.changed() {
        window.act(Action::KeptSearch(KeptSearchAction::EditName(text)));
    }
    if response.lost_focus() {
        let keep = !ui.input(|input| input.key_pressed(Key::Escape));
        window.act(Action::KeptSearch(KeptSearchAction::EndRename { keep }));
    }
}
