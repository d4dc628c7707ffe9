//! The main job: drop, replace, bring back, search, share.

use super::Journey;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use std::fs;

#[test]
fn dropped_files_arrive_one_is_replaced_and_its_first_version_comes_back() {
    let mut journey = Journey::begin(|house| {
        house.put("/Letters/old.txt", "old");
    });
    let folder = journey.house.local("Field trip");
    let large: Vec<u8> = (0..9_000_000_u32).map(|number| (number % 251) as u8).collect();
    fs::create_dir_all(folder.join("Maps")).unwrap();
    fs::write(folder.join("notes.txt"), "rain").unwrap();
    fs::write(folder.join("Maps/large.bin"), &large).unwrap();

    journey.wait_for(Role::Row, "Letters");
    journey.drop_files(&[&folder]);
    journey.wait_for_bytes("/Field trip/notes.txt", b"rain");
    journey.wait_for_bytes("/Field trip/Maps/large.bin", &large);
    journey.wait_for(Role::Row, "Field trip");

    fs::write(folder.join("notes.txt"), "more rain").unwrap();
    journey.drop_files(&[&folder]);
    journey.wait_for(Role::Heading, "1 file already exists");
    journey.click(Role::RadioButton, "Replace: notes.txt");
    journey.click(Role::Button, "Replace 1 file");
    journey.wait_for_bytes("/Field trip/notes.txt", b"more rain");

    journey.enter("Field trip");
    journey.click(Role::Row, "notes.txt");
    journey.press_with(Modifiers::COMMAND, Key::H);
    journey.wait_for(Role::Heading, "Versions of notes.txt");
    journey.wait_for_text("2 versions");
    journey.press(Key::ArrowDown);
    journey.press(Key::Enter);
    journey.wait_for_bytes("/Field trip/notes.txt", b"rain");
    journey.wait_for_text("Restored an earlier version of “notes.txt”");
    journey.click(Role::Button, "Undo");
    journey.wait_for_bytes("/Field trip/notes.txt", b"more rain");
}

#[test]
fn a_search_finds_a_file_anywhere_while_one_types_and_shows_it_in_its_folder() {
    let mut journey = Journey::begin(|house| {
        house.put("/Letters/2026/To Ida about kayaks.txt", "Dear Ida");
        house.put("/Other.txt", "nothing");
    });
    journey.wait_for(Role::Row, "Letters");
    journey.press_with(Modifiers::COMMAND, Key::F);
    journey.type_into("Search", "kayak kind:text");
    journey.wait_for(Role::Row, "To Ida about kayaks.txt");
    journey.wait_until_gone(Role::Row, "Other.txt");
    journey.press(Key::Enter);
    journey.click(Role::Row, "To Ida about kayaks.txt");
    journey.press_with(Modifiers::COMMAND, Key::Enter);
    journey.wait_for(Role::Link, "2026");
    journey.wait_for(Role::Row, "To Ida about kayaks.txt");
}

#[test]
fn a_filter_leaves_the_rows_that_match_until_it_is_closed() {
    let mut journey = Journey::begin(|house| {
        house.put("/Café 1.txt", "open");
        house.put("/Tea.txt", "closed");
    });
    journey.wait_for(Role::Row, "Tea.txt");
    journey.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    journey.type_into("Filter", "txt CAFE");
    journey.wait_until_gone(Role::Row, "Tea.txt");
    journey.wait_for(Role::Row, "Café 1.txt");
    journey.press(Key::Escape);
    journey.wait_for(Role::Row, "Tea.txt");
}

#[test]
fn some_letters_of_its_path_lead_to_a_folder_that_was_never_opened() {
    let mut journey = Journey::begin(|house| {
        house.put("/Letters/2026/Drafts/To Ida.txt", "Dear Ida");
    });
    journey.wait_for(Role::Row, "Letters");
    journey.until("that the index is filled", |journey| {
        let index = journey.harness.state().state().session.index.as_ref()?;
        (index.files == 1).then_some(())
    });
    journey.press_with(Modifiers::COMMAND, Key::P);
    journey.type_into("Go to anything", "let26dr");
    journey.wait_for(Role::ListBoxOption, "Drafts");
    journey.press(Key::Enter);
    journey.wait_for(Role::Row, "To Ida.txt");
}

#[test]
fn a_link_gives_access_until_it_is_removed() {
    let mut journey = Journey::begin(|house| {
        house.put("/Menu.txt", "soup");
    });
    journey.click(Role::Row, "Menu.txt");
    journey.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    journey.wait_for(Role::Heading, "Share Menu.txt");
    // Until it is known that there is none, none is offered.
    journey.until("that there is no link", |journey| journey.says("There is no link to it yet"));
    journey.click(Role::Button, "Create link");
    let url = journey.until("the link", |journey| journey.field_value("Link"));
    let download = url.replace("dl=0", "dl=1");
    assert_eq!(journey.fetch(&download), Some("soup".to_owned()));
    journey.click(Role::Button, "Remove link");
    journey.wait_for(Role::Status, "The link was removed");
    assert_eq!(journey.fetch(&download), None);
}

impl Journey {
    fn says(&mut self, text: &str) -> Option<()> {
        use egui_kittest::kittest::Queryable as _;
        self.harness.query_by_label_contains(text).map(drop)
    }

    fn field_value(&mut self, label: &str) -> Option<String> {
        use egui_kittest::kittest::{NodeT as _, Queryable as _};
        let field = self.harness.query_by_role_and_label(Role::TextInput, label)?;
        field.accesskit_node().value().filter(|value| !value.is_empty())
    }

    /// What a browser gets; `None` when it is refused.
    pub fn fetch(&self, url: &str) -> Option<String> {
        self.house.runtime.block_on(async {
            let response = self.house.client.rest_client().get(url).unwrap().send().await.ok()?;
            let mut response = response;
            let bytes = response.read(None).await.ok()?;
            (response.status() == 200).then(|| String::from_utf8(bytes.to_vec()).unwrap())
        })
    }
}
