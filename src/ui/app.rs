//! The program's window: takes news from the worker, draws the state, sends what follows from what the person did.

use super::clipboard::Clipboard;
use super::drag::{self, DragPointer};
use super::format::Clock;
use super::memory::Memory;
use super::screenshot::{Screenshot, Shooting};
use super::textures::Textures;
use super::theme::{self, UiTokens};
use super::{
    View, commands, content, dialogs, header, inspector, keys, menu, native, side_bar, status, toasts,
    transfers,
};
use coffer_model::{Port, Request, ThemeChoice};
use coffer_state::{Action, Command, Effect, State, WindowEvent};
use eframe::CreationContext;
use egui::{Context, Frame, Margin, Panel, RawInput, Rect, ThemePreference, Ui, ViewportCommand};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::time::Duration;

/// What the window begins with.
pub struct Start {
    pub state: State,
    /// What the state asked for when it was made.
    pub effects: Vec<Effect>,
    pub port: Port,
    pub screenshot: Option<Screenshot>,
}

pub struct App {
    ctx: Context,
    state: State,
    port: Port,
    textures: Textures,
    memory: Memory,
    clipboard: Clipboard,
    drag_pointer: Option<DragPointer>,
    shooting: Option<Shooting>,
    /// As the state was told last.
    focused: bool,
    zone: TimeZone,
    now: Box<dyn Fn() -> Timestamp>,
    /// What egui was told last, so that it is told only what changed.
    shown: Shown,
}

#[derive(Default, PartialEq)]
struct Shown {
    title: String,
    theme: Option<ThemeChoice>,
    reduced_motion: Option<bool>,
}

impl App {
    pub fn new(cc: &CreationContext<'_>, start: Start) -> Self {
        theme::install(&cc.egui_ctx);
        cc.egui_ctx.options_mut(|options| {
            options.fallback_theme = egui::Theme::Light;
            // Ctrl and plus change the pictures, not the whole window.
            options.zoom_with_keyboard = false;
        });
        let mut app = Self {
            ctx: cc.egui_ctx.clone(),
            state: start.state,
            port: start.port,
            textures: Textures::default(),
            memory: Memory::default(),
            clipboard: Clipboard::default(),
            drag_pointer: DragPointer::of_window(cc),
            shooting: start.screenshot.map(Shooting::new),
            focused: true,
            zone: TimeZone::system(),
            now: Box::new(Timestamp::now),
            shown: Shown::default(),
        };
        app.apply(start.effects);
        app
    }

    pub fn state(&self) -> &State {
        &self.state
    }

    /// Does something on behalf of the person, as if the window had offered it.
    pub fn act(&mut self, action: Action) {
        let effects = self.state.act(action);
        self.apply(effects);
    }

    fn tell(&mut self, event: WindowEvent) {
        let effects = self.state.on_window_event(event);
        self.apply(effects);
    }

    /// What was copied last out of this window.
    pub fn copied(&self) -> &str {
        self.clipboard.copied()
    }

    /// Tells the time by another clock and in another zone than the system's.
    #[must_use]
    pub fn with_clock(mut self, zone: TimeZone, now: impl Fn() -> Timestamp + 'static) -> Self {
        self.zone = zone;
        self.now = Box::new(now);
        self
    }

    /// Brings about what a change of the state asks for.
    fn apply(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(request) => self.send(request),
                Effect::CopyText(text) => self.clipboard.write(text),
                Effect::KeepThumbnail { key, pixels } => self.textures.keep_thumbnail(key, pixels),
                Effect::OpenMenu => {
                    menu::open_at_cursor(&mut self.memory);
                    self.ctx.request_repaint();
                }
                Effect::CloseWindow => self.ctx.send_viewport_cmd(ViewportCommand::Close),
            }
        }
    }

    /// A worker that is gone takes no requests; then the window is about to close too.
    fn send(&self, request: Request) {
        if self.port.requests.send(request).is_err() {
            tracing::warn!("the worker has stopped");
        }
    }

    fn take_news(&mut self, ctx: &Context) {
        let effects = self.state.tick((self.now)(), ctx.time());
        self.apply(effects);
        while let Ok(event) = self.port.events.try_recv() {
            let effects = self.state.on_event(event);
            self.apply(effects);
        }
        if let Some(secs) = self.state.next_tick_secs() {
            ctx.request_repaint_after(Duration::from_secs_f64(secs));
        }
    }

    /// Tells the state whether the person looks, and asks before the window closes over running transfers. This also
    /// happens while nothing is drawn, because the window is hidden.
    fn follow_window(&mut self, ctx: &Context) {
        let (focused, closing) =
            ctx.input(|input| (input.raw.focused, input.raw.viewport().close_requested()));
        if focused != self.focused {
            self.focused = focused;
            self.tell(WindowEvent::Focused(focused));
        }
        if closing && self.shooting.is_none() && !self.state.may_close() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.act(Action::AskToQuit);
            ctx.request_repaint();
        }
    }

    /// Tells egui and the system what changed in title, theme and motion.
    fn show_settings(&mut self, ctx: &Context) {
        let settings = &self.state.settings;
        let title =
            format!("{} — {}", commands::location_name(self.state.navigation.current()), native::NAME);
        let now = Shown { title, theme: Some(settings.theme), reduced_motion: Some(settings.reduced_motion) };
        if now == self.shown {
            return;
        }
        if now.title != self.shown.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(now.title.clone()));
        }
        if now.theme != self.shown.theme {
            ctx.set_theme(match settings.theme {
                ThemeChoice::System => ThemePreference::System,
                ThemeChoice::Light => ThemePreference::Light,
                ThemeChoice::Dark => ThemePreference::Dark,
            });
        }
        if now.reduced_motion != self.shown.reduced_motion {
            let secs = if settings.reduced_motion { 0.0 } else { theme::QUICK_SECS };
            ctx.all_styles_mut(|style| style.animation_time = secs);
        }
        self.shown = now;
    }

    /// Answers with what was measured and what the person did.
    fn draw(&mut self, ui: &mut Ui) -> (Vec<WindowEvent>, Vec<Action>) {
        let (mut events, mut actions) = (Vec::new(), Vec::new());
        let clock = Clock::new(self.state.now, self.zone.clone());
        self.memory.targets.clear();
        self.memory.cursor_rect = None;
        let mut view = View {
            state: &self.state,
            textures: &mut self.textures,
            clock: &clock,
            memory: &mut self.memory,
            actions: &mut actions,
            events: &mut events,
        };
        let content = window_ui(ui, &mut view);
        menu::context_menu_ui(ui, &mut view);
        drag::rows_ui(ui, &mut view);
        drag::files_ui(ui, &mut view, self.drag_pointer.as_ref(), content);
        keys::zoom_ui(ui.ctx(), &mut view);
        keys::settle_focus(ui.ctx(), &mut view);
        note_window_size(ui.ctx(), &mut view);
        if let Some(wanted) = view.textures.take_wanted() {
            view.tell(WindowEvent::WantedThumbnails(wanted));
        }
        (events, actions)
    }
}

/// All parts of the window; answers where the content is.
fn window_ui(ui: &mut Ui, view: &mut View<'_>) -> Rect {
    let tokens = ui.tokens();
    ui.painter().rect_filled(ui.max_rect(), 0, tokens.surface_0);
    Panel::left("side bar")
        .exact_size(view.state.settings.side_bar_width)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::NONE)
        .show(ui, |ui| side_bar::side_bar_ui(ui, view));
    let main = ui.available_rect_before_wrap();
    let corners = egui::CornerRadius { nw: theme::CORNER_LARGE, ..egui::CornerRadius::ZERO };
    ui.painter().rect_filled(main, corners, tokens.surface_1);
    Panel::top("header")
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::NONE)
        .show(ui, |ui| header::header_ui(ui, view));
    if view.state.settings.inspector_open {
        Panel::right("inspector")
            .exact_size(inspector::fitting_width(view.state, ui.available_width()))
            .resizable(false)
            .show_separator_line(false)
            .frame(Frame::NONE)
            .show(ui, |ui| inspector::inspector_ui(ui, view));
    }
    let content = ui.available_rect_before_wrap();
    egui::CentralPanel::no_frame()
        .frame(Frame::new().inner_margin(Margin::ZERO))
        .show(ui, |ui| content::content_ui(ui, view));
    floating_ui(ui.ctx(), view, content);
    content
}

/// What floats over the lower edge of the content, and the dialogs over everything.
fn floating_ui(ctx: &Context, view: &mut View<'_>, content: Rect) {
    let toasts = toasts::toasts_ui(ctx, view, content);
    transfers::transfers_panel_ui(ctx, view, content, toasts);
    status::status_ui(ctx, view, content, toasts);
    dialogs::dialogs_ui(ctx, view);
}

fn note_window_size(ctx: &Context, view: &mut View<'_>) {
    let size = ctx.content_rect().size();
    let known = view.state.settings.window_size;
    let is_window = ctx.input(|input| input.viewport().maximized != Some(true));
    if is_window && ((size.x - known[0]).abs() > 1.0 || (size.y - known[1]).abs() > 1.0) {
        view.tell(WindowEvent::Resized([size.x, size.y]));
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.take_news(ctx);
        self.follow_window(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let pressed = keys::actions_of_keys(&ctx, &self.state, self.memory.menu.is_some());
        let panel_key = pressed.contains(&Action::Command(Command::ToggleTransfers));
        for action in pressed {
            self.act(action);
        }
        if panel_key {
            self.memory.transfers.focus_wanted = self.state.transfers.panel_open;
        }
        self.show_settings(&ctx);
        self.textures.begin_frame(&ctx, self.state.settings.reduced_motion);

        let (events, mut actions) = self.draw(ui);
        if let Some(mut shooting) = self.shooting.take() {
            actions.extend(shooting.step(&ctx, &self.state, &self.textures));
            self.shooting = Some(shooting);
        }
        let redraw = !actions.is_empty();
        for event in events {
            self.tell(event);
        }
        for action in actions {
            self.act(action);
        }
        self.clipboard.write_copied(&ctx);
        if redraw {
            ctx.request_repaint();
        }
        if let Some(secs) = self.state.next_tick_secs() {
            ctx.request_repaint_after(Duration::from_secs_f64(secs));
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        let effects = self.state.quit();
        self.apply(effects);
    }

    fn raw_input_hook(&mut self, ctx: &Context, raw_input: &mut RawInput) {
        self.clipboard.translate_keys(ctx, raw_input);
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        let theme = if visuals.dark_mode { egui::Theme::Dark } else { egui::Theme::Light };
        theme::Tokens::of(theme).surface_0.to_normalized_gamma_f32()
    }
}
