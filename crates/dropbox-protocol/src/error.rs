//! The envelope in which errors travel, their one-line summary, and what a 429 says (reference §2.6, §2.7).
//! The errors of single routes stand beside the routes, those of 401 and 403 in `auth`, of 422 in `path_root`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::stone::{record, union};

/// The JSON of an error: `E` is the route's error on 409, `AuthError` on 401, and so on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErrorReply<E> {
    /// The tags and a varying number of dots; for people, never for programs.
    #[serde(default)]
    pub error_summary: String,
    pub error: E,
    /// What may be shown to the person, in their language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_message: Option<UserMessage>,
}

impl<E: Serialize> ErrorReply<E> {
    /// Wraps an error and adds its summary.
    pub fn new(error: E) -> Self {
        Self { error_summary: error_summary(&error), error, user_message: None }
    }
}

record! {
    pub struct UserMessage {
        pub text: String,
        pub locale: String = (String::new()),
    }

    /// What a 429 carries.
    pub struct RateLimitError {
        pub reason: RateLimitReason,
        /// Seconds to wait.
        pub retry_after: u64 = 1,
    }
}

union! {
    pub open union RateLimitReason {
        /// The token has called too often.
        TooManyRequests = "too_many_requests",
        /// Somebody else writes to the same namespace.
        TooManyWriteOperations = "too_many_write_operations",
    }
}

/// The tags of an error from outer to inner, such as `["path", "conflict", "file"]`.
///
/// A nested value is followed under its tag, and the two errors that keep theirs under `reason` are followed as
/// well. Values that are data and not a further reason (the metadata of an existing link, the right root) are not.
pub fn tag_path(error: &Value) -> Vec<String> {
    let mut path = Vec::new();
    let mut next = Some(error);
    while let Some(here) = next {
        // A member without a value may be a bare string, but then it is all there is.
        let bare = if path.is_empty() { here.as_str() } else { None };
        let tag = here.get(".tag").and_then(Value::as_str).or(bare);
        path.extend(tag.map(str::to_owned));
        next = match tag {
            Some("metadata" | "invalid_root") => None,
            Some(tag) => here.get(tag).or_else(|| here.get("reason")),
            None => here.get("reason"),
        };
    }
    path
}

/// The summary of an error: its tags, joined. Dropbox adds up to three dots at random; we always add two.
pub fn error_summary<E: Serialize>(error: &E) -> String {
    let value = serde_json::to_value(error).unwrap_or_default();
    let mut tags = tag_path(&value);
    tags.push("..".to_owned());
    tags.join("/")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tags_are_found_nested_flattened_and_under_a_reason() {
        for (error, expected) in [
            (json!({".tag": "path", "path": {".tag": "not_found"}}), "path/not_found"),
            (
                json!({".tag": "path", "path": {".tag": "malformed_path", "malformed_path": "x"}}),
                "path/malformed_path",
            ),
            (
                json!({".tag": "path", "reason": {".tag": "conflict", "conflict": {".tag": "file"}}, "upload_session_id": "s"}),
                "path/conflict/file",
            ),
            (
                json!({".tag": "lookup_failed", "lookup_failed": {".tag": "incorrect_offset", "correct_offset": 5}}),
                "lookup_failed/incorrect_offset",
            ),
            (json!({"reason": {".tag": "too_many_requests"}, "retry_after": 15}), "too_many_requests"),
            (
                json!({".tag": "shared_link_already_exists", "shared_link_already_exists":
                    {".tag": "metadata", "metadata": {".tag": "file"}}}),
                "shared_link_already_exists/metadata",
            ),
            (json!({".tag": "missing_scope", "required_scope": "files.content.read"}), "missing_scope"),
            (json!({".tag": "path", "path": "not_found"}), "path"),
            (json!("expired"), "expired"),
            (json!(null), ""),
            (json!({".tag": 5}), ""),
        ] {
            assert_eq!(tag_path(&error).join("/"), expected, "{error}");
        }
    }
}
