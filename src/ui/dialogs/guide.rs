//! The guide: its pages at the left, the one that is read beside them. The keyboard begins in the page, so that its keys
//! scroll it.

use super::frame::{DialogFrame, content_space, grab_focus};
use crate::ui::WindowContext;
use crate::ui::preview::{DocumentUiState, LinkTarget, document_ui, message_ui};
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{SIDE_ROW_HEIGHT, paint_side_row, paint_text};
use coffer_model::guide::GuidePage;
use coffer_model::{Load, MarkdownPreview};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::guide::GuideDialog;
use coffer_texts::tr;
use egui::{Align2, Context, Id, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};
use egui_material_icons::icons;
use std::sync::Arc;

const WIDTH: f32 = 940.0;
const HEIGHT: f32 = 720.0;
const TITLE_HEIGHT: f32 = 60.0;
const GAP: f32 = 16.0;

/// The page that is read, and how far.
pub(super) type GuideUiState = Option<(Arc<MarkdownPreview>, DocumentUiState)>;

pub(super) fn guide_ui(ctx: &Context, window: &mut WindowContext<'_>, guide: &GuideDialog) {
    let frame = DialogFrame { title: tr!("guide-title"), subtitle: "", width: WIDTH, light: true };
    frame.show(ctx, window, |ui, window| {
        let height = HEIGHT.min(content_space(ctx).y - TITLE_HEIGHT);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let list = rect.with_max_x(rect.min.x + list_width(ui).min(rect.width() / 3.0));
        pages_ui(ui, window, guide, list);
        page_ui(ui, window, guide, rect.with_min_x(list.max.x + GAP));
    });
}

/// So that no title is cut.
fn list_width(ui: &Ui) -> f32 {
    let width = |page: &GuidePage| {
        let font = theme::medium(theme::BODY_TEXT);
        ui.painter().layout_no_wrap(title(*page).to_owned(), font, ui.palette().text).size().x
    };
    GuidePage::ALL.iter().map(width).fold(0.0, f32::max) + 28.0
}

fn pages_ui(ui: &mut Ui, window: &mut WindowContext<'_>, guide: &GuideDialog, rect: Rect) {
    let palette = ui.palette();
    for (index, page) in GuidePage::ALL.into_iter().enumerate() {
        let top_left = rect.min + vec2(0.0, index as f32 * SIDE_ROW_HEIGHT);
        let row = Rect::from_min_size(top_left, vec2(rect.width(), SIDE_ROW_HEIGHT)).shrink2(vec2(0.0, 1.0));
        let is_read = page == guide.page;
        let response = ui.interact(row, Id::unique(("page of the guide", index)), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_read, title(page)));
        paint_side_row(ui, row, is_read, response.hovered(), response.has_focus());
        let font = if is_read { theme::medium(theme::BODY_TEXT) } else { theme::regular(theme::BODY_TEXT) };
        let at = row.left_center() + vec2(12.0, 0.0);
        paint_text(
            ui.painter(),
            Align2::LEFT_CENTER,
            at,
            row.width() - 16.0,
            title(page),
            font,
            palette.text,
        );
        if response.clicked() {
            show(window, page);
        }
    }
}

fn page_ui(ui: &mut Ui, window: &mut WindowContext<'_>, guide: &GuideDialog, rect: Rect) {
    let text = match &guide.text {
        Load::Ready(text) => text,
        Load::Failed { problem, .. } => {
            return message_ui(ui, icons::ICON_ERROR, &problem.title, &problem.detail, rect);
        }
        Load::Idle | Load::Pending { .. } => return,
    };
    let id = Id::unique("text of the guide");
    if let Some(page) = ui.ctx().read_response(id.with("page")) {
        grab_focus(window, &page);
    }
    let kept = window.ui_state.dialogs.guide.take().filter(|(kept, _)| Arc::ptr_eq(kept, text));
    let (text, mut document) = kept.unwrap_or_else(|| (Arc::clone(text), DocumentUiState::new(text)));
    // Each page begins at its top.
    let mut place = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(guide.page));
    let clicked = document_ui(&mut place, window, &mut document, title(guide.page), id, rect, false);
    window.ui_state.dialogs.guide = Some((text, document));
    if let Some(LinkTarget::Address(address)) = clicked
        && let Some(page) = GuidePage::linked(&address)
    {
        show(window, page);
    }
}

fn show(window: &mut WindowContext<'_>, page: GuidePage) {
    window.act(Action::Dialog(DialogAction::ShowGuidePage(page)));
}

fn title(page: GuidePage) -> &'static str {
    match page {
        GuidePage::FirstSteps => tr!("guide-first-steps"),
        GuidePage::Files => tr!("settings-files"),
        GuidePage::Transfers => tr!("guide-transfers"),
        GuidePage::VersionsAndTime => tr!("guide-versions-and-time"),
        GuidePage::Sharing => tr!("guide-sharing"),
        GuidePage::Overview => tr!("guide-overview"),
        GuidePage::CommandLine => tr!("guide-command-line"),
        GuidePage::LocalAccount => tr!("guide-local-account"),
        GuidePage::Keys => tr!("guide-keys"),
        GuidePage::Privacy => tr!("guide-privacy"),
    }
}
