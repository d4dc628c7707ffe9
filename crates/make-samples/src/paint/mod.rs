//! A small painter: enough to draw pictures that are worth looking at. It knows nothing of what they show.

#![allow(clippy::unreadable_literal, reason = "a colour is six hexadecimal digits, in one piece")]

pub mod canvas;
pub mod colour;
pub mod encode;
pub mod lettering;
pub mod noise;
pub mod path;
pub mod terrain;
pub mod vista;
