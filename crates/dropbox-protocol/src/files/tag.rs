//! Tags: short words that a person attaches to items (reference §3.7).

use super::LookupError;
use crate::stone::{record, union};

/// An item has at most so many tags.
pub const TAGS_PER_ITEM_LIMIT: usize = 20;

record! {
    pub struct AddTagArg {
        pub path: String,
        /// 1 to 32 letters, digits or underscores; the service lowers their case.
        pub tag_text: String,
    }

    pub struct RemoveTagArg {
        pub path: String,
        pub tag_text: String,
    }

    pub struct GetTagsArg {
        pub paths: Vec<String>,
    }

    pub struct GetTagsResult {
        pub paths_to_tags: Vec<PathToTags>,
    }

    pub struct PathToTags {
        pub path: String,
        pub tags: Vec<Tag>,
    }

    pub struct UserGeneratedTag {
        pub tag_text: String,
    }
}

union! {
    pub open union Tag {
        UserGeneratedTag(flat UserGeneratedTag) = "user_generated_tag",
    }

    pub open union AddTagError {
        Path(nested LookupError) = "path",
        TooManyTags = "too_many_tags",
    }

    pub open union RemoveTagError {
        Path(nested LookupError) = "path",
        TagNotPresent = "tag_not_present",
    }

    pub open union GetTagsError {
        Path(nested LookupError) = "path",
    }
}
