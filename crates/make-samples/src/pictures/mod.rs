//! What the pictures show.

#![allow(clippy::unreadable_literal, reason = "a colour is six hexadecimal digits, in one piece")]
#![allow(clippy::similar_names, reason = "side, size and sine are words, and each is the right one")]

pub(crate) mod botany;
pub(crate) mod fjord;
pub(crate) mod kayaks;
pub(crate) mod layers;
pub(crate) mod moving;
pub(crate) mod night;
pub(crate) mod patterns;
pub(crate) mod posters;
pub(crate) mod sea;
mod shapes;
pub(crate) mod sheets;
pub(crate) mod space;
pub(crate) mod wild;
