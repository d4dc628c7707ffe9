//! A small painter: enough to draw pictures that are worth looking at. It knows nothing of what they show.

#![allow(clippy::unreadable_literal, reason = "a colour is six hexadecimal digits, in one piece")]

pub(crate) mod canvas;
pub(crate) mod colour;
pub(crate) mod encode;
pub(crate) mod lettering;
pub(crate) mod noise;
pub(crate) mod path;
pub(crate) mod terrain;
pub(crate) mod vista;
