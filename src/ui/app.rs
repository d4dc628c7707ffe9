//! The program's window: gives the worker's events to the state, draws it, and sends its requests.

use super::applied_settings::AppliedSettings;
use super::clipboard::Clipboard;
use super::drag::{self, DragPointer};
use super::format::DateFormat;
use super::panes::{DrawnPane, FrameParts};
use super::promises::Promises;
use super::screenshot::{Screenshot, ScreenshotRun};
use super::textures::Textures;
use super::theme::{self, UiPalette};
use super::ui_state::WindowUiState;
use super::{
    WindowContext, banner, dialogs, duplicates, header, inspector, keys, last_input, menu, native, past,
    side_bar, status, tab_strip, toasts, transfers, welcome,
};
use coffer_model::settings::Accent;
use coffer_model::{Port, Request};
use coffer_state::{Action, Command, Effect, Focus, State, WindowEvent};
use eframe::CreationContext;
use egui::{Context, Frame, Panel, RawInput, Rect, Ui, UserAttentionType, ViewportCommand};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

/// What the window begins with.
pub struct Start {
    pub state: State,
    /// What the state asked for when it was made.
    pub effects: Vec<Effect>,
    pub port: Port,
    pub screenshot: Option<Screenshot>,
    /// What the program was started with while this window was open.
    pub further_starts: mpsc::Receiver<Action>,
    /// Where items come that other programs take from the window; without it they are given none.
    pub promised_folder: Option<PathBuf>,
}

impl Start {
    /// A window for a person, which nothing else will be started for.
    pub fn new(state: State, effects: Vec<Effect>, port: Port) -> Self {
        Self {
            state,
            effects,
            port,
            screenshot: None,
            further_starts: mpsc::channel().1,
            promised_folder: None,
        }
    }
}

pub struct App {
    ctx: Context,
    state: State,
    port: Port,
    textures: Textures,
    ui_state: WindowUiState,
    clipboard: Clipboard,
    drag_pointer: Option<DragPointer>,
    promises: Option<Promises>,
    screenshot: Option<ScreenshotRun>,
    further_starts: mpsc::Receiver<Action>,
    /// The desktop was asked to point to the window, until the person looks.
    wants_attention: bool,
    /// Whether the window has the focus, as last reported to the state.
    focused: bool,
    zone: TimeZone,
    now: Box<dyn Fn() -> Timestamp>,
    applied: AppliedSettings,
}

impl App {
    pub fn new(cc: &CreationContext<'_>, start: Start) -> Self {
        theme::install(&cc.egui_ctx);
        cc.egui_ctx.options_mut(|options| {
            options.fallback_theme = egui::Theme::Light;
            // Ctrl and plus change the pictures, not the whole window.
            options.zoom_with_keyboard = false;
        });
        let applied = AppliedSettings::new(&start.state.settings);
        let mut app = Self {
            ctx: cc.egui_ctx.clone(),
            state: start.state,
            port: start.port,
            textures: Textures::default(),
            ui_state: WindowUiState::default(),
            clipboard: Clipboard::default(),
            drag_pointer: DragPointer::for_window(cc),
            promises: Promises::new(&cc.egui_ctx, native::x11_window(cc), start.promised_folder),
            screenshot: start.screenshot.map(ScreenshotRun::new),
            further_starts: start.further_starts,
            wants_attention: false,
            focused: true,
            zone: TimeZone::system(),
            now: Box::new(Timestamp::now),
            applied,
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

    fn handle_event(&mut self, event: WindowEvent) {
        let effects = self.state.on_window_event(event);
        self.apply(effects);
    }

    /// Bytes of the thumbnails on the graphics card.
    pub fn thumbnail_bytes(&self) -> usize {
        self.textures.thumbnail_bytes()
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
                Effect::CopyItems { entries, text } => {
                    self.clipboard.write(text.clone());
                    if let Some(promises) = &mut self.promises {
                        promises.copy(entries, text);
                    }
                }
                Effect::WithdrawItems => self.promises.iter_mut().for_each(Promises::withdraw),
                Effect::FulfillPromise { folder, local_paths } => {
                    if let Some(promises) = &mut self.promises {
                        promises.fulfill(folder, local_paths);
                    }
                }
                Effect::KeepThumbnail { key, pixels } => self.textures.keep_thumbnail(key, pixels),
                Effect::ForgetThumbnails => self.textures.forget_thumbnails(),
                Effect::OpenMenu => {
                    let has_selection = self.state.browser.status.selected > 0;
                    let in_tree = self.ctx.memory(|it| it.has_focus(side_bar::tree_id()));
                    if in_tree && self.state.focus == Focus::Tree && self.state.tree.cursor.is_some() {
                        self.ui_state.wants_tree_menu = true;
                    } else {
                        menu::open_at_cursor(&mut self.ui_state, has_selection);
                    }
                    self.ctx.request_repaint();
                }
                Effect::OpenViewMenu => {
                    menu::open_at_view_button(&mut self.ui_state);
                    self.ctx.request_repaint();
                }
                Effect::ToggleFullScreen => {
                    let is_full = self.ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
                    self.ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!is_full));
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

    fn receive_events(&mut self, ctx: &Context) {
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

    /// The program was started again: the window comes to the front. A desktop that does not let it is asked to point to
    /// it.
    fn follow_starts(&mut self, ctx: &Context) {
        while let Ok(action) = self.further_starts.try_recv() {
            self.act(action);
            ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(ViewportCommand::Focus);
            ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(UserAttentionType::Informational));
            self.wants_attention = true;
            ctx.request_repaint();
        }
    }

    /// Does what other programs ask for that take items of the window.
    fn follow_promises(&mut self) {
        while let Some(action) = self.promises.as_ref().and_then(Promises::next_action) {
            self.act(action);
        }
    }

    /// Reports to the state whether the window has the focus, and asks before the window closes over running transfers. This also
    /// happens while nothing is drawn, because the window is hidden.
    fn follow_window(&mut self, ctx: &Context) {
        let (focused, closing) =
            ctx.input(|input| (input.raw.focused, input.raw.viewport().close_requested()));
        if focused != self.focused {
            self.focused = focused;
            self.handle_event(WindowEvent::Focused(focused));
        }
        if focused && std::mem::take(&mut self.wants_attention) {
            ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(UserAttentionType::Reset));
        }
        if closing && self.screenshot.is_none() && !self.state.may_close() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.act(Action::AskToQuit);
            ctx.request_repaint();
        }
    }

    /// Answers with what was measured and what the person did.
    fn draw(&mut self, ui: &mut Ui) -> (Vec<WindowEvent>, Vec<Action>) {
        let (mut events, mut actions) = (Vec::new(), Vec::new());
        let clock = DateFormat::new(self.state.now, self.zone.clone());
        self.ui_state.targets.clear();
        self.ui_state.tabs.places.clear();
        self.ui_state.cursor_rect = None;
        let mut frame = FrameParts {
            textures: &mut self.textures,
            clock: &clock,
            ui_state: &mut self.ui_state,
            actions: &mut actions,
            events: &mut events,
        };
        let parts = window_ui(ui, &mut frame.window(&self.state, DrawnPane::ACTIVE));
        let rows = frame.panes_ui(ui, &mut self.state, parts.content);
        let mut window = frame.window(&self.state, DrawnPane::ACTIVE);
        if let Some(side_bar) = parts.side_bar {
            side_bar::edge_ui(ui, &mut window, side_bar);
        }
        if let Some(inspector) = parts.inspector {
            inspector::edge_ui(ui, &mut window, inspector);
        }
        if let Some(transfers) = parts.transfers {
            transfers::edge_ui(ui, &mut window, transfers);
        }
        if window.state.welcome.is_none() {
            floating_ui(ui, &mut window, parts.content);
        }
        menu::context_menu_ui(ui, &mut window);
        drag::rows_ui(ui, &mut window, self.promises.as_mut(), rows);
        if window.state.welcome.is_none() {
            drag::files_ui(ui, &mut window, self.drag_pointer.as_ref(), rows);
        }
        keys::zoom_ui(ui.ctx(), &mut window);
        keys::sync_focus(ui.ctx(), &mut window);
        measure_window(ui.ctx(), &mut window);
        if let Some(wanted) = window.textures.take_wanted() {
            window.emit(WindowEvent::WantedThumbnails(wanted));
        }
        (events, actions)
    }
}

/// Where the large parts of the window are.
struct WindowParts {
    content: Rect,
    side_bar: Option<Rect>,
    /// Beside the content.
    inspector: Option<Rect>,
    transfers: Option<Rect>,
}

/// All parts of the window but the content.
fn window_ui(ui: &mut Ui, window: &mut WindowContext<'_>) -> WindowParts {
    if let Some(welcome) = &window.state.welcome {
        ui.painter().rect_filled(ui.max_rect(), 0, ui.palette().surface_0);
        welcome::welcome_ui(ui, window, welcome);
        dialogs::dialogs_ui(ui.ctx(), window);
        return WindowParts { content: ui.max_rect(), side_bar: None, inspector: None, transfers: None };
    }
    if past::is_shown(window.state) {
        theme::show_past(ui);
    }
    let palette = ui.palette();
    ui.painter().rect_filled(ui.max_rect(), 0, palette.surface_0);
    let has_side_bar = window.state.settings.side_bar_open;
    let side_bar = has_side_bar.then(|| {
        Panel::left("side bar")
            .exact_size(window.state.settings.side_bar_width)
            .resizable(false)
            .show_separator_line(false)
            .frame(Frame::NONE)
            .show(ui, |ui| side_bar::side_bar_ui(ui, window))
            .response
            .rect
    });
    let main = ui.available_rect_before_wrap();
    let corner = if has_side_bar { theme::CORNER_LARGE } else { 0 };
    let corners = egui::CornerRadius { nw: corner, ..egui::CornerRadius::ZERO };
    ui.painter().rect_filled(main, corners, palette.surface_1);
    Panel::top("header")
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::NONE)
        .show(ui, |ui| header::header_ui(ui, window));
    if tab_strip::is_shown(window.state) {
        Panel::top("tabs")
            .resizable(false)
            .show_separator_line(false)
            .frame(Frame::NONE)
            .show(ui, |ui| tab_strip::tab_strip_ui(ui, window));
    }
    if past::is_shown(window.state) {
        Panel::top("time line")
            .resizable(false)
            .show_separator_line(false)
            .frame(Frame::NONE)
            .show(ui, |ui| past::time_line_ui(ui, window));
    }
    let inspector = inspector_beside_ui(ui, window);
    let transfers = transfers::transfers_panel_ui(ui, window);
    if let Some(parts) = status::parts(window) {
        foot_panel("status").show(ui, |ui| status::status_ui(ui, window, &parts));
    }
    // Below the rows: above them it would move them away from under the pointer.
    if let Some(banner) = banner::banner(window) {
        foot_panel("banner").show(ui, |ui| banner::banner_ui(ui, window, &banner));
    }
    WindowParts { content: ui.available_rect_before_wrap(), side_bar, inspector, transfers }
}

/// The inspector beside the content, if it is open and there is room for both.
fn inspector_beside_ui(ui: &mut Ui, window: &mut WindowContext<'_>) -> Option<Rect> {
    let width = inspector::fitting_width(window.state, ui.available_width());
    if width.is_none() != window.state.inspector.lacks_room {
        window.emit(WindowEvent::InspectorRoom(width.is_some()));
    }
    let is_open = window.state.navigation.current().has_rows() && window.state.is_inspector_open();
    let panel = Panel::right("inspector").exact_size(width.filter(|_| is_open)?);
    let panel = panel.resizable(false).show_separator_line(false).frame(Frame::NONE);
    Some(panel.show(ui, |ui| inspector::inspector_ui(ui, window)).response.rect)
}

fn foot_panel(name: &'static str) -> Panel {
    Panel::bottom(name).resizable(false).show_separator_line(false).frame(Frame::NONE)
}

/// What floats over the lower edge of the content, and the dialogs over everything.
fn floating_ui(ui: &Ui, window: &mut WindowContext<'_>, content: Rect) {
    inspector::inspector_over_ui(ui.ctx(), window, content);
    let content = duplicates::above_foot(window.state, content);
    toasts::toasts_ui(ui.ctx(), window, content);
    dialogs::dialogs_ui(ui.ctx(), window);
}

fn measure_window(ctx: &Context, window: &mut WindowContext<'_>) {
    // As large as the system says, whatever the scale of what is in it.
    let size = ctx.content_rect().size() * ctx.zoom_factor();
    let known = window.state.settings.window_size;
    let is_window = ctx.input(|input| input.viewport().maximized != Some(true));
    if is_window && ((size.x - known[0]).abs() > 1.0 || (size.y - known[1]).abs() > 1.0) {
        window.emit(WindowEvent::Resized([size.x, size.y]));
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.receive_events(ctx);
        self.follow_starts(ctx);
        self.follow_promises();
        self.follow_window(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let keys_are_taken = self.ui_state.menu.is_some() || self.ui_state.drag.is_some();
        let pressed = keys::actions_of_keys(&ctx, &self.state, keys_are_taken);
        let panel_key = pressed.contains(&Action::Command(Command::ToggleTransfers));
        for action in pressed {
            self.act(action);
        }
        if panel_key {
            self.ui_state.transfers.focus_wanted = self.state.transfers.panel_open;
        }
        self.applied.apply(&ctx, &self.state);
        last_input::note(&ctx);
        self.textures.begin_frame(&ctx, self.state.settings.reduced_motion);

        let (events, mut actions) = self.draw(ui);
        if let Some(mut screenshot) = self.screenshot.take() {
            actions.extend(screenshot.step(&ctx, &self.state, &self.textures));
            self.screenshot = Some(screenshot);
        }
        let redraw = !actions.is_empty();
        for event in events {
            self.handle_event(event);
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
        theme::Palette::for_theme(theme, Accent::default()).surface_0.to_normalized_gamma_f32()
    }
}
