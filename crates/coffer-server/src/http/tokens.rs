//! `auth/token/*` (reference 3.1).

use super::authorize::Caller;
use super::call::Call;
use super::failure::CallFailure;
use dropbox_protocol::auth::{TokenFromOAuth1Arg, TokenFromOAuth1Error, TokenFromOAuth1Result};

/// Ends the token of the call, its refresh token and their siblings.
pub(super) async fn revoke(call: Call, (): ()) -> Result<(), CallFailure<()>> {
    if let Caller::Person { token, .. } = &call.caller {
        call.app.access.revoke(token).await?;
    }
    Ok(())
}

/// This account has never given an OAuth 1 token to anybody.
pub(super) async fn from_oauth1(
    _call: Call,
    _argument: TokenFromOAuth1Arg,
) -> Result<TokenFromOAuth1Result, CallFailure<TokenFromOAuth1Error>> {
    Err(CallFailure::Answer(TokenFromOAuth1Error::InvalidOAuth1TokenInfo))
}
