//! The operations of the Core API, each a method of `DropboxClient`, by subject. Which route each of them uses, and
//! what API v2 cannot give, stands at the method.

mod account;
mod copy_ref;
mod delta;
mod download;
mod download_to;
mod edit;
mod envelope;
mod follow;
mod item;
mod link;
mod metadata;
mod revisions;
mod search;
mod thumbnail;
mod upload;

pub use account::AccountInfo;
pub use copy_ref::CopyRef;
pub use delta::{DeltaEntry, DeltaPage, LongpollDelta};
pub use edit::MoveOptions;
pub use follow::DeltaNews;
pub use item::{Metadata, Root};
pub use link::{Media, ShareOptions, ShareUrl};
pub use metadata::MetadataOptions;
pub use revisions::{Revisions, RevisionsOptions};
pub use search::CoreSearchOptions;
pub use thumbnail::{ThumbnailOptions, core_thumbnail_size};
pub use upload::{PutOptions, UploadChunkOptions, UploadChunkReply};
