//! What went wrong, in words for a person. The worker makes it from errors; nobody else does.

use super::RemotePath;

/// A failure as it is shown: what happened, why, and what can be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// One plain sentence without a final period: "“Budget.csv” could not be uploaded".
    pub title: String,

    /// Why, and what to do; one or two sentences.
    pub detail: String,

    /// The item it is about.
    pub path: Option<RemotePath>,

    pub recovery: Recovery,

    /// `X-Dropbox-Request-Id`, to quote when asking for help.
    pub request_id: Option<String>,
}

/// The one button that helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// Nothing to press: the text says all.
    None,
    /// Trying again may help: "Retry".
    Retry,
    /// The service cannot be reached: "Retry", and it is tried again by itself.
    Offline,
    /// The sign-in ended: "Sign in again…".
    SignIn,
    /// The item changed or went away meanwhile: "Refresh".
    Refresh,
    /// Another name helps: "Rename…".
    Rename,
    /// The account or the disk is full: nothing to press.
    Space,
}
