//! Damaged JSON, by the thousand: it is refused or understood, but nothing panics, and what is understood can be
//! written and read again.

use dropbox_protocol::error::{ErrorReply, tag_path};
use dropbox_protocol::files::*;
use dropbox_protocol::sharing::{CreateSharedLinkWithSettingsError, SharedLinkMetadata};
use dropbox_protocol::users::FullAccount;
use serde::Serialize;
use serde::de::DeserializeOwned;

const ROUNDS: usize = 4000;

const SAMPLES: [&str; 8] = [
    r#"{"entries":[{".tag":"file","name":"a","id":"id:a","client_modified":"2011-07-20T22:04:50Z","server_modified":"2011-07-20T22:05:00Z","rev":"0123456789","size":7,"path_lower":"/a","media_info":{".tag":"metadata","metadata":{".tag":"video","duration":5}}},{".tag":"deleted","name":"b"}],"cursor":"c","has_more":true}"#,
    r#"{"name":"a","id":"id:a",".tag":"folder","sharing_info":{"read_only":false,"traverse_only":true}}"#,
    r#"{"error_summary":"path/conflict/..","error":{".tag":"path","reason":{".tag":"conflict","conflict":{".tag":"file"}},"upload_session_id":"s"}}"#,
    r#"{"path":"/a","mode":{".tag":"update","update":"0123456789"},"client_modified":"2011-07-20T22:04:50Z","mute":true}"#,
    r#"{"matches":[{"metadata":{".tag":"metadata","metadata":{".tag":"folder","name":"f","id":"i"}}}],"has_more":false}"#,
    r#"{".tag":"failure","failure":{".tag":"relocation_error","relocation_error":{".tag":"from_lookup","from_lookup":"not_found"}}}"#,
    r#"{"account_id":"x","name":{"given_name":"","surname":"","familiar_name":"","display_name":"","abbreviated_name":""},"email":"","email_verified":true,"disabled":false,"locale":"","referral_link":"","is_paired":false,"account_type":"basic","root_info":{".tag":"user","root_namespace_id":"1","home_namespace_id":"1"}}"#,
    r#"{".tag":"shared_link_already_exists","shared_link_already_exists":{".tag":"metadata","metadata":{".tag":"folder"}}}"#,
];

#[test]
fn damaged_json_never_panics() {
    let mut random = fastrand::Rng::with_seed(7);
    for round in 0..ROUNDS {
        let json = damage(SAMPLES[round % SAMPLES.len()], &mut random);
        survives::<ListFolderResult>(&json);
        survives::<Metadata>(&json);
        survives::<ErrorReply<UploadError>>(&json);
        survives::<UploadArg>(&json);
        survives::<SearchV2Result>(&json);
        survives::<RelocationBatchResultEntry>(&json);
        survives::<FullAccount>(&json);
        survives::<SharedLinkMetadata>(&json);
        survives::<CreateSharedLinkWithSettingsError>(&json);
        if let Ok(value) = serde_json::from_slice(&json) {
            assert!(tag_path(&value).len() <= 100);
        }
    }
}

fn survives<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(json: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(json) else { return };
    // What was read as an unknown member cannot be written.
    let Ok(written) = serde_json::to_vec(&value) else { return };
    assert_eq!(serde_json::from_slice::<T>(&written).unwrap(), value, "{}", String::from_utf8_lossy(json));
}

/// Cuts, overwrites, repeats, or exchanges some bytes.
fn damage(sample: &str, random: &mut fastrand::Rng) -> Vec<u8> {
    let mut bytes = sample.as_bytes().to_vec();
    for _ in 0..random.usize(0..4) {
        let at = random.usize(0..bytes.len());
        match random.u8(0..5) {
            0 => bytes.truncate(at.max(1)),
            1 => bytes[at] = random.u8(..),
            2 => {
                let piece = bytes[at..(at + random.usize(1..20)).min(bytes.len())].to_vec();
                let target = random.usize(0..bytes.len());
                bytes.splice(target..target, piece);
            }
            3 => {
                bytes.drain(at..(at + random.usize(1..10)).min(bytes.len()));
                bytes.push(b' ');
            }
            _ => bytes[at] = b"{}[]\",:0ntf."[random.usize(0..12)],
        }
    }
    bytes
}
