//! The strip below the rows where they may be old, the service asks us to wait, or the session has ended. At the foot
//! it moves no row from under the pointer when it comes and goes.

use super::theme::{self, UiPalette};
use super::widgets::{PushButton, paint_icon};
use super::{WindowContext, format};
use coffer_model::{Problem, Recovery};
use coffer_state::{Action, Command};
use coffer_texts::tr;
use egui::{Align, Frame, Label, Layout, Margin, RichText, Ui, UiBuilder, pos2, vec2};
use egui_material_icons::{MaterialIcon, icons};
use std::time::Duration;

/// The button that opens the page of a network.
pub fn open_sign_in_page_words() -> &'static str {
    tr!("open-sign-in-page")
}

/// Behind the symbol, and between title and detail.
const WORDS_AT: f32 = 30.0;
const GAP: f32 = 12.0;

/// What the strip says, and its button.
pub struct Banner {
    icon: MaterialIcon,
    title: String,
    detail: String,
    button: Option<(&'static str, BannerButton)>,
}

enum BannerButton {
    Command(Command),
    SignInPage(Problem),
}

impl Banner {
    fn of_problem(icon: MaterialIcon, problem: &Problem, button: Option<(&'static str, Command)>) -> Self {
        let button = button.map(|(words, command)| (words, BannerButton::Command(command)));
        Self { icon, title: problem.title.clone(), detail: problem.detail.clone(), button }
    }
}

/// What there is to say now: of several only what the person has to know first.
pub fn banner(window: &WindowContext<'_>) -> Option<Banner> {
    let session = &window.state.session;
    if let Some(problem) = &session.ended {
        let (icon, button) = match problem.recovery() {
            Recovery::SignIn => (icons::ICON_KEY, (tr!("sign-in-again"), Command::Account)),
            _ => (icons::ICON_WARNING, (tr!("retry"), Command::Refresh)),
        };
        return Some(Banner::of_problem(icon, problem, Some(button)));
    }
    let listing = &window.state.browser.listing;
    // Without rows the pane says the same in its middle.
    let shows_rows = listing.value().is_some();
    if let Some(problem) = session.in_use.as_ref().filter(|_| shows_rows) {
        return Some(Banner::of_problem(icons::ICON_HOURGLASS_TOP, problem, None));
    }
    if let Some(problem) = &window.state.settings.problem {
        let button = (tr!("banner-choose-account"), Command::Account);
        return Some(Banner::of_problem(icons::ICON_WARNING, problem, Some(button)));
    }
    if let Some(waiting) = &session.waiting {
        let secs = (waiting.until.as_second() - window.clock.now().as_second()).max(0) as f64;
        let detail = tr!("banner-continues", time = format::duration(secs.max(1.0)));
        let (icon, title) = (icons::ICON_HOURGLASS_TOP, waiting.reason.clone());
        return Some(Banner { icon, title, detail, button: None });
    }
    if !shows_rows {
        return None;
    }
    let problem = listing.problem();
    if let Some(problem) = problem.filter(|problem| problem.recovery() == Recovery::NetworkSignIn) {
        let button = Some((open_sign_in_page_words(), BannerButton::SignInPage(problem.clone())));
        return Some(Banner { button, ..Banner::of_problem(icons::ICON_CAPTIVE_PORTAL, problem, None) });
    }
    let retry = (tr!("retry"), Command::Refresh);
    if session.offline {
        let as_of = session.index.as_ref().and_then(|index| index.as_of);
        return Some(Banner {
            icon: icons::ICON_CLOUD_OFF,
            title: as_of.map_or(tr!("account-offline").to_owned(), |as_of| {
                tr!("banner-offline-as-of", time = window.clock.time(as_of))
            }),
            detail: tr!("banner-offline-detail").to_owned(),
            button: Some((retry.0, BannerButton::Command(retry.1))),
        });
    }
    problem.map(|problem| Banner::of_problem(icons::ICON_SYNC_PROBLEM, problem, Some(retry)))
}

pub fn banner_ui(ui: &mut Ui, window: &mut WindowContext<'_>, banner: &Banner) {
    if window.state.session.waiting.is_some() {
        ui.ctx().request_repaint_after(Duration::from_secs(1));
    }
    let palette = ui.palette();
    let button_width =
        banner.button.as_ref().map_or(0.0, |(words, _)| PushButton::link(words).width(ui) + GAP);
    let words_width = ui.available_width() - 48.0 - button_width;
    let is_one_line = banner.detail.is_empty() || has_one_line(ui, banner, words_width);
    let frame = Frame::new()
        .fill(palette.surface_2)
        .corner_radius(theme::CORNER)
        .inner_margin(Margin::symmetric(12, 6))
        .outer_margin(Margin { left: 12, right: 12, top: 4, bottom: 4 });
    frame.show(ui, |ui| {
        let size = vec2(ui.available_width(), theme::CONTROL_HEIGHT);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            if let Some((words, button)) = &banner.button
                && ui.add(PushButton::link(words)).clicked()
            {
                match button {
                    BannerButton::Command(command) => window.command(*command),
                    BannerButton::SignInPage(problem) => open_sign_in_page(window, problem),
                }
            }
            words_ui(ui, banner, is_one_line);
        });
        // What does not fit beside the title stands below it.
        if !is_one_line {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.add_space(WORDS_AT);
                ui.add(Label::new(RichText::new(&banner.detail).color(palette.dimmed)).wrap());
            });
        }
    });
}

/// What does not fit is shown under the pointer.
fn words_ui(ui: &mut Ui, banner: &Banner, is_one_line: bool) {
    let palette = ui.palette();
    let space = ui.available_rect_before_wrap();
    let at = pos2(space.min.x + 10.0, space.center().y);
    paint_icon(ui.painter(), at, banner.icon, 20.0, palette.warning);
    let builder = UiBuilder::new()
        .max_rect(space.with_min_x(space.min.x + WORDS_AT))
        .layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(builder, |ui| {
        let title = RichText::new(&banner.title).font(theme::medium(theme::BODY_TEXT));
        ui.add(Label::new(title).truncate());
        if is_one_line {
            ui.add(Label::new(RichText::new(&banner.detail).color(palette.dimmed)).truncate());
        }
    });
}

/// Whether title and detail fit beside each other.
fn has_one_line(ui: &Ui, banner: &Banner, width: f32) -> bool {
    let measure = |text: &str, font| {
        ui.painter().layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x
    };
    let title = measure(&banner.title, theme::medium(theme::BODY_TEXT));
    WORDS_AT + title + GAP + measure(&banner.detail, theme::regular(theme::BODY_TEXT)) <= width
}

pub fn open_sign_in_page(window: &mut WindowContext<'_>, problem: &Problem) {
    if let Some(page) = problem.sign_in_page() {
        window.act(Action::OpenSignInPage(page.to_string()));
    }
}
