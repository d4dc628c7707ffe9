//! Which account a command works on: the one that was chosen in the window, or the one that the command line names.

use super::failure::{CommandFailure, FailureCode};
use super::options::AccountOptions;
use coffer_model::AccountChoice;
use coffer_worker::{CommandLineAccount, LoadedSettings, SettingsProblem};
use dropbox_client::BaseUrls;

/// The account to open; with the token if it is named by the command line.
#[derive(Clone)]
pub(super) struct ChosenAccount {
    pub choice: AccountChoice,
    pub given: Option<CommandLineAccount>,
}

/// The account that is asked for this time goes before the one that was chosen.
pub(super) fn choose(
    options: &AccountOptions,
    loaded: &LoadedSettings,
) -> Result<ChosenAccount, CommandFailure> {
    let settings = &loaded.settings;
    // An empty variable is as good as none.
    let Some(api_url) = options.api_url.as_ref().filter(|url| !url.is_empty()) else {
        if options.token_file.is_some() {
            return Err(CommandFailure::usage(
                "--token-file needs --api-url",
                "The token is for the server at that address.",
            ));
        }
        if let Some(problem) = loaded.account_problem() {
            return Err(unknown_account(problem));
        }
        let choice = match &settings.account {
            // Nothing is kept of accounts that were named by a command line.
            AccountChoice::CommandLine { .. } => AccountChoice::Local,
            choice => choice.clone(),
        };
        return Ok(ChosenAccount { choice, given: None });
    };
    if BaseUrls::all(api_url).is_err() {
        return Err(CommandFailure::usage(
            format!("{api_url} is not a valid server address"),
            "It must start with https://, unless it is on this computer, such as http://127.0.0.1:8080.",
        ));
    }
    if let Some(token) = options.token()? {
        let given = CommandLineAccount { api_url: api_url.clone(), token };
        let choice = AccountChoice::CommandLine { api_url: api_url.clone() };
        return Ok(ChosenAccount { choice, given: Some(given) });
    }
    match &settings.account {
        AccountChoice::Dropbox { api_url: Some(known), .. } if known == api_url => {
            Ok(ChosenAccount { choice: settings.account.clone(), given: None })
        }
        _ => Err(CommandFailure::new(
            FailureCode::SignIn,
            format!("There is no token for {api_url}"),
            "Pass it with --token-file FILE, set COFFER_TOKEN, or sign in with: coffer login --api-url URL",
        )),
    }
}

impl AccountOptions {
    /// The token from the file, or else from `COFFER_TOKEN`.
    fn token(&self) -> Result<Option<String>, CommandFailure> {
        let token = match &self.token_file {
            Some(file) => std::fs::read_to_string(file).map_err(|error| {
                CommandFailure::usage(
                    format!("The token could not be read from {}", file.display()),
                    format!("System error: {error}."),
                )
            })?,
            None => match std::env::var("COFFER_TOKEN") {
                Ok(token) => token,
                Err(_) => return Ok(None),
            },
        };
        let token = token.trim().to_owned();
        if token.is_empty() {
            return Err(CommandFailure::usage("The token is empty", "The token contains only white space."));
        }
        Ok(Some(token))
    }

    /// The account that the command line names, with its token.
    pub fn command_line_account(&self) -> Result<Option<CommandLineAccount>, CommandFailure> {
        Ok(choose(self, &LoadedSettings::default())?.given)
    }
}

/// The default is another account than the one that was chosen, so nothing may be done there.
fn unknown_account(problem: &SettingsProblem) -> CommandFailure {
    CommandFailure::usage(
        "Coffer’s settings don’t say which account to use",
        format!(
            "{problem}.\nCorrect the file, sign in again with “coffer login”, choose the account in the window, or delete \
             the file to begin with the local account."
        ),
    )
}

/// The session can't be opened for now.
pub(super) fn unreachable() -> CommandFailure {
    CommandFailure::new(
        FailureCode::Offline,
        "The account can’t be reached",
        "Check the connection, then try again.",
    )
}
