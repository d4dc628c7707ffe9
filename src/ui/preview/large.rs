//! One file as large as the window, over everything else: what Space shows.

use super::film_strip::{self, film_strip_ui};
use super::long_text::LongText;
use super::short_text::{paint_page, short_page};
use super::sound_bar::{self, sound_bar_ui};
use super::text_buttons::{find_button_ui, text_buttons_ui};
use super::ui_state::large_preview_id;
use super::zoom::{original_size, percent, zoom_ui};
use super::{PreviewSlot, WindowContext, pages, picture_facts, preview_ui, table, text, with_note_ui};
use crate::ui::dialogs::frame::grab_focus;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{IconButton, PushButton, elide_middle, paint_kind, segmented_words_ui};
use crate::ui::{commands, format};
use coffer_model::preview::{PreviewBody, TablePreview};
use coffer_model::{Entry, FileKind, RemotePath};
use coffer_state::action::DialogAction;
use coffer_state::input::ZoomStep;
use coffer_state::large_preview::LargePreview;
use coffer_state::{Action, Command, State};
use coffer_texts::tr;
use egui::{
    Align, Align2, ComboBox, Context, EventFilter, Frame, Id, Key, Layout, Modal, Modifiers, Rect, Role,
    Sense, Ui, UiBuilder, Vec2, pos2, vec2,
};
use egui_material_icons::{MaterialIcon, icons};

const BAR_HEIGHT: f32 = 60.0;
const SIDE: f32 = 72.0;

const MOST_SHEETS_IN_ROW: usize = 5;

/// Of the bar, with less it has fewer buttons.
const LEAST_ROOM_FOR_ALL: f32 = 760.0;

/// Wider lines of text than this are hard to read.
const PAPER_WIDTH: f32 = 920.0;

/// Whether the preview itself has the keyboard, and not one of its buttons.
pub fn has_keys(ctx: &Context) -> bool {
    let parts = ["stage", "text", "page"].map(|part| large_preview_id().with(part));
    ctx.memory(egui::Memory::focused).is_none_or(|focused| parts.contains(&focused))
}

pub fn large_preview_ui(ctx: &Context, window: &mut WindowContext<'_>, large: &LargePreview) {
    handle_keys(ctx, window);
    let screen = ctx.content_rect();
    let id = large_preview_id();
    let name = tr!("preview-of", name = large.entry.name());
    let area = Modal::default_area(id).role(Role::Dialog).accessible_name(name);
    let ground = theme::Palette::in_use(ctx).surface_0;
    Modal::new(id).area(area).frame(Frame::NONE).backdrop_color(ground).show(ctx, |ui| {
        ui.set_min_size(screen.size());
        ui.set_max_size(screen.size());
        let bar = Rect::from_min_size(screen.min, vec2(screen.width(), BAR_HEIGHT));
        let has_strip = window.state.settings.film_strip;
        let bottom = screen.max.y - if has_strip { film_strip::HEIGHT } else { 0.0 };
        let whole = Rect::from_min_max(pos2(screen.min.x, bar.max.y), pos2(screen.max.x, bottom));
        // A picture reaches the sides of the window, and the arrows lie over it.
        let stage = if shows_picture(large) {
            whole
        } else {
            let below = if has_strip { 8.0 } else { 20.0 };
            whole.with_min_x(whole.min.x + SIDE).with_max_x(whole.max.x - SIDE).with_max_y(bottom - below)
        };
        stage_ui(ui, window, large, id, stage);
        if has_strip {
            film_strip_ui(ui, window, &large.entry, screen.with_min_y(bottom));
        }
        ui.scope_builder(UiBuilder::new().max_rect(bar.shrink2(vec2(16.0, 0.0))), |ui| {
            bar_ui(ui, window, large);
        });
        arrows_ui(ui, window, large, screen);
    });
}

/// Whether what is shown, or is on its way, is a picture.
fn shows_picture(large: &LargePreview) -> bool {
    match large.preview.value().map(|preview| &preview.body) {
        Some(body) => matches!(body, PreviewBody::Picture { .. }),
        None => large.preview.is_pending() && large.entry.file_kind() == FileKind::Picture,
    }
}

fn stage_ui(ui: &mut Ui, window: &mut WindowContext<'_>, large: &LargePreview, id: Id, stage: Rect) {
    let slot = PreviewSlot { entry: &large.entry, preview: &large.preview, id, cover: false };
    let response = ui.interact(stage, id.with("stage"), Sense::focusable_noninteractive());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(Role::GenericContainer, true, tr!("command-quick-preview"))
    });
    grab_focus(window, &response);
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let Some(preview) = slot.ready().cloned() else {
        return preview_ui(ui, window, &slot, stage);
    };
    match &preview.body {
        PreviewBody::Picture { frames, width, height, facts } => {
            let size = original_size(*width, *height, frames);
            let note = picture_facts::note(facts);
            let too_large = || large.parts.has_failed().then(|| tr!("picture-not-sharp").to_owned());
            let space = with_note_ui(ui, stage, note.or_else(too_large).as_deref());
            zoom_ui(ui, window, &slot, large, &preview, (frames, size), space);
        }
        PreviewBody::Table(table) => {
            let previews = &mut window.ui_state.previews;
            previews.page_keys = response.has_focus();
            match &table.text {
                Some(text) if large.shows_table_as_text => {
                    let paper = paper_in(stage);
                    text::text_ui(ui, previews, (&preview, text), None, large.entry.name(), id, paper);
                }
                _ => {
                    let id = id.with(large.sheet);
                    let name = large.entry.name();
                    table::table_ui(ui, previews, (&preview, table), large.sheet, name, id, stage);
                }
            }
            previews.page_keys = false;
        }
        PreviewBody::Text(text) if let Some(page) = short_page(ui, text, stage, PAPER_WIDTH) => {
            window.ui_state.previews.page_keys = response.has_focus();
            paint_page(ui, page);
            preview_ui(ui, window, &slot, page);
            window.ui_state.previews.page_keys = false;
        }
        PreviewBody::Text(text) => {
            let previews = &mut window.ui_state.previews;
            previews.page_keys = response.has_focus();
            let long = text.truncated_from_bytes.map(|total_bytes| LongText {
                search: &large.search,
                total_bytes,
                is_loading: large.preview.is_pending(),
                problem: large.preview.problem(),
            });
            let (name, paper) = (large.entry.name(), paper_in(stage));
            let wanted = text::text_ui(ui, previews, (&preview, text), long, name, id, paper);
            previews.page_keys = false;
            if let Some(action) = wanted {
                window.act(Action::Dialog(action));
            }
        }
        PreviewBody::Markdown(_) | PreviewBody::Words { .. } => {
            // The page scrolls by keys as soon as it is there.
            window.ui_state.previews.page_keys = response.has_focus();
            preview_ui(ui, window, &slot, paper_in(stage));
            window.ui_state.previews.page_keys = false;
        }
        PreviewBody::Pages(document) => {
            pages::pages_ui(ui, window, large, &slot, (&preview, document), stage, response.has_focus());
        }
        PreviewBody::Recording(recording) if large.is_playable() => {
            let height = (stage.height() - sound_bar::HEIGHT).min(420.0);
            let size = vec2(stage.width().min(480.0), height);
            let card = Rect::from_center_size(stage.center() - vec2(0.0, sound_bar::HEIGHT / 2.0), size);
            preview_ui(ui, window, &slot, card);
            let bar =
                Rect::from_min_size(pos2(stage.min.x, card.max.y), vec2(stage.width(), sound_bar::HEIGHT));
            sound_bar_ui(ui, window, large, recording, bar);
        }
        PreviewBody::None { .. } | PreviewBody::Recording(_) => {
            let height = if matches!(preview.body, PreviewBody::None { .. }) { 320.0 } else { 480.0 };
            let card = Rect::from_center_size(stage.center(), stage.size().min(vec2(480.0, height)));
            preview_ui(ui, window, &slot, card);
            card_buttons_ui(ui, window, large, card);
        }
    }
}

/// Where a text is read.
fn paper_in(stage: Rect) -> Rect {
    Rect::from_center_size(stage.center(), vec2(stage.width().min(PAPER_WIDTH), stage.height()))
}

/// What can be done with a file that can’t be shown here.
fn card_buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, large: &LargePreview, card: Rect) {
    let row =
        Rect::from_center_size(pos2(card.center().x, card.max.y + 12.0), vec2(240.0, theme::CONTROL_HEIGHT));
    ui.scope_builder(UiBuilder::new().max_rect(row).layout(Layout::left_to_right(Align::Center)), |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let can_download = Command::Download.is_enabled(window.state);
        let buttons = [
            (
                PushButton::quiet(tr!("command-open")).icon(icons::ICON_OPEN_IN_NEW),
                Action::Open(large.entry.path.clone()),
            ),
            (
                PushButton::quiet(tr!("preview-download")).icon(icons::ICON_DOWNLOAD).enabled(can_download),
                Action::Command(Command::Download),
            ),
        ];
        let width: f32 = buttons.iter().map(|(button, _)| button.width(ui)).sum::<f32>() + 8.0;
        ui.add_space((row.width() - width).max(0.0) / 2.0);
        for (index, (button, action)) in buttons.into_iter().enumerate() {
            if ui.add(button.id(large_preview_id().with(("card", index)))).clicked() {
                window.act(action);
            }
        }
    });
}

fn bar_ui(ui: &mut Ui, window: &mut WindowContext<'_>, large: &LargePreview) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if ui.add(IconButton::new(icons::ICON_CLOSE, tr!("close")).shortcut("Esc")).clicked() {
            window.act(Action::CloseDialog);
        }
        // In a small window the name of the file is more than words and what has a key.
        let has_room = ui.available_width() >= LEAST_ROOM_FOR_ALL;
        ui.add_space(8.0);
        let open = if has_room {
            ui.add(PushButton::quiet(tr!("command-open")).icon(icons::ICON_OPEN_IN_NEW))
        } else {
            ui.add(IconButton::new(icons::ICON_OPEN_IN_NEW, tr!("command-open")))
        };
        if open.clicked() {
            window.act(Action::Open(large.entry.path.clone()));
        }
        ui.add_space(4.0);
        for command in [Command::Versions, Command::Share, Command::Download] {
            let Some(icon) = commands::icon(command) else { continue };
            let button =
                IconButton::new(icon, commands::label(command)).enabled(command.is_enabled(window.state));
            if ui.add(button).clicked() {
                window.command(command);
            }
        }
        if has_room {
            window_buttons_ui(ui, window);
        }
        ui.add_space(8.0);
        match large.preview.value().map(|preview| &preview.body) {
            Some(PreviewBody::Text(text)) => text_buttons_ui(ui, window, text),
            Some(PreviewBody::Pages(document)) if document.has_paper => {
                let fits = [
                    (icons::ICON_FIT_SCREEN, tr!("preview-fit-page"), "0", ZoomStep::Fit),
                    (icons::ICON_FIT_WIDTH, tr!("preview-fit-width"), "2", ZoomStep::FitWidth),
                ];
                zoom_buttons_ui(ui, window, large, &fits);
                if document.can_have_text && find_button_ui(ui) {
                    window.ui_state.previews.open_find_in_pages();
                }
                if document.pages.len() > 1 {
                    page_number_ui(ui, window, document.pages.len());
                }
            }
            Some(PreviewBody::Picture { .. } | PreviewBody::Pages(_)) => {
                zoom_buttons_ui(
                    ui,
                    window,
                    large,
                    &[(icons::ICON_FIT_SCREEN, tr!("preview-fit-window"), "0", ZoomStep::Fit)],
                );
            }
            None if shows_picture(large) => {
                let fit = (icons::ICON_FIT_SCREEN, tr!("preview-fit-window"), "0", ZoomStep::Fit);
                zoom_buttons_ui(ui, window, large, &[fit]);
            }
            Some(PreviewBody::Table(table)) if table.sheets.len() > 1 => {
                if find_button_ui(ui) {
                    window.ui_state.previews.table_find.show_field();
                }
                sheets_ui(ui, window, large, table);
            }
            Some(PreviewBody::Table(TablePreview { text: Some(text), .. })) => {
                if large.shows_table_as_text {
                    text_buttons_ui(ui, window, text);
                } else if find_button_ui(ui) {
                    window.ui_state.previews.table_find.show_field();
                }
                let parts = [tr!("details-table"), tr!("filter-text")].map(|word| (word, word));
                let chosen = usize::from(large.shows_table_as_text);
                if let Some(part) = segmented_words_ui(ui, &parts, theme::CONTROL_HEIGHT, chosen) {
                    window.act(Action::Dialog(DialogAction::ShowTableAsText(part == 1)));
                }
            }
            _ => {}
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| title_ui(ui, window.state, large));
    });
}

/// From right to left.
fn window_buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let full =
        IconButton::new(icons::ICON_FULLSCREEN, commands::label(Command::ToggleFullScreen)).shortcut("F11");
    if ui.add(full).clicked() {
        window.command(Command::ToggleFullScreen);
    }
    let is_shown = window.state.settings.film_strip;
    let strip = IconButton::new(icons::ICON_VIEW_CAROUSEL, tr!("preview-film-strip"));
    if ui.add(strip.shortcut("T").selected(is_shown)).clicked() {
        window.act(Action::Dialog(DialogAction::ToggleFilmStrip));
    }
}

/// The sheets of a workbook, by name.
fn sheets_ui(ui: &mut Ui, window: &mut WindowContext<'_>, large: &LargePreview, table: &TablePreview) {
    let names: Vec<String> = table.sheets.iter().map(|sheet| short_name(&sheet.name)).collect();
    let parts: Vec<(&str, &str)> = names
        .iter()
        .zip(table.sheets.iter())
        .map(|(short, sheet)| (short.as_str(), sheet.name.as_str()))
        .collect();
    if parts.len() > MOST_SHEETS_IN_ROW {
        return sheet_list_ui(ui, window, large, table);
    }
    if let Some(sheet) = segmented_words_ui(ui, &parts, theme::CONTROL_HEIGHT, large.sheet) {
        window.act(Action::Dialog(DialogAction::ShowSheet(sheet)));
    }
}

/// More sheets than have room beside each other.
fn sheet_list_ui(ui: &mut Ui, window: &mut WindowContext<'_>, large: &LargePreview, table: &TablePreview) {
    let name = |sheet: usize| table.sheets.get(sheet).map_or("", |sheet| sheet.name.as_str());
    let list = ComboBox::from_id_salt("sheets").width(180.0).selected_text(name(large.sheet));
    list.show_ui(ui, |ui| {
        for sheet in 0..table.sheets.len() {
            if ui.selectable_label(sheet == large.sheet, name(sheet)).clicked() {
                window.act(Action::Dialog(DialogAction::ShowSheet(sheet)));
            }
        }
    });
}

fn short_name(name: &str) -> String {
    const MOST_CHARS: usize = 14;
    if name.chars().count() <= MOST_CHARS {
        return name.to_owned();
    }
    name.chars().take(MOST_CHARS - 1).chain(['…']).collect()
}

/// A button with its key.
type ZoomButton = (MaterialIcon, &'static str, &'static str, ZoomStep);

/// From right to left. `fits`: what the picture or the page can be fitted to.
fn zoom_buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, large: &LargePreview, fits: &[ZoomButton]) {
    let zoom = large.zoom.now();
    let mut button = |ui: &mut Ui, (icon, name, key, step): ZoomButton| {
        if ui.add(IconButton::new(icon, name).shortcut(key)).clicked() {
            window.act(Action::Dialog(DialogAction::Zoom(step)));
        }
    };
    for step in fits {
        button(ui, *step);
    }
    button(ui, (icons::ICON_ZOOM_IN, tr!("command-zoom-in"), "+", ZoomStep::In));
    let label = ui.allocate_response(vec2(56.0, theme::CONTROL_HEIGHT), Sense::hover());
    // What fits is not known before the picture is there.
    let is_known = large.preview.value().is_some() || large.zoom.chosen.is_some();
    let text = if is_known { percent(zoom) } else { String::new() };
    label.widget_info(|| egui::WidgetInfo::labeled(Role::Label, true, tr!("zoom-now", percent = text)));
    let font = theme::tabular(theme::BODY_TEXT);
    ui.painter().text(label.rect.center(), Align2::CENTER_CENTER, text, font, ui.palette().dimmed);
    button(ui, (icons::ICON_ZOOM_OUT, tr!("command-zoom-out"), "-", ZoomStep::Out));
}

/// "12 of 311".
fn page_number_ui(ui: &mut Ui, window: &WindowContext<'_>, count: usize) {
    let page = window.ui_state.previews.pages.as_ref().map_or(0, |pages| pages.page) + 1;
    let text = tr!("part-of", done = page, all = count);
    let font = theme::tabular(theme::BODY_TEXT);
    // As wide as the longest number, so that nothing moves while pages go by.
    let longest = tr!("part-of", done = count, all = count);
    let color = ui.palette().dimmed;
    let width = ui.painter().layout_no_wrap(longest, font.clone(), color).size().x + 16.0;
    let label = ui.allocate_response(vec2(width, theme::CONTROL_HEIGHT), Sense::hover());
    label.widget_info(|| egui::WidgetInfo::labeled(Role::Label, true, tr!("page-now", page = text)));
    ui.painter().text(label.rect.center(), Align2::CENTER_CENTER, text, font, color);
}

/// The name, with its size and which of how many files it is.
fn title_ui(ui: &mut Ui, state: &State, large: &LargePreview) {
    let entry = &large.entry;
    let palette = ui.palette();
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let icon = Rect::from_center_size(pos2(rect.min.x + 16.0, rect.center().y), Vec2::splat(24.0));
    paint_kind(ui.painter(), icon, entry.file_kind(), palette);
    let mut facts: Vec<String> = Vec::new();
    facts.extend(entry.file().map(|file| format::size(file.size_bytes)));
    facts.extend(position(state, &entry.path).map(|(at, of)| tr!("part-of", done = at, all = of)));
    if let Some(PreviewBody::Picture { facts: of_picture, .. }) =
        large.preview.value().map(|preview| &preview.body)
    {
        facts.extend(picture_facts::summary(of_picture));
    }
    let facts = facts.join(" · ");
    response
        .widget_info(|| egui::WidgetInfo::labeled(Role::Label, true, format!("{}, {facts}", entry.name())));
    let left = rect.min.x + 40.0;
    let width = rect.max.x - left - 8.0;
    let name = elide_middle(ui.painter(), entry.name(), &theme::semibold(15.0), palette.text, width);
    let at = pos2(left, rect.center().y - name.size().y - 0.5);
    ui.painter().galley(at, name, palette.text);
    let below = pos2(left, rect.center().y + 2.0);
    let facts = elide_middle(ui.painter(), &facts, &theme::regular(theme::SMALL_TEXT), palette.dimmed, width);
    ui.painter().galley(below, facts, palette.dimmed);
}

/// Which file it is among the files of the place, from 1, and how many there are.
fn position(state: &State, path: &RemotePath) -> Option<(usize, usize)> {
    let listing = state.browser.listing.value()?;
    let row = listing.row_of(path)?;
    let files = |entries: &[Entry]| entries.iter().filter(|entry| entry.last_version().is_some()).count();
    Some((files(&listing.entries[..=row]), files(&listing.entries)))
}

fn arrows_ui(ui: &mut Ui, window: &mut WindowContext<'_>, large: &LargePreview, screen: Rect) {
    let over_picture = shows_picture(large);
    let position_in_list = position(window.state, &large.entry.path);
    let edge = 44.0;
    let sides = [
        (
            pos2(screen.min.x + SIDE / 2.0, 0.0),
            icons::ICON_CHEVRON_LEFT,
            tr!("preview-previous-file"),
            "←",
            DialogAction::Previous,
        ),
        (
            pos2(screen.max.x - SIDE / 2.0, 0.0),
            icons::ICON_CHEVRON_RIGHT,
            tr!("preview-next-file"),
            "→",
            DialogAction::Next,
        ),
    ];
    for (index, (at, icon, name, key, action)) in sides.into_iter().enumerate() {
        let enabled = position_in_list.is_some_and(|(at, of)| if index == 0 { at > 1 } else { at < of });
        let rect = Rect::from_center_size(pos2(at.x, screen.center().y), Vec2::splat(edge));
        // Over a picture a symbol alone would not be seen.
        let button =
            IconButton::new(icon, name).shortcut(key).enabled(enabled).size(edge, 28.0).filled(over_picture);
        let response = ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| ui.add(button)).inner;
        if response.clicked() {
            window.act(Action::Dialog(action));
        }
    }
}

/// Those that are no commands; Space, Enter and Esc are.
fn handle_keys(ctx: &Context, window: &mut WindowContext<'_>) {
    let zoom = |step| Action::Dialog(DialogAction::Zoom(step));
    // They move the place in the recording.
    let arrows = !sound_bar::has_keys(ctx);
    let keys = [
        (Key::P, Action::Dialog(DialogAction::TogglePlayer)),
        (Key::ArrowLeft, Action::Dialog(DialogAction::Previous)),
        (Key::ArrowRight, Action::Dialog(DialogAction::Next)),
        (Key::T, Action::Dialog(DialogAction::ToggleFilmStrip)),
        (Key::Plus, zoom(ZoomStep::In)),
        (Key::Equals, zoom(ZoomStep::In)),
        (Key::Minus, zoom(ZoomStep::Out)),
        (Key::Num0, zoom(ZoomStep::Fit)),
        (Key::Num1, zoom(ZoomStep::Actual)),
        (Key::Num2, zoom(ZoomStep::FitWidth)),
    ];
    for (key, action) in keys {
        let is_arrow = matches!(key, Key::ArrowLeft | Key::ArrowRight);
        if (arrows || !is_arrow) && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            window.act(action);
        }
    }
}
