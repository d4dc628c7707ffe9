//! `users/*` and `check/*`: whose account this is, how full it is, and an echo (reference 3.1).

use super::api::Call;
use super::failure::Failure;
use crate::protocol::check::{EchoArg, EchoError, EchoResult};
use crate::protocol::path_root::RootInfo;
use crate::protocol::users::{FullAccount, IndividualSpaceAllocation, Name, SpaceAllocation, SpaceUsage};
use crate::server::account::Account;
use crate::server::store::listing::used_bytes;

/// The longest text that is echoed, in characters.
const LONGEST_ECHO: usize = 500;

pub async fn get_current_account(call: Call, (): ()) -> Result<FullAccount, Failure<()>> {
    let account = &call.account;
    let display_name = account.config.owner_name.as_str();
    let (given_name, surname) = display_name.split_once(' ').unwrap_or((display_name, ""));
    let initials: String = [given_name, surname].iter().filter_map(|part| part.chars().next()).collect();
    Ok(FullAccount::new(
        account.id.as_str(),
        Name::new(given_name, surname, given_name, display_name, initials),
        "account@localhost",
        true,
        false,
        "en",
        format!("{}/", account.url),
        false,
        account.config.account_type.clone(),
        RootInfo::User(Account::root_info()),
    ))
}

pub async fn get_space_usage(call: Call, (): ()) -> Result<SpaceUsage, Failure<()>> {
    let used = call.account.store.read(used_bytes).await?;
    let allocation =
        SpaceAllocation::Individual(IndividualSpaceAllocation::new(call.account.config.quota_bytes));
    Ok(SpaceUsage::new(used, allocation))
}

pub async fn echo(_call: Call, argument: EchoArg) -> Result<EchoResult, Failure<EchoError>> {
    if argument.query.chars().count() > LONGEST_ECHO {
        return Err(Failure::BadArgument(format!(
            "request body: query: longer than {LONGEST_ECHO} characters"
        )));
    }
    Ok(EchoResult { result: argument.query })
}
