//! What the pictures show.

pub mod botany;
pub mod fjord;
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
