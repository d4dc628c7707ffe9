//! The system's clipboard for text: copying out of the window, pasting into its fields. Files on it are read by the
//! worker, because another program has to be waited for.

use super::preview::text_has_keys;
use egui::{Context, Event, Key, OutputCommand, RawInput};

/// Opened at the first use, so that tests and machines without a display never need it.
#[derive(Default)]
pub struct Clipboard {
    system: Option<arboard::Clipboard>,
    /// What was copied out of this window.
    own: String,
}

impl Clipboard {
    /// Turns Ctrl+C, X and V into what egui's text fields understand, while one of them has the keyboard; Ctrl+C also
    /// while words of a text are selected. Elsewhere they stay keys, and mean files.
    pub fn translate_keys(&mut self, ctx: &Context, input: &mut RawInput) {
        let editing = ctx.text_edit_focused();
        if !editing && !text_has_keys(ctx) {
            return;
        }
        for event in &mut input.events {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { continue };
            if !modifiers.command || modifiers.alt || modifiers.shift {
                continue;
            }
            match key {
                Key::C => *event = Event::Copy,
                Key::X if editing => *event = Event::Cut,
                Key::V if editing => *event = Event::Paste(self.read().replace("\r\n", "\n")),
                _ => {}
            }
        }
    }

    /// Writes what was copied in this frame.
    pub fn write_copied(&mut self, ctx: &Context) {
        let copied = ctx.output_mut(|output| {
            let last = output.commands.iter().rev().find_map(|command| match command {
                OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            });
            output.commands.retain(|command| !matches!(command, OutputCommand::CopyText(_)));
            last
        });
        if let Some(text) = copied {
            self.write(text);
        }
    }

    /// What was copied last out of this window.
    pub fn copied(&self) -> &str {
        &self.own
    }

    fn read(&mut self) -> String {
        match self.system() {
            Some(system) => system.get_text().unwrap_or_default(),
            None => self.own.clone(),
        }
    }

    pub fn write(&mut self, text: String) {
        self.own.clone_from(&text);
        if let Some(system) = self.system()
            && let Err(error) = system.set_text(text)
        {
            tracing::warn!(%error, "the clipboard could not be written");
        }
    }

    fn system(&mut self) -> Option<&mut arboard::Clipboard> {
        if self.system.is_none() {
            self.system = arboard::Clipboard::new().ok();
        }
        self.system.as_mut()
    }
}
