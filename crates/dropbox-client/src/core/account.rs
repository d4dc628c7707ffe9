//! The account and its token.

use crate::{ApiError, DropboxClient};
use dropbox_protocol::Secret;
use dropbox_protocol::auth::{TOKEN_FROM_OAUTH1, TOKEN_REVOKE, TokenFromOAuth1Arg};
use dropbox_protocol::path_root::RootInfo;
use dropbox_protocol::users::{
    FullAccount, GET_CURRENT_ACCOUNT, GET_SPACE_USAGE, SpaceAllocation, SpaceUsage,
};
use futures_util::future::try_join;
use serde::{Deserialize, Serialize};

/// Whose account this is, and how full. The Core API's split into normal and shared bytes is gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AccountInfo {
    pub account: FullAccount,
    pub space: SpaceUsage,
}

impl AccountInfo {
    pub fn display_name(&self) -> &str {
        &self.account.name.display_name
    }

    /// Bytes that the account may hold; `None` if the service speaks of a kind of quota that we do not know.
    pub fn quota(&self) -> Option<u64> {
        match &self.space.allocation {
            SpaceAllocation::Individual(individual) => Some(individual.allocated),
            SpaceAllocation::Team(team) => Some(team.allocated),
            SpaceAllocation::Other => None,
        }
    }

    /// Where all paths of the account start, for [`with_path_root`](DropboxClient::with_path_root). In an account of a
    /// team that is the team's space, elsewhere the person's own folder.
    pub fn root_namespace_id(&self) -> &str {
        match &self.account.root_info {
            RootInfo::Team(team) => &team.root_namespace_id,
            RootInfo::User(user) => &user.root_namespace_id,
            RootInfo::Other => "",
        }
    }

    /// Bytes in use.
    pub fn used(&self) -> u64 {
        self.space.used
    }
}

impl DropboxClient {
    /// Who this is and how full it is. Two calls: `users/get_current_account`, `users/get_space_usage`.
    pub async fn account_info(&self) -> Result<AccountInfo, ApiError> {
        let (account, space) =
            try_join(self.rpc(&GET_CURRENT_ACCOUNT, &()), self.rpc(&GET_SPACE_USAGE, &())).await?;
        Ok(AccountInfo { account, space })
    }

    /// Gives the access token back, together with its refresh token (`auth/token/revoke`). Afterwards every call of
    /// this client and its clones fails with [`ApiError::TokenDisabled`].
    pub async fn disable_access_token(&self) -> Result<(), ApiError> {
        self.rpc(&TOKEN_REVOKE, &()).await?;
        self.token_state().disable();
        Ok(())
    }

    /// Trades the OAuth 1 token of a client made by [`from_oauth1`](Self::from_oauth1) for an OAuth 2 one
    /// (`auth/token/from_oauth1`, which Dropbox has deprecated and may refuse). Needs the app's key and secret.
    pub async fn create_oauth2_access_token(&self) -> Result<Secret, ApiError> {
        let oauth1 = self.token_state().oauth1.as_ref().ok_or_else(|| {
            ApiError::InvalidArgument("this client has no OAuth 1 token that could be traded".into())
        })?;
        let argument = TokenFromOAuth1Arg::new(oauth1.token.clone(), oauth1.secret.clone());
        Ok(self.rpc(&TOKEN_FROM_OAUTH1, &argument).await?.oauth2_token)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_quota_of_a_team_is_what_it_may_hold() {
        // Row: account_info ->
        let quota = |allocation| {
            let space = SpaceUsage { used: 5, allocation };
            let account = json!({
                "account_id": "dbid:x", "email": "a@example.com", "email_verified": true, "disabled": false, "locale": "en",
                "name": {"given_name": "A", "surname": "B", "familiar_name": "A", "display_name": "A B", "abbreviated_name": "AB"},
                "referral_link": "", "is_paired": false, "account_type": {".tag": "basic"},
                "root_info": {".tag": "team", "root_namespace_id": "1", "home_namespace_id": "2", "home_path": "/A B"},
            });
            let info = AccountInfo { account: serde_json::from_value(account).unwrap(), space };
            assert_eq!((info.used(), info.root_namespace_id()), (5, "1"));
            info.quota()
        };
        let allocation = |value| serde_json::from_value::<SpaceAllocation>(value).unwrap();
        assert_eq!(quota(allocation(json!({".tag": "individual", "allocated": 9}))), Some(9));
        let team = json!({
            ".tag": "team", "used": 1000, "allocated": 3000, "user_within_team_space_allocated": 0,
            "user_within_team_space_limit_type": {".tag": "off"}, "user_within_team_space_used_cached": 5,
        });
        assert_eq!(quota(allocation(team)), Some(3000));
        assert_eq!(quota(allocation(json!({".tag": "something new"}))), None);
    }
}
