//! Connecting an account by pasting a code, played against the embedded server's own page of access.

use super::Journey;
use coffer_model::AccountChoice;
use eframe::egui::accesskit::Role;

#[test]
fn a_wrong_code_is_told_and_the_right_one_connects_the_account() {
    let mut journey = Journey::begin(|house| {
        house.put("/Mine.txt", "mine");
    });
    journey.wait_for(Role::Row, "Mine.txt");
    journey.open_sign_in();
    journey.click(Role::Button, "Open page");
    let page =
        journey.until("the browser to open", |journey| journey.house.desktop.browsed.lock().unwrap().pop());
    let code = journey.allow_access(&page);

    journey.type_into("Code", "  not-the-code ");
    journey.click(Role::Button, "Connect");
    journey.wait_for_alert();
    journey.type_into("Code", &format!("  {code} \n"));
    journey.click(Role::Button, "Connect");
    journey.until("the account to be open", |journey| {
        let session = &journey.harness.state().state().session;
        (matches!(session.choice, AccountChoice::Dropbox { .. }) && session.account.is_some()).then_some(())
    });
    journey.wait_for(Role::Row, "Mine.txt");
}

impl Journey {
    fn open_sign_in(&mut self) {
        self.harness.state_mut().act(coffer_state::Action::Command(coffer_state::Command::Account));
        self.until("the dialog", |journey| {
            use egui_kittest::kittest::Queryable as _;
            let card = journey.harness.query_all_by_label_contains("Dropbox").find(|node| {
                use egui_kittest::kittest::NodeT as _;
                node.accesskit_node().role() == Role::RadioButton
            })?;
            card.click();
            Some(())
        });
        self.type_into("App key", "testappkey12345");
        let url = self.house.server.url();
        self.click(Role::Button, "Another server…");
        self.type_into("Server address", &url);
    }

    /// Presses Allow, as the person does in the browser, and reads the code.
    fn allow_access(&self, page: &str) -> String {
        self.house.runtime.block_on(async {
            let browser = reqwest::Client::builder().no_proxy().build().unwrap();
            let shown = browser.get(page).send().await.unwrap().text().await.unwrap();
            let between = |text: &str, start: &str| -> String {
                text.split(start).nth(1).unwrap().split('"').next().unwrap().to_owned()
            };
            let request = between(&shown, "name=\"request\" value=\"");
            let passcode = self.house.server.passcode().unwrap();
            let form = [("request", request.as_str()), ("decision", "allow"), ("passcode", &passcode)];
            let address = page.split('?').next().unwrap();
            let answer = browser.post(address).form(&form).send().await.unwrap().text().await.unwrap();
            between(&answer, "readonly value=\"")
        })
    }

    fn wait_for_alert(&mut self) {
        self.until("a sentence that the code is wrong", |journey| {
            use egui_kittest::kittest::Queryable as _;
            journey.harness.query_all_by_role(Role::Alert).next().map(|_| ())
        });
    }
}
