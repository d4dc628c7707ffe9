//! What keys, clicks and the wheel say, without what they act on.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClickModifiers {
    pub toggle: bool,
    pub extend: bool,
    /// A press of the secondary button keeps a selection that it is inside of.
    pub secondary: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ZoomStep {
    In,
    Out,
    Fit,
    /// A page as wide as the window has room for.
    FitWidth,
    Actual,
    /// Screen points for each pixel of the picture.
    To(f32),
}
