//! The files of the program's own fonts, for the window and for what draws words into pictures.

pub const INTER_REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.otf");
pub const INTER_MEDIUM: &[u8] = include_bytes!("../../../assets/fonts/Inter-Medium.otf");
pub const INTER_SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.otf");
/// Inter’s digits, all of one width.
pub const INTER_TABULAR: &[u8] = include_bytes!("../../../assets/fonts/InterTabular-Regular.otf");
