//! Sign-ins under way: requests that a person looks at, and codes that an app has yet to exchange. They are
//! kept in memory; whoever signs in while the server restarts starts again.

use super::clock::{Clock, Seconds};
use super::store::edit::random;
use super::store::error::StoreError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::Mutex;

/// How long a person may look at the page.
const PAGE_SECS: Seconds = 60 * 60;

/// How long a code waits for its exchange (reference 4.1).
const CODE_SECS: Seconds = 10 * 60;

/// Requests and codes kept at most, each; the oldest go first.
const MOST: usize = 1_000;

/// How long the access of an app lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasting {
    /// One access token that expires.
    Online,
    /// And a refresh token to get more.
    Offline,
    /// One access token that does not expire, as old apps have.
    Legacy,
}

/// What only the app that began a sign-in can know (RFC 7636).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Challenge {
    Plain(String),
    Sha256(String),
}

impl Challenge {
    /// Whether this verifier belongs to the challenge.
    pub fn accepts(&self, verifier: &str) -> bool {
        match self {
            Self::Plain(challenge) => challenge == verifier,
            Self::Sha256(challenge) => *challenge == URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)),
        }
    }
}

/// What an app asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentRequest {
    pub client_id: String,
    /// Where the person is sent with the code; `None`: they copy it.
    pub redirect_uri: Option<String>,
    pub state: Option<String>,
    /// Names, separated by spaces.
    pub scopes: String,
    pub lasting: Lasting,
    pub challenge: Option<Challenge>,
}

/// All sign-ins under way.
#[derive(Debug)]
pub struct Consents {
    clock: Clock,
    shown: Mutex<HashMap<String, (Seconds, ConsentRequest)>>,
    codes: Mutex<HashMap<String, (Seconds, ConsentRequest)>>,
}

impl Consents {
    pub fn new(clock: Clock) -> Self {
        Self { clock, shown: Mutex::default(), codes: Mutex::default() }
    }

    /// Notes a request that is shown to a person; returns the name under which they decide.
    pub fn show(&self, request: ConsentRequest) -> Result<String, StoreError> {
        self.add(&self.shown, PAGE_SECS, request)
    }

    /// Takes the request that a person has decided upon.
    pub fn decide(&self, name: &str) -> Option<ConsentRequest> {
        let (expires, request) = self.shown.lock().ok()?.remove(name)?;
        (expires > self.clock.now()).then_some(request)
    }

    /// Makes a code for a request that was allowed.
    pub fn allow(&self, request: ConsentRequest) -> Result<String, StoreError> {
        self.add(&self.codes, CODE_SECS, request)
    }

    /// What a code stands for, while it is good.
    pub fn look_up(&self, code: &str) -> Option<ConsentRequest> {
        let codes = self.codes.lock().ok()?;
        let (expires, request) = codes.get(code)?;
        (*expires > self.clock.now()).then(|| request.clone())
    }

    /// Uses a code up; `false` when somebody else was faster.
    pub fn exchange(&self, code: &str) -> bool {
        self.codes.lock().is_ok_and(|mut codes| codes.remove(code).is_some())
    }

    fn add(
        &self,
        place: &Mutex<HashMap<String, (Seconds, ConsentRequest)>>,
        lifetime: Seconds,
        request: ConsentRequest,
    ) -> Result<String, StoreError> {
        let name = URL_SAFE_NO_PAD.encode(random::<32>()?);
        let now = self.clock.now();
        let mut waiting = place.lock().map_err(|_| StoreError::Closed)?;
        waiting.retain(|_, (expires, _)| *expires > now);
        if waiting.len() >= MOST
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
