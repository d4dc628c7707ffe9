//! `login` and `logout`.

use super::CommandResult;
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::options::{LoginArgs, LogoutArgs};
use crate::cli::output::Output;
use coffer_model::settings::BUILT_IN_APP_KEY;
use coffer_model::{AccountChoice, Job, Receipt, Update};
use coffer_worker::{load_settings, save_settings};
use serde_json::json;
use std::io;

const CONSOLE: &str = "https://www.dropbox.com/developers/apps";

pub(super) fn login(context: &mut CommandContext, options: &LoginArgs) -> CommandResult {
    let app_key = match &options.app_key {
        Some(key) => key.trim().to_owned(),
        None if !context.settings.app_key.is_empty() => context.settings.app_key.clone(),
        None if let Some(key) = BUILT_IN_APP_KEY.filter(|_| context.api_url.is_none()) => key.to_owned(),
        None => {
            Output::prompt(&format!(
                "Coffer needs an app key of your own. Create one here (see the README):\n  {CONSOLE}\n\
                 App key: "
            ));
            line(context)?
        }
    };
    let job = Job::SignInPage { app_key: app_key.clone(), api_url: context.api_url.clone() };
    let mut page = None;
    let asked = context.worker.run_with(job, |update| {
        if let Update::AuthorizePage { url } = update {
            page = Some(url);
        }
        Ok(())
    });
    // Without a browser here the page can be opened elsewhere.
    let opens_here = asked.is_ok() && !options.no_browser;
    let page = match (page, asked) {
        (Some(page), _) => page,
        (None, Err(error)) => return Err(error),
        (None, Ok(_)) => return Ok(None),
    };
    let opened = if opens_here { "This page opens in your browser" } else { "Open this page in a browser" };
    Output::prompt(&format!("{opened}. Allow access and copy the code:\n  {page}\nCode: "));
    let choice = loop {
        let code = line(context)?;
        match context.worker.run(Job::SignIn { code }) {
            Ok(Receipt::SignedIn(choice)) => break choice,
            Ok(_) => return Ok(None),
            // A mistyped code can be pasted again.
            Err(CommandError::Failed(failure))
                if failure.code == FailureCode::Failed && context.output.error_is_terminal =>
            {
                context.output.problem(&failure);
                Output::prompt("Code: ");
            }
            Err(stop) => return Err(stop),
        }
    };
    change_settings(context, |settings| {
        settings.app_key.clone_from(&app_key);
        settings.sign_ins.retain(|known| !is_same(known, &choice));
        settings.sign_ins.push(choice.clone());
        settings.account = choice.clone();
    })?;
    if let AccountChoice::Dropbox { email, account_id, .. } = &choice {
        let place = context.worker.secret_storage();
        context.output.info(&format!("Signed in as {email}. The sign-in is stored in {place}."))?;
        context.output.document(&json!({ "email": email, "account_id": account_id, "kept_in": place }))?;
    }
    Ok(None)
}

/// A line that the person types, or that a script pipes in.
fn line(context: &mut CommandContext) -> Result<String, CommandError> {
    let line = context.worker.run_blocking(|| {
        let mut line = String::new();
        io::stdin().read_line(&mut line).map(|_| line)
    })?;
    match line {
        Ok(line) if !line.trim().is_empty() => Ok(line.trim().to_owned()),
        Ok(_) => {
            Err(CommandFailure::new(FailureCode::SignIn, "You are not signed in", "No code was entered.")
                .into())
        }
        Err(error) => Err(CommandFailure::new(
            FailureCode::Failed,
            "The input could not be read",
            format!("System error: {error}."),
        )
        .into()),
    }
}

/// Changes the settings file, and nothing else in it than what is to be changed.
fn change_settings(
    context: &CommandContext,
    change: impl FnOnce(&mut coffer_model::Settings),
) -> Result<(), CommandError> {
    let mut settings = load_settings(&context.dirs).settings;
    // It is set now, whatever stood there.
    settings.unreadable.remove("account");
    change(&mut settings);
    save_settings(&context.dirs, &settings).map_err(|error| {
        CommandFailure::new(
            FailureCode::Failed,
            "The settings could not be saved",
            format!("System error: {error}."),
        )
        .into()
    })
}

pub(super) fn logout(context: &mut CommandContext, options: &LogoutArgs) -> CommandResult {
    let AccountChoice::Dropbox { email, .. } = context.settings.account.clone() else {
        return Err(CommandFailure::new(
            FailureCode::SignIn,
            "You are not signed in",
            "The current account needs no sign-in.",
        )
        .into());
    };
    if options.dry_run.dry_run {
        context.output.line(&format!("would sign out {email}"))?;
    } else {
        context.worker.run(Job::SignOut)?;
        let gone = context.settings.account.clone();
        change_settings(context, |settings| {
            settings.sign_ins.retain(|known| !is_same(known, &gone));
            settings.account = AccountChoice::Local;
        })?;
        context.output.info(&format!("Signed out of {email}. Now using the local account."))?;
    }
    context.output.document(&json!({ "dry_run": options.dry_run.dry_run, "email": email }))?;
    Ok(None)
}

fn is_same(left: &AccountChoice, right: &AccountChoice) -> bool {
    match (left, right) {
        (
            AccountChoice::Dropbox { account_id: left, api_url: left_url, .. },
            AccountChoice::Dropbox { account_id: right, api_url: right_url, .. },
        ) => (left, left_url) == (right, right_url),
        _ => left == right,
    }
}
