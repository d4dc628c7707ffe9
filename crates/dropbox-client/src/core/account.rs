//! The account and its token.

use crate::{ApiError, DropboxClient};
use dropbox_protocol::Secret;
use dropbox_protocol::auth::{TOKEN_FROM_OAUTH1, TOKEN_REVOKE, TokenFromOAuth1Arg};
use dropbox_protocol::users::{
    FullAccount, GET_CURRENT_ACCOUNT, GET_SPACE_USAGE, SpaceAllocation, SpaceUsage,
};
use futures_util::future::try_join;

/// Whose account this is, and how full. The Core API's split into normal and shared bytes is gone.
#[derive(Debug, Clone, PartialEq)]
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
        self.session().disable();
        Ok(())
    }

    /// Trades the OAuth 1 token of a client made by [`from_oauth1`](Self::from_oauth1) for an OAuth 2 one
    /// (`auth/token/from_oauth1`, which Dropbox has deprecated and may refuse). Needs the app's key and secret.
    pub async fn create_oauth2_access_token(&self) -> Result<Secret, ApiError> {
        let oauth1 = self.session().oauth1.as_ref().ok_or_else(|| {
            ApiError::InvalidArgument("this client has no OAuth 1 token that could be traded".into())
        })?;
        let argument = TokenFromOAuth1Arg::new(oauth1.token.clone(), oauth1.secret.clone());
        Ok(self.rpc(&TOKEN_FROM_OAUTH1, &argument).await?.oauth2_token)
    }
}
