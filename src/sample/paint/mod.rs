//! A small painter: enough to draw pictures that are worth looking at. It knows nothing of what they show.

pub mod canvas;
pub mod colour;
pub mod encode;
pub mod lettering;
pub mod noise;
pub mod path;
pub mod terrain;
pub mod vista;
