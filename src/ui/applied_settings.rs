//! What egui and the system were told of the settings.

use super::{commands, language, native, theme};
use coffer_model::settings::{Accent, LanguageChoice};
use coffer_model::{Settings, ThemeChoice};
use coffer_state::State;
use egui::{Context, ThemePreference, ViewportCommand};

/// The settings that egui and the system have, so that only changes are sent to them.
#[derive(PartialEq)]
pub(super) struct AppliedSettings {
    title: String,
    theme: Option<ThemeChoice>,
    accent: Option<Accent>,
    language: LanguageChoice,
    scale_percent: Option<u16>,
    reduced_motion: Option<bool>,
}

impl AppliedSettings {
    /// Before the first frame. What the state has said until then is in the language of the settings already.
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            title: String::new(),
            theme: None,
            accent: None,
            language: settings.language,
            scale_percent: None,
            reduced_motion: None,
        }
    }

    /// Tells egui and the system what has changed.
    pub(super) fn apply(&mut self, ctx: &Context, state: &State) {
        let settings = &state.settings;
        if settings.language != self.language {
            language::apply(settings.language);
        }
        let title = if state.welcome.is_some() {
            native::NAME.to_owned()
        } else {
            let place = commands::location_name(state, state.navigation.current());
            format!("{place} — {}", native::NAME)
        };
        let now = Self {
            title,
            theme: Some(settings.theme),
            accent: Some(settings.accent),
            language: settings.language,
            scale_percent: Some(settings.scale_percent),
            reduced_motion: Some(settings.reduced_motion),
        };
        if now == *self {
            return;
        }
        if now.title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(now.title.clone()));
        }
        if now.theme != self.theme {
            ctx.set_theme(match settings.theme {
                ThemeChoice::System => ThemePreference::System,
                ThemeChoice::Light => ThemePreference::Light,
                ThemeChoice::Dark => ThemePreference::Dark,
            });
        }
        if now.accent != self.accent {
            theme::set_accent(ctx, settings.accent);
        }
        if now.scale_percent != self.scale_percent {
            ctx.set_zoom_factor(f32::from(settings.scale_percent) / 100.0);
        }
        if now.reduced_motion != self.reduced_motion {
            let secs = if settings.reduced_motion { 0.0 } else { theme::QUICK_SECS };
            ctx.all_styles_mut(|style| style.animation_time = secs);
        }
        *self = now;
    }
}
