//! How the local account does with very many files: listing a folder of 100 in an account of 1,000 and in
//! one of 1,000,000, and reading the whole of the large one. Ratios count, not seconds.
//!
//! `cargo bench --bench account`, or with `-- 100000` for a smaller large account.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
// A benchmark that cannot run has nothing to say.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use coffer_server::{Server, ServerConfig};
use common::{FOLDER, fill_vault};
use std::time::{Duration, Instant};

#[tokio::main]
async fn main() {
    let wanted = std::env::args().find_map(|argument| argument.parse().ok());
    let large = wanted.unwrap_or(1_000_000);
    let small = measure(1_000).await;
    let big = measure(large).await;
    println!(
        "listing a folder of {FOLDER}: {:?} with 1,000 files, {:?} with {large}",
        small.listing, big.listing
    );
    println!("  ratio {:.2} (at most 1.5)", big.listing.as_secs_f64() / small.listing.as_secs_f64());
    println!("reading all: {:?} with 1,000 files, {:?} with {large}", small.whole, big.whole);
    let each = |whole: Duration, files: usize| whole.as_secs_f64() / files as f64;
    println!("  ratio a file {:.2}", each(big.whole, large) / each(small.whole, 1_000));
}

struct Measured {
    listing: Duration,
    whole: Duration,
}

async fn measure(files: usize) -> Measured {
    let vault = tempfile::tempdir().unwrap();
    let started = Instant::now();
    fill_vault(vault.path(), files).await;
    println!("{files} files written in {:?}", started.elapsed());
    let server = Server::start(ServerConfig::new(vault.path())).await.unwrap();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let call = async |route: &str, argument: String| {
        let call = http.post(format!("{}/2/files/{route}", server.url())).bearer_auth(server.token());
        let reply = call.header("Content-Type", "application/json").body(argument).send().await.unwrap();
        reply.text().await.unwrap()
    };
    let folder = files / FOLDER / 2;
    let argument = format!("{{\"path\": \"/folder {folder}\"}}");
    // The best of many: everything else on the machine only makes it slower.
    let mut listing = Duration::MAX;
    for _ in 0..300 {
        let started = Instant::now();
        let page = call("list_folder", argument.clone()).await;
        listing = listing.min(started.elapsed());
        assert_eq!(page.matches("\"rev\"").count(), FOLDER);
    }
    let started = Instant::now();
    let mut page = call("list_folder", "{\"path\": \"\", \"recursive\": true}".to_owned()).await;
    let mut seen = page.matches("\"rev\"").count();
    while page.ends_with("\"has_more\":true}") {
        let cursor = page.split("\"cursor\":\"").nth(1).unwrap().split('"').next().unwrap();
        page = call("list_folder/continue", format!("{{\"cursor\": \"{cursor}\"}}")).await;
        seen += page.matches("\"rev\"").count();
    }
    let whole = started.elapsed();
    assert_eq!(seen, files);
    server.shutdown().await;
    Measured { listing, whole }
}
