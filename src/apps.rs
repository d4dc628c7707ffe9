//! `coffer apps`: what apps have been allowed in a local account, and the end of that.

use super::announce::Owner;
use super::local_server::LocalServerRuntime;
use super::options::AppsArgs;
use anyhow::{Context as _, Result, bail, ensure};
use coffer_stdx::terminal::printable;
use coffer_worker::ServerEndpoint;
use dropbox_client::http::Method;
use dropbox_client::{ApiError, RestClient, RestRequest};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

/// One app, as the server tells it.
#[derive(Serialize, Deserialize)]
struct AppGrant {
    id: i64,
    client_id: String,
    scopes: String,
    /// Seconds since 1970.
    created: i64,
    /// The same; absent if the access lasts until it is revoked.
    expires: Option<i64>,
}

/// Asks the program that has the account open, or opens it.
pub(crate) fn run(options: &AppsArgs, vault: PathBuf) -> Result<()> {
    ensure!(vault.join("vault.sqlite").exists(), "there is no local account in {}", vault.display());
    let local_server = LocalServerRuntime::new(vault, Owner::Command)?;
    let outcome = local_server.run(async {
        let endpoint = (local_server.endpoint())().await;
        let owner = OwnerClient::new(
            endpoint.map_err(|problem| anyhow::anyhow!("{}. {}", problem.title, problem.detail))?,
        )?;
        if options.passcode {
            owner.print_passcode(options.json).await
        } else {
            owner.print_apps(options).await
        }
    });
    local_server.shutdown();
    outcome
}

/// Calls what the server offers its owner alone.
struct OwnerClient {
    rest: RestClient,
    endpoint: ServerEndpoint,
}

impl OwnerClient {
    fn new(endpoint: ServerEndpoint) -> Result<Self> {
        Ok(Self { rest: endpoint.rest_client()?, endpoint })
    }

    fn request(&self, method: Method, path: &str) -> Result<RestRequest, ApiError> {
        let request = self.rest.request(method, &format!("{}/coffer/{path}", self.endpoint.url))?;
        request.header("Authorization", &format!("Bearer {}", self.endpoint.token))
    }

    async fn print_passcode(&self, as_json: bool) -> Result<()> {
        let reply = self.request(Method::GET, "passcode")?.json().await?;
        let Some(passcode) = reply["passcode"].as_str() else {
            bail!("no “coffer serve” is running for this account, so no app can sign in");
        };
        print(&if as_json { json!({ "passcode": passcode }).to_string() } else { passcode.to_owned() })
    }

    async fn print_apps(&self, options: &AppsArgs) -> Result<()> {
        for id in &options.revoke {
            let revoked = self.request(Method::DELETE, &format!("grants/{id}"))?.json().await;
            if revoked.as_ref().is_err_and(|error| error.status() == Some(404)) {
                bail!("there is no app with the number {id}");
            }
            revoked?;
        }
        let grants: Vec<AppGrant> =
            serde_json::from_value(self.request(Method::GET, "grants")?.json().await?)
                .context("the list of apps was not understood")?;
        if options.json {
            return print(&serde_json::to_string_pretty(
                &json!({ "apps": grants, "revoked": options.revoke }),
            )?);
        }
        let mut lines = String::new();
        for grant in &grants {
            let until = match grant.expires {
                Some(expires) => format!("until {}", date(expires)),
                None => "until it is revoked".to_owned(),
            };
            writeln!(
                lines,
                "{}  {}  since {}, {until}",
                grant.id,
                printable(&grant.client_id),
                date(grant.created)
            )?;
            writeln!(lines, "   {}", printable(&grant.scopes))?;
        }
        if grants.is_empty() {
            lines.push_str("No app may use this account.");
        }
        print(lines.trim_end())
    }
}

fn date(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds).unwrap_or_default();
    time.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

fn print(text: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{text}")?)
}
