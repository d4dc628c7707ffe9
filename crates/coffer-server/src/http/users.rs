//! `users/*` and `check/*`: whose account this is, how full it is, what it can do, and an echo (reference 3.1).
//! Nobody else is known here.

use super::call::Call;
use super::failure::CallFailure;
use crate::app_state::AppState;
use crate::store::listing::used_bytes;
use dropbox_protocol::check::{EchoArg, EchoError, EchoResult};
use dropbox_protocol::users::{
    AccountType, BasicAccount, FeatureState, FullAccount, FullTeam, GetAccountArg, GetAccountBatchArg,
    GetAccountBatchError, GetAccountError, IndividualSpaceAllocation, MemberSpaceLimitType, Name,
    SpaceAllocation, SpaceUsage, TeamSpaceAllocation, UserFeature, UserFeatureValue,
    UserFeaturesGetValuesBatchArg, UserFeaturesGetValuesBatchError, UserFeaturesGetValuesBatchResult,
};

/// The longest text that is echoed, in characters.
const LONGEST_ECHO: usize = 500;

/// Accounts asked for at once.
const MOST_ACCOUNTS: usize = 300;

/// There is one team at most.
const TEAM_ID: &str = "dbtid:local";

/// The owner's address, which leads nowhere.
const EMAIL: &str = "account@localhost";

pub(super) async fn get_current_account(call: Call, (): ()) -> Result<FullAccount, CallFailure<()>> {
    let app = &call.app;
    let team = call.view.team.as_deref();
    let account_type = if team.is_some() { AccountType::Business } else { app.config.account_type.clone() };
    Ok(FullAccount {
        team: team.map(|team| FullTeam::new(TEAM_ID, team.team_name.as_str())),
        team_member_id: team.map(|_| app.id.replacen("dbid:", "dbmid:", 1)),
        ..FullAccount::new(
            app.id.as_str(),
            owner_name(app),
            EMAIL,
            true,
            false,
            "en",
            format!("{}/", app.url),
            false,
            account_type,
            call.view.root_info(),
        )
    })
}

pub(super) async fn get_account(
    call: Call,
    argument: GetAccountArg,
) -> Result<BasicAccount, CallFailure<GetAccountError>> {
    if argument.account_id != call.app.id {
        return Err(CallFailure::Answer(GetAccountError::NoAccount));
    }
    Ok(owner(&call.app))
}

pub(super) async fn get_account_batch(
    call: Call,
    argument: GetAccountBatchArg,
) -> Result<Vec<BasicAccount>, CallFailure<GetAccountBatchError>> {
    let ids = argument.account_ids;
    if !(1..=MOST_ACCOUNTS).contains(&ids.len()) {
        let why = format!("request body: account_ids: must be 1 to {MOST_ACCOUNTS}");
        return Err(CallFailure::BadArgument(why));
    }
    if let Some(stranger) = ids.iter().find(|id| **id != call.app.id) {
        return Err(CallFailure::Answer(GetAccountBatchError::NoAccount(stranger.clone())));
    }
    Ok(vec![owner(&call.app); ids.len()])
}

/// The owner as others would see them.
fn owner(app: &AppState) -> BasicAccount {
    BasicAccount::new(app.id.as_str(), owner_name(app), EMAIL, true, false, true)
}

fn owner_name(app: &AppState) -> Name {
    let display_name = app.config.owner_name.as_str();
    let (given_name, surname) = display_name.split_once(' ').unwrap_or((display_name, ""));
    let initials: String = [given_name, surname].iter().filter_map(|part| part.chars().next()).collect();
    Name::new(given_name, surname, given_name, display_name, initials)
}

pub(super) async fn get_features(
    call: Call,
    argument: UserFeaturesGetValuesBatchArg,
) -> Result<UserFeaturesGetValuesBatchResult, CallFailure<UserFeaturesGetValuesBatchError>> {
    if argument.features.is_empty() {
        return Err(CallFailure::Answer(UserFeaturesGetValuesBatchError::EmptyFeaturesList));
    }
    let no = FeatureState::Enabled(false);
    let in_team = FeatureState::Enabled(call.view.team.is_some());
    let values = argument.features.into_iter().map(|feature| {
        Ok(match feature {
            // A Paper document would be a file like any other.
            UserFeature::PaperAsFiles => UserFeatureValue::PaperAsFiles(FeatureState::Enabled(true)),
            UserFeature::FileLocking => UserFeatureValue::FileLocking(no.clone()),
            UserFeature::TeamSharedDropbox => UserFeatureValue::TeamSharedDropbox(in_team.clone()),
            UserFeature::DistinctMemberHome => UserFeatureValue::DistinctMemberHome(in_team.clone()),
            UserFeature::Other => {
                return Err(CallFailure::BadArgument("request body: features: unknown feature".to_owned()));
            }
        })
    });
    Ok(UserFeaturesGetValuesBatchResult { values: values.collect::<Result<_, _>>()? })
}

pub(super) async fn get_space_usage(call: Call, (): ()) -> Result<SpaceUsage, CallFailure<()>> {
    let used = call.app.store.read(used_bytes).await?;
    let quota_bytes = call.app.config.quota_bytes;
    let allocation = if call.view.team.is_some() {
        // The member has no limit of their own.
        let off = MemberSpaceLimitType::Off;
        SpaceAllocation::Team(TeamSpaceAllocation::new(used, quota_bytes, 0_u64, off, used))
    } else {
        SpaceAllocation::Individual(IndividualSpaceAllocation::new(quota_bytes))
    };
    Ok(SpaceUsage::new(used, allocation))
}

pub(super) async fn echo(_call: Call, argument: EchoArg) -> Result<EchoResult, CallFailure<EchoError>> {
    if argument.query.chars().count() > LONGEST_ECHO {
        return Err(CallFailure::BadArgument(format!(
            "request body: query: longer than {LONGEST_ECHO} characters"
        )));
    }
    Ok(EchoResult { result: argument.query })
}
