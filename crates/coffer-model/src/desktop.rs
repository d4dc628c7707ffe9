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
    /// The folder that receives a download; that for downloads where the system has no dialog.
    DownloadFolder,
    SaveAs {
        suggested_name: String,
    },
}
