//! A link that gives others access to an item.

use jiff::Timestamp;

#[derive(Clone, Debug, PartialEq)]
pub struct SharedLink {
    /// The whole address with its key; whoever has it can read the item.
    pub url: String,

    /// Who can use it, in the account's terms.
    pub audience: Audience,

    pub expires: Option<Timestamp>,

    pub can_revoke: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Anyone,
    Team,
    Password,
    OnlyInvited,
}
