//! What the window has to do after a change of the state, in this order.

use coffer_model::{Entry, Pixels, Request, ThumbnailKey};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
// Most effects are requests.
#[allow(clippy::large_enum_variant)]
pub enum Effect {
    /// Send this to the worker.
    Send(Request),

    /// Put this text on the system's clipboard.
    CopyText(String),

    /// Offer copied items to other programs, in place of those before; in a text they are their paths.
    CopyItems { entries: Arc<Vec<Entry>>, text: String },

    /// Copied items are not offered any longer: they are of another account.
    WithdrawItems,

    /// What another program has taken is on this computer now, for the promise with this folder; `None` when it could not
    /// be downloaded.
    FulfillPromise { folder: PathBuf, local_paths: Option<Vec<PathBuf>> },

    /// Keep these pixels as a texture, to be drawn for this key.
    KeepThumbnail { key: ThumbnailKey, pixels: Arc<Pixels> },

    /// Drop the textures of thumbnails: they are of another account.
    ForgetThumbnails,

    /// Open the menu of the row with the cursor.
    OpenMenu,
    /// The menu of how rows are ordered and shown.
    OpenViewMenu,

    /// The window fills the screen, or no longer.
    ToggleFullScreen,

    /// Close the window, without asking again.
    CloseWindow,
}
