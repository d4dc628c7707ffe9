//! What the pictures show.

#![allow(clippy::unreadable_literal, reason = "a colour is six hexadecimal digits, in one piece")]
#![allow(clippy::similar_names, reason = "side, size and sine are words, and each is the right one")]

pub mod botany;
pub mod fjord;
pub mod kayaks;
pub mod layers;
pub mod moving;
pub mod night;
pub mod patterns;
pub mod posters;
pub mod sea;
mod shapes;
pub mod sheets;
pub mod space;
pub mod wild;
