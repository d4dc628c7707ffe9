//! A link that gives others access to an item.

use dropbox_protocol::Secret;
use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq)]
pub struct SharedLink {
    /// The whole address with its key; whoever has it can read the item.
    pub url: String,

    /// Who can use it, in the account's terms.
    pub audience: Audience,

    pub expires: Option<Timestamp>,

    pub can_revoke: bool,

    /// What can be changed of it.
    pub options: LinkOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Anyone,
    Team,
    Password,
    OnlyInvited,
}

/// What can be chosen for a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkOptions {
    /// Whom it can be for.
    pub audiences: Vec<Audience>,
    pub expiry: bool,
}

impl LinkOptions {
    /// Whether there is anything to choose.
    pub fn has_choice(&self) -> bool {
        self.audiences.len() > 1 || self.expiry
    }
}

/// What a link is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkSettings {
    pub audience: Audience,

    /// For [`Audience::Password`]; `None` keeps the one that the link has.
    pub password: Option<Secret>,

    /// `None` is never.
    pub expires: Option<Timestamp>,
}

impl LinkSettings {
    /// As every account may have a link.
    pub const PLAIN: Self = Self { audience: Audience::Anyone, password: None, expires: None };

    /// As the link is.
    pub fn of(link: &SharedLink) -> Self {
        Self { audience: link.audience, password: None, expires: link.expires }
    }
}
