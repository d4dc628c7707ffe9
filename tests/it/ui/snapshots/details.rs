//! The details pane, and the large preview.

use super::{SMALL, compare};
use crate::ui::markdown::guide;
use crate::ui::pdf_texts::drag;
use crate::ui::{dark, light};
use coffer_state::inspector::InspectorTab;
use coffer_state::{Action, Command};
use eframe::egui::{Event, pos2};

#[test]
fn the_versions_in_the_details_pane() {
    compare("details-versions-dark", SMALL, dark(), |window| {
        window.select("Fjord at dawn.jpg");
        window.act(Action::InspectorTab(InspectorTab::Versions));
        window.wait(0.3);
    });
}

#[test]
fn a_picture_in_the_large_preview() {
    compare("preview-picture", SMALL, dark(), |window| {
        window.select("Fjord at dawn.jpg");
        window.command(Command::QuickPreview);
    });
}

#[test]
fn markdown_in_the_large_preview() {
    compare("preview-markdown", SMALL, light(), |window| {
        window.select("Field notes.md");
        window.command(Command::QuickPreview);
    });
}

#[test]
fn pictures_and_colours_in_markdown() {
    for (name, settings) in [("preview-markdown-rich", light()), ("preview-markdown-rich-dark", dark())] {
        compare(name, SMALL, settings, |window| {
            window.account.preview = Some(guide());
            window.select("Field notes.md");
            window.command(Command::QuickPreview);
            window.wait(0.3);
        });
    }
}

#[test]
fn source_code_in_the_large_preview() {
    compare("preview-code", SMALL, dark(), |window| {
        window.select("ascent.rs");
        window.command(Command::QuickPreview);
    });
}

#[test]
fn pages_in_the_large_preview() {
    compare("preview-pages", SMALL, light(), |window| {
        window.select("Permit application (signed).pdf");
        window.command(Command::QuickPreview);
        window.wait(0.5);
    });
}

#[test]
fn words_found_and_selected_in_pages() {
    for (name, settings) in [("preview-pages-find", light()), ("preview-pages-find-dark", dark())] {
        compare(name, SMALL, settings, |window| {
            window.select("Permit application (signed).pdf");
            window.command(Command::QuickPreview);
            window.wait(0.5);
            window.click("Find in text");
            window.harness.event(Event::Text("permit".to_owned()));
            window.wait(0.5);
            drag(window, pos2(320.0, 350.0), pos2(600.0, 420.0));
            window.harness.event(Event::PointerMoved(pos2(500.0, 12.0)));
            window.wait(0.1);
        });
    }
}

#[test]
fn a_table_in_the_large_preview() {
    compare("preview-table", SMALL, light(), |window| {
        window.select("Budget.csv");
        window.command(Command::QuickPreview);
    });
}

#[test]
fn a_file_without_a_preview_in_the_large_preview() {
    compare("preview-none", SMALL, dark(), |window| {
        window.select("Crossing the glacier.mp4");
        window.command(Command::QuickPreview);
    });
}

#[test]
fn an_archive_in_the_large_preview() {
    for (name, settings) in [("preview-archive", light()), ("preview-archive-dark", dark())] {
        compare(name, SMALL, settings, |window| {
            window.select("Archive 2025.zip");
            window.command(Command::QuickPreview);
        });
    }
}

#[test]
fn the_words_of_a_document_in_the_large_preview() {
    for (name, settings) in [("preview-words", light()), ("preview-words-dark", dark())] {
        compare(name, SMALL, settings, |window| {
            window.select("Letter.docx");
            window.command(Command::QuickPreview);
        });
    }
}

#[test]
fn a_recording_in_the_large_preview() {
    for (name, settings) in [("preview-recording", light()), ("preview-recording-dark", dark())] {
        compare(name, SMALL, settings, |window| {
            window.select("Interview.mp3");
            window.command(Command::QuickPreview);
            window.settle();
            window.click("Play");
        });
    }
}

#[test]
fn a_photograph_and_its_camera() {
    for (name, settings) in [("details-photograph", light()), ("details-photograph-dark", dark())] {
        compare(name, SMALL, settings, |window| window.select("Kayaks.jpg"));
    }
}

#[test]
fn words_found_in_a_text() {
    for (name, settings) in [("preview-find", light()), ("preview-find-dark", dark())] {
        compare(name, SMALL, settings, |window| {
            window.select("ascent.rs");
            window.command(Command::QuickPreview);
            window.wait(0.3);
            window.click("Find in text");
            window.harness.event(Event::Text("let".to_owned()));
            window.settle();
        });
    }
}
