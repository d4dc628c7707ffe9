//! `account`: whose account it is, how full it is, where things are kept.

use super::Ended;
use crate::cli::run::Ground;
use crate::cli::words;
use serde_json::json;

pub fn run(ground: &mut Ground) -> Ended {
    let account = ground.client.account()?;
    let sign_ins = ground.client.secret_storage();
    let dirs = &ground.dirs;
    let share = if account.allocated_bytes > 0 {
        account.used_bytes as f64 / account.allocated_bytes as f64 * 100.0
    } else {
        0.0
    };
    let mut lines = vec![
        format!("Account   {} ({})", account.display_name, account.email),
        format!(
            "Used      {} of {} ({share:.1} %)",
            words::size(account.used_bytes),
            words::size(account.allocated_bytes)
        ),
    ];
    if account.is_local {
        lines.push(format!("Files     {}", dirs.vault().display()));
    }
    lines.push(format!("Settings  {}", dirs.settings_file().display()));
    lines.push(format!("Transfers {}", dirs.transfers_file().display()));
    lines.push(format!("Log       {}", dirs.log().display()));
    lines.push(format!("Sign-ins  {sign_ins}"));
    ground.output.lines(&lines)?;
    ground.output.document(&json!({
        "name": account.display_name,
        "email": account.email,
        "embedded": account.is_local,
        "used_bytes": account.used_bytes,
        "allocated_bytes": account.allocated_bytes,
        "vault": account.is_local.then(|| dirs.vault()),
        "settings": dirs.settings_file(),
        "transfers": dirs.transfers_file(),
        "log": dirs.log(),
        "sign_ins": sign_ins,
    }))?;
    Ok(None)
}
