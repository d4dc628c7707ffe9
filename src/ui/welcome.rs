//! The very first start: one page with two doors, to the person’s Dropbox and to a local account. What is behind them is
//! painted by `welcome_pictures`.

use super::WindowContext;
use super::theme::{self, UiPalette};
use super::welcome_pictures::{paint_connection, paint_laptop, paint_logo};
use super::widgets::{PushButton, paint_icon};
use coffer_model::AccountChoice;
use coffer_state::action::DialogAction;
use coffer_state::welcome::Welcome;
use coffer_state::{Action, Command};
use coffer_texts::tr;
use egui::{
    Align, Color32, Galley, Id, Label, Layout, Painter, Rect, RichText, Role, ScrollArea, Sense, StrokeKind,
    Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_material_icons::{MaterialIcon, icons};
use std::sync::Arc;

/// Between the page and the edge of the window.
const EDGE: f32 = 24.0;
const MOST_WIDTH: f32 = 664.0;
/// From so much width on the doors are side by side.
const BESIDE: f32 = 560.0;
/// From so much height on there is room for pictures.
const PICTURES_FROM: f32 = 620.0;
const PICTURE: f32 = 104.0;
const MARGIN: f32 = 16.0;
const GAP: f32 = 16.0;
const LINE_GAP: f32 = 10.0;
const TEXT_AT: f32 = 28.0;

pub(super) fn welcome_ui(ui: &mut Ui, window: &mut WindowContext<'_>, welcome: &Welcome) {
    let palette = ui.palette();
    let space = ui.max_rect();
    let has_pictures = space.height() >= PICTURES_FROM;
    ScrollArea::vertical().id_salt("welcome").auto_shrink(false).show(ui, |ui| {
        // In the middle by the height of the last frame.
        let id = Id::unique("welcome height");
        let known: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(space.height());
        ui.add_space(((space.height() - known) * 0.45).max(EDGE));
        let top = ui.cursor().min.y;
        ui.with_layout(Layout::top_down(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            if has_pictures {
                let (logo, _) = ui.allocate_exact_size(vec2(64.0, 64.0), Sense::hover());
                paint_logo(ui.painter(), logo);
                ui.add_space(6.0);
            }
            let title = ui.label(RichText::new(tr!("welcome-title")).font(theme::semibold(24.0)));
            ui.ctx().accesskit_node_builder(title.id, |node| node.set_role(Role::Heading));
            let subtitle = tr!("welcome-subtitle");
            ui.label(RichText::new(subtitle).color(palette.dimmed));
            ui.add_space(10.0);
            doors_ui(ui, window, welcome, has_pictures);
            ui.add_space(6.0);
            for note in [tr!("welcome-both"), tr!("welcome-independent")] {
                ui.label(RichText::new(note).font(theme::regular(theme::SMALL_TEXT)).color(palette.dimmed));
            }
        });
        let height = ui.cursor().min.y - top;
        ui.add_space(EDGE);
        if (height - known).abs() > 0.5 {
            ui.data_mut(|data| data.insert_temp(id, height));
            ui.ctx().request_discard("the page has another height");
        }
    });
}

/// One of the two ways.
struct Door<'a> {
    title: &'a str,
    lines: [(MaterialIcon, String); 3],
    paint: fn(&Painter, Rect),
    ground: Color32,
}

fn doors_ui(ui: &mut Ui, window: &mut WindowContext<'_>, welcome: &Welcome, has_pictures: bool) {
    let palette = ui.palette();
    let connect = Door {
        title: tr!("welcome-connect"),
        lines: [
            (icons::ICON_PUBLIC, tr!("welcome-browser").into()),
            (icons::ICON_KEY, tr!("welcome-no-password").into()),
            (icons::ICON_CLOUD, tr!("welcome-stay").into()),
        ],
        paint: paint_connection,
        ground: theme::blend(palette.surface_1, palette.accent.gamma_multiply(0.12)),
    };
    let here = Door {
        title: tr!("welcome-try"),
        lines: [
            (icons::ICON_PHOTO_LIBRARY, tr!("welcome-samples").into()),
            (icons::ICON_WIFI_OFF, tr!("welcome-no-network").into()),
            (icons::ICON_FOLDER, tr!("welcome-vault", folder = welcome.vault)),
        ],
        paint: paint_laptop,
        ground: theme::blend(palette.surface_1, palette.folder.gamma_multiply(0.16)),
    };
    let width = (ui.available_width() - 2.0 * EDGE).min(MOST_WIDTH);
    let is_beside = width >= BESIDE;
    let door_width = if is_beside { (width - GAP) / 2.0 } else { width };
    let texts = |door: &Door<'_>| {
        door.lines.iter().map(|(_, text)| line_galley(ui, text, door_width)).collect::<Vec<_>>()
    };
    let (connect_texts, here_texts) = (texts(&connect), texts(&here));
    let height_of = |texts: &[Arc<Galley>]| {
        let lines: f32 = texts.iter().map(|text| text.size().y + LINE_GAP).sum();
        let picture = if has_pictures { PICTURE + 12.0 } else { 0.0 };
        2.0 * MARGIN + picture + 24.0 + 6.0 + lines + 6.0 + theme::CONTROL_HEIGHT
    };
    let height = height_of(&connect_texts).max(height_of(&here_texts));
    let whole = if is_beside { vec2(width, height) } else { vec2(width, 2.0 * height + GAP) };
    let (rect, _) = ui.allocate_exact_size(whole, Sense::hover());
    let first = Rect::from_min_size(rect.min, vec2(door_width, height));
    let second = Rect::from_min_size(rect.max - first.size(), first.size());
    let button = PushButton::primary(tr!("welcome-connect-button")).id(connect_id());
    if door_ui(ui, first, &connect, connect_texts, has_pictures, button) {
        window.command(Command::Account);
    }
    let button = PushButton::quiet(tr!("welcome-try-button")).id(Id::unique("try it out"));
    if door_ui(ui, second, &here, here_texts, has_pictures, button) {
        window.act(Action::Dialog(DialogAction::ChooseAccount(AccountChoice::Local)));
    }
    if window.state.dialog.is_none() && ui.memory(|memory| memory.focused().is_none()) {
        ui.memory_mut(|memory| memory.request_focus(connect_id()));
    }
}

fn connect_id() -> Id {
    Id::unique("connect my Dropbox")
}

fn line_galley(ui: &Ui, text: &str, door_width: f32) -> Arc<Galley> {
    let width = door_width - 2.0 * MARGIN - TEXT_AT;
    ui.painter().layout(text.to_owned(), theme::regular(theme::BODY_TEXT), ui.palette().text, width)
}

/// Draws a door; answers whether it was gone through, by its button or anywhere on it.
fn door_ui(
    ui: &mut Ui,
    rect: Rect,
    door: &Door<'_>,
    texts: Vec<Arc<Galley>>,
    has_picture: bool,
    button: PushButton<'_>,
) -> bool {
    let palette = ui.palette();
    let whole = ui.interact(rect, Id::unique("door").with(door.title), Sense::CLICK);
    whole.widget_info(|| WidgetInfo::labeled(Role::Group, true, door.title));
    let stroke = if whole.contains_pointer() { (1.5, palette.accent) } else { (1.0, palette.line) };
    ui.painter().add(palette.soft_shadow().as_shape(rect, theme::CORNER_LARGE));
    ui.painter().rect(rect, theme::CORNER_LARGE, palette.surface_1, stroke, StrokeKind::Inside);
    let inner = rect.shrink(MARGIN);
    let mut top = inner.min.y;
    if has_picture {
        let picture = Rect::from_min_size(inner.min, vec2(inner.width(), PICTURE));
        ui.painter().rect_filled(picture, theme::CORNER, door.ground);
        (door.paint)(&ui.painter().with_clip_rect(picture), picture);
        top = picture.max.y + 12.0;
    }
    let title = Rect::from_min_size(pos2(inner.min.x, top), vec2(inner.width(), 24.0));
    let builder =
        UiBuilder::new().max_rect(title).layout(Layout::left_to_right(Align::Center)).id_salt(door.title);
    ui.new_child(builder).label(RichText::new(door.title).font(theme::semibold(16.0)));
    top = title.max.y + 6.0;
    for ((icon, _), text) in door.lines.iter().zip(texts) {
        paint_icon(ui.painter(), pos2(inner.min.x + 9.0, top + 9.0), *icon, 18.0, palette.dimmed);
        let size = text.size();
        let place = Rect::from_min_size(pos2(inner.min.x + TEXT_AT, top), size);
        let builder =
            UiBuilder::new().max_rect(place).layout(Layout::top_down(Align::Min)).id_salt(top.to_bits());
        ui.new_child(builder).add(Label::new(text).selectable(false));
        top += size.y + LINE_GAP;
    }
    let foot = inner.with_min_y(inner.max.y - theme::CONTROL_HEIGHT);
    let mut child = ui.new_child(UiBuilder::new().max_rect(foot).id_salt((door.title, "button")));
    let pressed = child.add(button.min_width(foot.width()));
    if pressed.gained_focus() {
        ui.scroll_to_rect(rect, None);
    }
    pressed.clicked() || whole.clicked()
}
