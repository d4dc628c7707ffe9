//! `account`: whose account it is, how full it is, of which team, where things are kept.

use super::CommandResult;
use crate::cli::context::CommandContext;
use crate::cli::format;
use serde_json::json;

pub(super) fn run(context: &mut CommandContext) -> CommandResult {
    let (account, team) = context.worker.account()?;
    let sign_ins = context.worker.secret_storage();
    let dirs = &context.dirs;
    // None: the account does not say how much it may hold.
    let allocated_bytes = Some(account.allocated_bytes).filter(|bytes| *bytes > 0);
    let used = format::size(account.used_bytes);
    let used = allocated_bytes.map_or(used.clone(), |bytes| {
        let share = account.used_bytes as f64 / bytes as f64 * 100.0;
        format!("{used} of {} ({share:.1} %)", format::size(bytes))
    });
    let mut lines =
        vec![format!("Account   {} ({})", account.display_name, account.email), format!("Used      {used}")];
    if let Some(team) = &team {
        lines.push(format!("Team      {}", team.name));
        lines.push(format!("Home      {}", team.home));
    }
    if account.is_local {
        lines.push(format!("Files     {}", dirs.vault().display()));
    }
    lines.push(format!("Settings  {}", dirs.settings_file().display()));
    lines.push(format!("Transfers {}", dirs.transfers_file().display()));
    lines.push(format!("Log       {}", dirs.log().display()));
    lines.push(format!("Sign-ins  {sign_ins}"));
    context.output.lines(&lines)?;
    context.output.document(&json!({
        "name": account.display_name,
        "email": account.email,
        "team": team.as_ref().map(|team| &team.name),
        "home": team.as_ref().map(|team| team.home.as_str()),
        "embedded": account.is_local,
        "used_bytes": account.used_bytes,
        "allocated_bytes": allocated_bytes,
        "vault": account.is_local.then(|| dirs.vault()),
        "settings": dirs.settings_file(),
        "transfers": dirs.transfers_file(),
        "log": dirs.log(),
        "sign_ins": sign_ins,
    }))?;
    Ok(None)
}
