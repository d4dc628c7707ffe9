//! Uploading a long file so that nothing is sent twice, whatever happens on the way.
//!
//! `COFFER_TOKEN=… cargo run --example upload_in_chunks -- film.mkv /film.mkv`
//!
//! Failures are waited out a few times. Should the program end before the upload does, it can be run again with what
//! it has printed: `… -- film.mkv /film.mkv UPLOAD-ID OFFSET`.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
#![allow(clippy::print_stdout)]

mod common;

use std::time::Duration;

use common::{Outcome, client};
use dropbox_client::{ApiError, ChunkedUploader, PutOptions};
use tokio::fs::File;

const ATTEMPTS: u32 = 5;

#[tokio::main]
async fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (local_path, remote_path, earlier) = match arguments.as_slice() {
        [local_path, remote_path] => (local_path, remote_path, None),
        [local_path, remote_path, upload_id, offset] => {
            (local_path, remote_path, Some((upload_id.clone(), offset.parse::<u64>()?)))
        }
        _ => return Err("usage: upload_in_chunks FILE PATH [UPLOAD-ID OFFSET]".into()),
    };

    let file = File::open(local_path).await?;
    let length = file.metadata().await?.len();
    let client = client()?;
    let mut uploader = match earlier {
        Some((upload_id, offset)) => {
            ChunkedUploader::resume_from_start(client, file, Some(length), upload_id, offset).await?
        }
        None => client.get_chunked_uploader(file, length),
    };

    let mut failures = 0;
    while !uploader.is_complete() {
        match uploader.upload_next(None).await {
            Ok(_) => {
                failures = 0;
                let upload_id = uploader.upload_id().unwrap_or_default();
                println!("{} of {length} bytes (upload {upload_id})", uploader.offset());
            }
            Err(error) if worth_another_try(&error) && failures < ATTEMPTS => {
                failures += 1;
                let wait = error.retry_after().unwrap_or(1 << failures);
                println!("{error}; again in {wait} s");
                tokio::time::sleep(Duration::from_secs(wait)).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
    let metadata = uploader.finish(remote_path, &PutOptions::default()).await?;
    println!("{} is there: {}", metadata.path, metadata.size());
    Ok(())
}

/// The uploader can always go on; the question is whether the service will be in a better mood.
fn worth_another_try(error: &ApiError) -> bool {
    match error {
        ApiError::Socket(_) => true,
        ApiError::Response(response) => response.status == 429 || response.status >= 500,
        _ => false,
    }
}
