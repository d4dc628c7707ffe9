//! Sign-ins under way (RFC 6749 §4.1): authorization requests that wait for the person's decision, and authorization
//! codes that the app has not redeemed yet. They are in memory only; a sign-in during a restart begins again.

use super::clock::{Clock, Seconds};
use super::store::edit::random;
use super::store::error::StoreError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use parking_lot::Mutex;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// How long a request waits for the decision.
const PAGE_SECS: Seconds = 60 * 60;

/// How long a code can be redeemed (reference 4.1).
const CODE_SECS: Seconds = 10 * 60;

/// Requests, and codes, that are kept at most; beyond that the oldest are dropped.
const MAX_PENDING: usize = 1_000;

/// How long the access of an app lasts: Dropbox’s `token_access_type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenAccessType {
    /// One access token that expires.
    Online,
    /// And a refresh token to get more.
    Offline,
    /// One access token that does not expire, as old apps have.
    Legacy,
}

/// Proves that the app which redeems a code is the one that asked for it (RFC 7636).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    Plain(String),
    Sha256(String),
}

impl Challenge {
    /// Whether this verifier belongs to the challenge.
    pub(crate) fn accepts(&self, verifier: &str) -> bool {
        match self {
            Self::Plain(challenge) => challenge == verifier,
            Self::Sha256(challenge) => *challenge == URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)),
        }
    }
}

/// An app’s request for access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuthorizationRequest {
    pub client_id: String,
    /// Where the person is sent with the code; `None`: they copy it.
    pub redirect_uri: Option<String>,
    pub state: Option<String>,
    /// Names, separated by spaces.
    pub scopes: String,
    pub lasting: TokenAccessType,
    pub challenge: Option<Challenge>,
}

/// All sign-ins under way.
#[derive(Debug)]
pub(crate) struct AuthorizationRequests {
    clock: Clock,
    requests: Mutex<HashMap<String, (Seconds, AuthorizationRequest)>>,
    codes: Mutex<HashMap<String, (Seconds, AuthorizationRequest)>>,
}

impl AuthorizationRequests {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, requests: Mutex::default(), codes: Mutex::default() }
    }

    /// Stores a request until the person decides; returns the name under which the page submits the decision.
    pub(crate) fn create_request(&self, request: AuthorizationRequest) -> Result<String, StoreError> {
        self.add(&self.requests, PAGE_SECS, request)
    }

    /// The request that a page shows, until the person decides.
    pub(crate) fn find_request(&self, name: &str) -> Option<AuthorizationRequest> {
        let requests = self.requests.lock();
        let (expires, request) = requests.get(name)?;
        (*expires > self.clock.now()).then(|| request.clone())
    }

    /// Removes the request that the person has decided upon.
    pub(crate) fn take_request(&self, name: &str) -> Option<AuthorizationRequest> {
        let (expires, request) = self.requests.lock().remove(name)?;
        (expires > self.clock.now()).then_some(request)
    }

    /// Makes the code for a request that was allowed.
    pub(crate) fn create_code(&self, request: AuthorizationRequest) -> Result<String, StoreError> {
        self.add(&self.codes, CODE_SECS, request)
    }

    /// The request behind a code, until the code expires.
    pub(crate) fn find_by_code(&self, code: &str) -> Option<AuthorizationRequest> {
        let codes = self.codes.lock();
        let (expires, request) = codes.get(code)?;
        (*expires > self.clock.now()).then(|| request.clone())
    }

    /// Removes a code, which works once; `false` when another call has redeemed it before.
    pub(crate) fn redeem_code(&self, code: &str) -> bool {
        self.codes.lock().remove(code).is_some()
    }

    fn add(
        &self,
        pending: &Mutex<HashMap<String, (Seconds, AuthorizationRequest)>>,
        lifetime: Seconds,
        request: AuthorizationRequest,
    ) -> Result<String, StoreError> {
        let name = URL_SAFE_NO_PAD.encode(random::<32>()?);
        let now = self.clock.now();
        let mut waiting = pending.lock();
        waiting.retain(|_, (expires, _)| *expires > now);
        if waiting.len() >= MAX_PENDING
            && let Some(oldest) =
                waiting.iter().min_by_key(|(_, (expires, _))| *expires).map(|(name, _)| name.clone())
        {
            waiting.remove(&oldest);
        }
        waiting.insert(name.clone(), (now + lifetime, request));
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_pkce_rfc_is_accepted() {
        let challenge = Challenge::Sha256("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".into());
        assert!(challenge.accepts("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert!(!challenge.accepts("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX"));
    }
}
