//! Cut and copied items of the account. Files copied in other programs are on the system's clipboard instead.

use crate::model::Entry;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clipboard {
    pub entries: Vec<Entry>,
    /// Moves when pasted; the rows are drawn pale meanwhile.
    pub cut: bool,

    /// Text that the window must put on the system's clipboard now.
    pub outgoing_text: Option<String>,
}
