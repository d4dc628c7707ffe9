//! The status that the Core API would have given (reference §1.11).

/// Translates a v2 status and its tags; what the table does not name keeps its status.
pub(super) fn legacy_status(status: u16, tags: &[String]) -> u16 {
    if status != 409 {
        return status;
    }
    if tags.first().is_some_and(|tag| tag == "path_write") && tags.iter().any(|tag| tag == "conflict") {
        // A folder where a file is to be restored: the Core API had no 403 for it.
        return 400;
    }
    tags.iter().rev().find_map(|tag| status_of_tag(tag)).unwrap_or(status)
}

fn status_of_tag(tag: &str) -> Option<u16> {
    Some(match tag {
        "malformed_path" | "disallowed_name" | "not_file" | "not_folder" | "unsupported_file"
        | "invalid_argument" | "settings_error" | "email_not_verified" | "incorrect_offset" => 400,
        "conflict"
        | "no_write_permission"
        | "duplicated_or_nested_paths"
        | "team_folder"
        | "operation_suppressed"
        | "access_restricted"
        | "locked"
        | "restricted_content"
        | "no_permission" => 403,
        "not_found"
        | "unsupported_extension"
        | "invalid_revision"
        | "shared_link_not_found"
        | "invalid_copy_reference" => 404,
        "too_many_files" => 406,
        "unsupported_image" | "conversion_error" | "encrypted_content" => 415,
        "too_many_write_operations" => 429,
        "insufficient_space" | "insufficient_quota" => 503,
        _ if tag.starts_with("cant_") => 403,
        _ if tag.contains("_folder_insufficient_") => 503,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(status: u16, tags: &str, legacy: u16) {
        let tags: Vec<String> = tags.split('/').filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
        assert_eq!(legacy_status(status, &tags), legacy, "{tags:?}");
    }

    #[test]
    fn row_by_row_as_the_reference_says() {
        for tags in [
            "path/malformed_path",
            "path/disallowed_name",
            "path/not_file",
            "path/not_folder",
            "unsupported_file",
            "invalid_argument",
            "settings_error/not_authorized",
            "email_not_verified",
            "incorrect_offset",
            "lookup_failed/incorrect_offset",
            "path_write/conflict/folder",
        ] {
            check(409, tags, 400);
        }
        for tags in [
            "path/conflict/file",
            "to/conflict/folder",
            "to/no_write_permission",
            "cant_move_folder_into_itself",
            "cant_move_into_vault/is_shared_folder",
            "duplicated_or_nested_paths",
            "path/team_folder",
            "path/operation_suppressed",
            "path/access_restricted",
            "path/locked",
            "path/restricted_content",
            "no_permission",
        ] {
            check(409, tags, 403);
        }
        for tags in [
            "path/not_found",
            "from_lookup/not_found",
            "not_found",
            "unsupported_extension",
            "invalid_revision",
            "shared_link_not_found",
            "invalid_copy_reference",
        ] {
            check(409, tags, 404);
        }
        check(409, "too_many_files", 406);
        for tags in ["unsupported_image", "conversion_error", "encrypted_content"] {
            check(409, tags, 415);
        }
        check(409, "path/too_many_write_operations", 429);
        for tags in [
            "path/insufficient_space",
            "insufficient_quota",
            "team_folder_insufficient_quota",
            "path/member_folder_insufficient_space",
        ] {
            check(409, tags, 503);
        }
    }

    #[test]
    fn other_statuses_stay_as_they_are() {
        check(400, "", 400);
        check(401, "expired_access_token", 401);
        check(403, "no_permission/unauthorized_account_id_usage", 403);
        check(429, "too_many_requests", 429);
        check(500, "", 500);
        check(409, "reset", 409);
    }
}
