//! Signing in where no browser can be redirected to: a page shows a code, and the person pastes it.
//!
//! `APP_KEY=… cargo run --example sign_in_by_code`

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
#![allow(clippy::print_stdout)]

mod common;

use std::io::Write;

use common::{Outcome, rest_client};
use dropbox_client::{
    AppRegistration, ClientOptions, DropboxClient, DropboxOAuth2FlowNoRedirect, FlowOptions,
};

#[tokio::main]
async fn main() -> Outcome {
    let app = AppRegistration::public(std::env::var("APP_KEY").map_err(|_| "set APP_KEY to your app's key")?);
    let rest_client = rest_client()?;
    let options = FlowOptions::default().with_rest_client(rest_client.clone());
    let mut flow = DropboxOAuth2FlowNoRedirect::new(app.clone(), options)?;

    println!("1. Go to {}", flow.start()?);
    println!("2. Click \"Allow\".");
    print!("3. Paste the code here: ");
    std::io::stdout().flush()?;
    let code = tokio::task::spawn_blocking(|| std::io::stdin().lines().next()).await?.ok_or("no code")??;
    let authorization = flow.finish(&code).await?;

    // With the app and a refresh token the client renews its access token by itself, and says so here.
    let client = DropboxClient::new(
        authorization.tokens,
        ClientOptions::default()
            .with_rest_client(rest_client)
            .with_app(app)
            .with_token_keeper(|_| println!("(the access token has been renewed)")),
    )?;
    let info = client.account_info().await?;
    println!("Hello, {}: {} bytes in use.", info.display_name(), info.used());
    Ok(())
}
