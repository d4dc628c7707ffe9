//! How the window is opened.

use coffer_model::Settings;
use eframe::{EventLoopBuilderHook, NativeOptions};
use egui::{Context, IconData, ViewportBuilder, vec2};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use winit::raw_window_handle::{HasWindowHandle, RawWindowHandle};

pub const NAME: &str = "Coffer";
/// The name of the `.desktop` file, by which desktops find the icon.
const APP_ID: &str = "coffer";

const LEAST_SIZE: [f32; 2] = [720.0, 480.0];

/// Options for `eframe::run_native`. `size` takes the place of the remembered one.
pub fn options(settings: &Settings, size: Option<[f32; 2]>) -> NativeOptions {
    let [width, height] = size.unwrap_or(settings.window_size);
    let mut viewport = ViewportBuilder::default()
        .with_title(NAME)
        .with_app_id(app_id())
        .with_inner_size(vec2(width.max(LEAST_SIZE[0]), height.max(LEAST_SIZE[1])))
        .with_min_inner_size(LEAST_SIZE)
        .with_drag_and_drop(true);
    if let Some(icon) = icon() {
        viewport = viewport.with_icon(icon);
    }
    NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        persist_window: false,
        // Ctrl+C, X and V mean files while no text field has the keyboard; see `clipboard`.
        clipboard_shortcuts: false,
        event_loop_builder: event_loop(settings),
        ..NativeOptions::default()
    }
}

/// A Flatpak has a name of its own, and its `.desktop` file the same.
fn app_id() -> String {
    std::env::var("FLATPAK_ID").unwrap_or_else(|_| APP_ID.to_owned())
}

/// The window's number at the X server, where there is one.
pub fn x11_window(window: &impl HasWindowHandle) -> Option<u32> {
    match window.window_handle().ok()?.as_raw() {
        RawWindowHandle::Xlib(handle) => u32::try_from(handle.window).ok(),
        RawWindowHandle::Xcb(handle) => Some(handle.window.get()),
        _ => None,
    }
}

/// Wakes the window within a time, from any thread. Until the window is there, nothing has to: it begins with a frame.
pub fn waker(window: &Arc<OnceLock<Context>>) -> Arc<dyn Fn(Duration) + Send + Sync> {
    let window = Arc::clone(window);
    Arc::new(move |within| {
        if let Some(window) = window.get() {
            window.request_repaint_after(within);
        }
    })
}

/// Files cannot be dropped on a native Wayland window yet, so X11 is taken where both are there.
#[cfg(target_os = "linux")]
fn event_loop(settings: &Settings) -> Option<EventLoopBuilderHook> {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let prefers_x11 = is_set("DISPLAY") && !(settings.prefer_wayland && is_set("WAYLAND_DISPLAY"));
    prefers_x11.then(|| -> EventLoopBuilderHook {
        Box::new(|builder| {
            winit::platform::x11::EventLoopBuilderExtX11::with_x11(builder);
        })
    })
}

/// Elsewhere there is one way.
#[cfg(not(target_os = "linux"))]
fn event_loop(_settings: &Settings) -> Option<EventLoopBuilderHook> {
    None
}

/// For desktops that do not know the `.desktop` file.
fn icon() -> Option<IconData> {
    let picture = image::load_from_memory(include_bytes!("../../icons/coffer-256.png")).ok()?.into_rgba8();
    let (width, height) = picture.dimensions();
    Some(IconData { rgba: picture.into_raw(), width, height })
}
