//! What the examples share: where the service is and how to be let in, from the environment.
//!
//! `COFFER_API_URL` points to another service, such as `coffer serve`; without it the examples talk to Dropbox.
//! `COFFER_TOKEN` is an access token.

use std::error::Error;

use dropbox_client::{BaseUrls, ClientOptions, DropboxClient, RestClient};

/// Anything that can go wrong in an example.
pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

pub fn rest_client() -> Outcome<RestClient> {
    let base_urls = match std::env::var("COFFER_API_URL") {
        Ok(url) => BaseUrls::all(&url)?,
        Err(_) => BaseUrls::dropbox(),
    };
    Ok(RestClient::new(base_urls)?)
}

// Each example is a program of its own and takes what it needs.
#[allow(dead_code)]
pub fn client() -> Outcome<DropboxClient> {
    let token = std::env::var("COFFER_TOKEN").map_err(|_| "set COFFER_TOKEN to an access token")?;
    let options = ClientOptions::default().with_rest_client(rest_client()?);
    Ok(DropboxClient::new(token, options)?)
}
