//! What a typed call fails with: the error of its route as a value, and what befalls every route apart from it.

use dropbox_client::{ApiError, CallError, CommonError, ErrorResponse};
use dropbox_protocol::auth::{AccessError, AuthError};
use dropbox_protocol::error::RateLimitReason;
use dropbox_protocol::files::{GET_METADATA, GetMetadataArg, GetMetadataError, LookupError};
use dropbox_protocol::path_root::PathRootError;

use super::double::{Double, json, reply, text};

async fn fail(double: &Double) -> CallError<GetMetadataError> {
    double.client().rpc(&GET_METADATA, &GetMetadataArg::new("/a")).await.unwrap_err()
}

#[tokio::test]
async fn a_refusal_in_the_words_of_the_route_keeps_their_type_and_the_reply() {
    // Row: global.error
    let double = Double::answering([json(
        409,
        r#"{"error_summary":"path/not_found/..","error":{".tag":"path","path":{".tag":"not_found"}},
            "user_message":{"text":"Nicht gefunden","locale":"de"}}"#,
    )])
    .await;
    let error = fail(&double).await;
    assert!(matches!(error.route_error(), Some(GetMetadataError::Path(LookupError::NotFound))), "{error:?}");
    assert_eq!((error.status(), error.request_id()), (Some(409), Some("0123456789abcdef")));
    assert_eq!(error.user_message(), Some("Nicht gefunden"));
    assert!(!error.may_have_happened() && !error.needs_sign_in());
    let general = ApiError::from(error);
    assert_eq!(
        (general.legacy_status(), general.tags()),
        (Some(404), &["path".into(), "not_found".into()][..])
    );
}

#[tokio::test]
async fn a_refusal_of_tomorrow_is_the_open_member_of_its_union() {
    let double = Double::answering([
        json(409, r#"{"error":{".tag":"path","path":{".tag":"of_tomorrow"}}}"#),
        json(409, r#"{"error":{".tag":"too_many_tomorrows"}}"#),
        text(409, "no JSON at all"),
    ])
    .await;
    let error = fail(&double).await;
    assert!(matches!(error.route_error(), Some(GetMetadataError::Path(LookupError::Other))), "{error:?}");
    // The union of this route is closed: what it does not list stays a plain reply.
    for _ in 0..2 {
        let error = fail(&double).await;
        assert!(matches!(&error, CallError::Api(ApiError::Response(_))), "{error:?}");
        assert_eq!(error.response().unwrap().common_error(), CommonError::Unknown);
    }
}

#[tokio::test]
async fn what_befalls_every_route_is_told_apart_by_its_type() {
    // Rows: global.401, global.error
    let cases = [
        (json(400, "{}"), CommonError::BadRequest),
        (json(401, r#"{"error":{".tag":"user_suspended"}}"#), CommonError::Auth(AuthError::UserSuspended)),
        (text(401, "who are you?"), CommonError::Auth(AuthError::Other)),
        (
            json(403, r#"{"error":{".tag":"team_access_denied"}}"#),
            CommonError::Access(AccessError::TeamAccessDenied),
        ),
        (
            json(422, r#"{"error":{".tag":"no_permission"}}"#),
            CommonError::PathRoot(PathRootError::NoPermission),
        ),
        (
            json(429, r#"{"error":{"reason":{".tag":"too_many_write_operations"},"retry_after":2}}"#),
            CommonError::RateLimit(RateLimitReason::TooManyWriteOperations),
        ),
        (reply(429, &[("Retry-After", "17")], b"slow down"), CommonError::RateLimit(RateLimitReason::Other)),
        (text(503, ""), CommonError::Server),
    ];
    let double = Double::answering(cases.clone().map(|(answer, _)| answer)).await;
    for (_, expected) in cases {
        let error = fail(&double).await;
        assert!(error.route_error().is_none());
        assert_eq!(error.response().map(ErrorResponse::common_error), Some(expected));
    }
}
