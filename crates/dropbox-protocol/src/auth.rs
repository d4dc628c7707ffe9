//! `auth/*`, and what a 401 or a 403 says (reference §2.6, §3.1).

use super::Secret;
use super::route::routes;
use super::stone::{record, union};

routes! {
    /// Ends the access token of the call, its refresh token and the siblings of both.
    TOKEN_REVOKE: Rpc<(), (), ()> = "auth/token/revoke", Api, User, NotIdempotent;
    /// Trades an OAuth 1 token for an OAuth 2 one. Deprecated by Dropbox.
    TOKEN_FROM_OAUTH1: Rpc<TokenFromOAuth1Arg, TokenFromOAuth1Result, TokenFromOAuth1Error>
        = "auth/token/from_oauth1", Api, App, NotIdempotent;
}

record! {
    pub struct TokenFromOAuth1Arg {
        pub oauth1_token: Secret,
        pub oauth1_token_secret: Secret,
    }

    pub struct TokenFromOAuth1Result {
        pub oauth2_token: Secret,
    }

    pub struct TokenScopeError {
        pub required_scope: String,
    }
}

union! {
    pub open union TokenFromOAuth1Error {
        InvalidOAuth1TokenInfo = "invalid_oauth1_token_info",
        AppIdMismatch = "app_id_mismatch",
    }

    /// Why a 401 came.
    pub open union AuthError {
        InvalidAccessToken = "invalid_access_token",
        InvalidSelectUser = "invalid_select_user",
        InvalidSelectAdmin = "invalid_select_admin",
        UserSuspended = "user_suspended",
        ExpiredAccessToken = "expired_access_token",
        MissingScope(flat TokenScopeError) = "missing_scope",
        RouteAccessDenied = "route_access_denied",
    }

    /// Why a 403 came.
    pub open union AccessError {
        InvalidAccountType(nested InvalidAccountTypeError) = "invalid_account_type",
        PaperAccessDenied(nested PaperAccessError) = "paper_access_denied",
        TeamAccessDenied = "team_access_denied",
        NoPermission(nested NoPermissionError) = "no_permission",
    }

    pub open union InvalidAccountTypeError {
        Endpoint = "endpoint",
        Feature = "feature",
    }

    pub open union PaperAccessError {
        PaperDisabled = "paper_disabled",
        NotPaperUser = "not_paper_user",
    }

    pub open union NoPermissionError {
        UnauthorizedAccountIdUsage(flat UnauthorizedAccountIdUsageError) = "unauthorized_account_id_usage",
    }
}

record! {
    pub struct UnauthorizedAccountIdUsageError {
        pub unauthorized_account_ids: Vec<String>,
    }
}
