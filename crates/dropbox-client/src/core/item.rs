//! What the Core API called metadata: one shape for files, folders and deleted things.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use dropbox_protocol::files::{self, THUMBNAIL_SOURCE_LIMIT_BYTES, has_thumbnail_extension};
use dropbox_protocol::{Timestamp, path};

/// What paths are relative to. API v2 does not tell, so it is what the client was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Root {
    #[default]
    Dropbox,
    AppFolder,
}

/// A file, a folder or something deleted.
///
/// The Core API's numeric `revision` is gone; `icon` is chosen here, by the kind of file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Metadata {
    /// The path for people; the root is `/`. Only the case of the last part can be relied on.
    pub path: String,
    pub is_dir: bool,
    pub is_deleted: bool,
    /// The size; 0 for folders.
    pub bytes: u64,
    /// Only files have one.
    pub rev: Option<String>,
    /// When the content reached Dropbox; only for files.
    pub modified: Option<Timestamp>,
    /// When the content was changed, as the uploader said; only for files.
    pub client_mtime: Option<Timestamp>,
    pub root: Root,
    /// Of a listed folder: give it to the next `metadata` call, to hear whether anything has changed.
    pub hash: Option<String>,
    /// Of a listed folder: what is in it.
    pub contents: Option<Vec<Metadata>>,
    /// Stays when the item is moved or renamed.
    pub id: Option<String>,
    /// See [`content_hash`](fn@dropbox_protocol::content_hash).
    pub content_hash: Option<String>,
    /// Whether `get_file` works.
    pub is_downloadable: bool,
}

impl Metadata {
    fn bare(path: String, root: Root) -> Self {
        Self {
            path,
            is_dir: false,
            is_deleted: false,
            bytes: 0,
            rev: None,
            modified: None,
            client_mtime: None,
            root,
            hash: None,
            contents: None,
            id: None,
            content_hash: None,
            is_downloadable: false,
        }
    }

    /// The root folder, of which API v2 says nothing.
    pub(super) fn root_folder(root: Root) -> Self {
        Self { is_dir: true, ..Self::bare("/".into(), root) }
    }

    pub(crate) fn from_file(file: files::FileMetadata, root: Root) -> Self {
        Self {
            bytes: file.size,
            rev: Some(file.rev),
            modified: Some(file.server_modified),
            client_mtime: Some(file.client_modified),
            id: Some(file.id),
            content_hash: file.content_hash,
            is_downloadable: file.is_downloadable,
            ..Self::bare(best_path(file.path_display, file.path_lower, file.name), root)
        }
    }

    pub(super) fn from_folder(folder: files::FolderMetadata, root: Root) -> Self {
        let path = best_path(folder.path_display, folder.path_lower, folder.name);
        Self { is_dir: true, id: Some(folder.id), ..Self::bare(path, root) }
    }

    pub(super) fn from_metadata(metadata: files::Metadata, root: Root) -> Self {
        match metadata {
            files::Metadata::File(file) => Self::from_file(file, root),
            files::Metadata::Folder(folder) => Self::from_folder(folder, root),
            files::Metadata::Deleted(deleted) => {
                let path = best_path(deleted.path_display, deleted.path_lower, deleted.name);
                Self { is_deleted: true, ..Self::bare(path, root) }
            }
        }
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        path::name(&self.path)
    }

    /// The size for people: `77 bytes`, `225.4 KB`.
    pub fn size(&self) -> String {
        if self.bytes < 1024 {
            return format!("{} bytes", self.bytes);
        }
        let mut amount = self.bytes as f64;
        let mut unit = "";
        for larger in ["KB", "MB", "GB", "TB"] {
            if amount < 1024.0 {
                break;
            }
            amount /= 1024.0;
            unit = larger;
        }
        format!("{amount:.1} {unit}")
    }

    /// Guessed from the name; folders have none. Always `None` without the feature `mime`.
    pub fn mime_type(&self) -> Option<&'static str> {
        if self.is_dir { None } else { mime_type_of(self.name()) }
    }

    /// Whether a thumbnail can be expected.
    pub fn thumb_exists(&self) -> bool {
        !self.is_dir
            && !self.is_deleted
            && self.bytes <= THUMBNAIL_SOURCE_LIMIT_BYTES
            && has_thumbnail_extension(self.name())
    }

    /// The name of an icon as the Core API had them, by kind of file.
    pub fn icon(&self) -> &'static str {
        if self.is_dir {
            return "folder";
        }
        match self.mime_type().and_then(|kind| kind.split_once('/')) {
            Some(("text", _)) => "page_white_text",
            Some(("image", _)) => "page_white_picture",
            Some(("video", _)) => "page_white_film",
            Some(("audio", _)) => "page_white_sound",
            Some(("application", "pdf")) => "page_white_acrobat",
            Some(("application", "zip" | "gzip" | "x-tar" | "x-7z-compressed")) => "page_white_compressed",
            _ => "page_white",
        }
    }

    /// The dictionary that the Core API answered, with dates as `Wed, 20 Jul 2011 22:04:50 +0000`.
    pub fn to_dictionary(&self) -> Value {
        let mut dictionary = Map::new();
        let mut put = |key: &str, value: Value| dictionary.insert(key.to_owned(), value);
        put("bytes", self.bytes.into());
        put("size", self.size().into());
        put("path", self.path.as_str().into());
        put("is_dir", self.is_dir.into());
        put("icon", self.icon().into());
        put("thumb_exists", self.thumb_exists().into());
        put("root", if self.root == Root::Dropbox { "dropbox" } else { "app_folder" }.into());
        let optional = [
            ("rev", self.rev.clone()),
            ("modified", self.modified.map(Timestamp::to_rfc2822)),
            ("client_mtime", self.client_mtime.map(Timestamp::to_rfc2822)),
            ("mime_type", self.mime_type().map(str::to_owned)),
            ("hash", self.hash.clone()),
            ("id", self.id.clone()),
            ("content_hash", self.content_hash.clone()),
        ];
        for (key, value) in optional {
            if let Some(value) = value {
                put(key, value.into());
            }
        }
        if self.is_deleted {
            put("is_deleted", true.into());
        }
        if !self.is_dir && !self.is_deleted {
            put("is_downloadable", self.is_downloadable.into());
        }
        if let Some(contents) = &self.contents {
            put("contents", json!(contents.iter().map(Self::to_dictionary).collect::<Vec<_>>()));
        }
        Value::Object(dictionary)
    }
}

#[cfg(feature = "mime")]
fn mime_type_of(name: &str) -> Option<&'static str> {
    mime_guess::from_path(name).first_raw()
}

#[cfg(not(feature = "mime"))]
fn mime_type_of(_name: &str) -> Option<&'static str> {
    None
}

fn best_path(display: Option<String>, lower: Option<String>, name: String) -> String {
    display.or(lower).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: u64) -> Metadata {
        let time = Timestamp::from_unix_secs(1_311_199_490);
        let file = files::FileMetadata {
            path_display: Some(format!("/{name}")),
            ..files::FileMetadata::new(name, "id:1", time, time, "362e2029684fe", bytes)
        };
        Metadata::from_file(file, Root::Dropbox)
    }

    #[test]
    fn the_dictionary_is_that_of_the_core_api() {
        // Rows: dictionary bytes, dictionary size, dictionary path, dictionary is_dir, dictionary rev,
        // dictionary revision, dictionary modified, dictionary client_mtime, dictionary mime_type,
        // dictionary icon, dictionary thumb_exists, dictionary root
        assert_eq!(
            file("magnum-opus.txt", 77).to_dictionary(),
            json!({
                "bytes": 77, "icon": "page_white_text", "is_dir": false, "mime_type": "text/plain",
                "modified": "Wed, 20 Jul 2011 22:04:50 +0000", "client_mtime": "Wed, 20 Jul 2011 22:04:50 +0000",
                "path": "/magnum-opus.txt", "rev": "362e2029684fe", "root": "dropbox", "size": "77 bytes",
                "thumb_exists": false, "id": "id:1", "is_downloadable": true,
            })
        );
        assert_eq!(
            Metadata::root_folder(Root::AppFolder).to_dictionary(),
            json!({"bytes": 0, "icon": "folder", "is_dir": true, "path": "/", "root": "app_folder",
                "size": "0 bytes", "thumb_exists": false})
        );
    }

    #[test]
    fn a_listed_folder_has_contents_and_a_hash_in_its_dictionary() {
        // Rows: dictionary hash, dictionary contents, dictionary is_deleted
        let gone = files::DeletedMetadata {
            path_lower: Some("/gone".into()),
            ..files::DeletedMetadata::new("Gone")
        };
        let gone = Metadata::from_metadata(files::Metadata::Deleted(gone), Root::Dropbox);
        let folder = Metadata {
            hash: Some("h".into()),
            contents: Some(vec![gone]),
            ..Metadata::root_folder(Root::Dropbox)
        };
        let dictionary = folder.to_dictionary();
        assert_eq!(dictionary["hash"], "h");
        assert_eq!(
            dictionary["contents"],
            json!([{"bytes": 0, "icon": "page_white", "is_deleted": true, "is_dir": false, "path": "/gone",
                "root": "dropbox", "size": "0 bytes", "thumb_exists": false}])
        );
    }

    #[test]
    fn sizes_are_for_people() {
        for (bytes, size) in [
            (0, "0 bytes"),
            (1023, "1023 bytes"),
            (1024, "1.0 KB"),
            (230_810, "225.4 KB"),
            (1 << 41, "2.0 TB"),
        ] {
            assert_eq!(file("a", bytes).size(), size);
        }
    }

    #[test]
    fn the_icon_tells_the_kind_of_file() {
        // Row: dictionary icon
        for (name, icon) in [
            ("a.txt", "page_white_text"),
            ("a.JPG", "page_white_picture"),
            ("a.png", "page_white_picture"),
            ("a.mp4", "page_white_film"),
            ("a.mp3", "page_white_sound"),
            ("a.pdf", "page_white_acrobat"),
            ("a.zip", "page_white_compressed"),
            ("a.unknown-kind", "page_white"),
            ("a", "page_white"),
        ] {
            assert_eq!(file(name, 1).icon(), icon, "{name}");
        }
    }

    #[test]
    fn pictures_have_thumbnails_unless_they_are_huge() {
        assert!(file("a.JPG", 1).thumb_exists());
        assert!(!file("a.jpg", THUMBNAIL_SOURCE_LIMIT_BYTES + 1).thumb_exists());
        assert!(!file("jpg", 1).thumb_exists());
    }
}
