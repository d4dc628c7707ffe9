//! What is asked of the person’s desktop.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenWith {
    SystemProgram,
    FileManager,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Pick {
    Files,
    /// One, to be compared with a file of the account.
    FileToCompare,
    Folder,
    SaveAs {
        suggested_name: String,
    },
}
