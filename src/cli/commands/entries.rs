//! Files and folders of the account as lines and as JSON.

use crate::cli::format;
use coffer_model::entry::ContentAccess;
use coffer_model::link::Audience;
use coffer_model::{Entry, EntryKind, FileKind, SharedLink};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// The stable fields of an item; what is not known is `null`.
pub(super) fn as_json(entry: &Entry) -> Value {
    let (kind, id) = match &entry.kind {
        EntryKind::Folder { id } => ("folder", Some(&**id)),
        EntryKind::File(file) => ("file", Some(&*file.id)),
        EntryKind::Deleted(_) => ("deleted", None),
    };
    let file = entry.file();
    json!({
        "type": kind,
        "path": entry.path.to_string(),
        "name": entry.name(),
        "id": id.filter(|id| !id.is_empty()),
        "rev": file.map(|file| &*file.rev.0),
        "bytes": file.map(|file| file.size_bytes),
        "modified": file.map(|file| file.client_modified.to_string()),
        "server_modified": file.map(|file| file.server_modified.to_string()),
        "content_hash": file.and_then(|file| file.content_hash.as_deref()),
        "is_downloadable": file.map(|file| file.access == ContentAccess::Download),
        "export_as": file.and_then(|file| match &file.access {
            ContentAccess::Export(format) => Some(&**format),
            ContentAccess::Download | ContentAccess::WebOnly => None,
        }),
    })
}

/// Entries as they are written, one by one: there may be very many.
pub(super) struct EntriesAsJson<'a>(pub &'a [Entry]);

impl Serialize for EntriesAsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(as_json))
    }
}

pub(super) fn link_as_json(path: &str, link: &SharedLink) -> Value {
    json!({
        "path": path,
        "url": link.url,
        "audience": match link.audience {
            Audience::Anyone => "anyone",
            Audience::Team => "team",
            Audience::Password => "password",
            Audience::OnlyInvited => "only_invited",
        },
        "expires": link.expires.map(|time| time.to_string()),
    })
}

/// One line: size, date and revision before the name if it is to be long. Folders end in a slash.
pub(super) fn line(entry: &Entry, name: &str, long: bool) -> String {
    let is_folder = entry.file_kind() == FileKind::Folder;
    let slash = if is_folder && !name.ends_with('/') { "/" } else { "" };
    if !long {
        return format!("{name}{slash}");
    }
    match &entry.kind {
        EntryKind::File(file) => format!(
            "{:>10}  {}  {:<15}  {name}",
            format::size(file.size_bytes),
            format::date(file.client_modified),
            &*file.rev.0
        ),
        EntryKind::Folder { .. } => format!("{:>10}  {:16}  {:15}  {name}{slash}", "-", "", ""),
        EntryKind::Deleted(_) => format!("{:>10}  {:16}  {:15}  {name}{slash}", "deleted", "", ""),
    }
}
