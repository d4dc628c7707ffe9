//! Where the service lives: one address for each role (reference §2.1).

use url::{Host as UrlHost, Url};

use super::ApiError;
use dropbox_protocol::Host;

/// The addresses of a service. Plain http is taken for loopback hosts only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrls {
    api: Url,
    content: Url,
    notify: Url,
    www: Url,
}

impl BaseUrls {
    /// Dropbox itself.
    pub fn dropbox() -> Self {
        let url = |host: &str| Url::parse(&format!("https://{host}/"));
        // These addresses are constants; a test parses them.
        #[allow(clippy::expect_used)]
        Self {
            api: url("api.dropboxapi.com").expect("a constant"),
            content: url("content.dropboxapi.com").expect("a constant"),
            notify: url("notify.dropboxapi.com").expect("a constant"),
            www: url("www.dropbox.com").expect("a constant"),
        }
    }

    /// One address for all roles, as the local account has.
    pub fn all(url: &str) -> Result<Self, ApiError> {
        Self::new(url, url, url, url)
    }

    pub fn new(api: &str, content: &str, notify: &str, www: &str) -> Result<Self, ApiError> {
        Ok(Self { api: base(api)?, content: base(content)?, notify: base(notify)?, www: base(www)? })
    }

    /// The address of a route, such as `files/list_folder`.
    pub(super) fn route(&self, host: Host, route: &str) -> Url {
        let base = match host {
            Host::Api => &self.api,
            Host::Content => &self.content,
            Host::Notify => &self.notify,
        };
        with_path(base, &format!("/2/{route}"))
    }

    /// An address on the api host outside of the routes, such as the token endpoint.
    pub(super) fn on_api(&self, path: &str) -> Url {
        with_path(&self.api, path)
    }

    /// An address for the browser.
    pub(super) fn on_www(&self, path: &str) -> Url {
        with_path(&self.www, path)
    }

    /// Whether any of them is called over TLS.
    pub(super) fn use_tls(&self) -> bool {
        [&self.api, &self.content, &self.notify, &self.www].into_iter().any(|url| url.scheme() == "https")
    }

    /// Whether everything is on this machine, so that a proxy would only be in the way.
    pub(super) fn are_loopback(&self) -> bool {
        [&self.api, &self.content, &self.notify, &self.www].into_iter().all(is_loopback)
    }
}

impl Default for BaseUrls {
    fn default() -> Self {
        Self::dropbox()
    }
}

/// Parses an address and refuses what would send a token in the clear.
pub(super) fn parse(url: &str) -> Result<Url, ApiError> {
    let invalid = |why: &str| ApiError::InvalidArgument(format!("{url:?} is no address to call: {why}"));
    let parsed = Url::parse(url).map_err(|error| invalid(&error.to_string()))?;
    match parsed.scheme() {
        "https" if parsed.host().is_some() => Ok(parsed),
        "http" if is_loopback(&parsed) => Ok(parsed),
        "http" => Err(invalid("http is for this machine only, use https")),
        _ => Err(invalid("it is not https")),
    }
}

fn base(url: &str) -> Result<Url, ApiError> {
    let mut parsed = parse(url)?;
    parsed.set_query(None);
    parsed.set_fragment(None);
    Ok(parsed)
}

fn with_path(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    url
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(UrlHost::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(UrlHost::Ipv4(address)) => address.is_loopback(),
        Some(UrlHost::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dropbox_has_a_host_for_each_role() {
        let urls = BaseUrls::dropbox();
        for (host, url) in [
            (Host::Api, "https://api.dropboxapi.com/2/files/x"),
            (Host::Content, "https://content.dropboxapi.com/2/files/x"),
            (Host::Notify, "https://notify.dropboxapi.com/2/files/x"),
        ] {
            assert_eq!(urls.route(host, "files/x").as_str(), url);
        }
        assert_eq!(urls.on_www("/oauth2/authorize").as_str(), "https://www.dropbox.com/oauth2/authorize");
        assert!(!urls.are_loopback());
    }

    #[test]
    fn plain_http_is_for_loopback_only() {
        for url in
            ["http://127.0.0.1:8080", "http://[::1]:1/", "http://localhost/prefix/", "https://example.com"]
        {
            assert!(BaseUrls::all(url).is_ok(), "{url}");
        }
        for url in [
            "http://example.com",
            "http://127.0.0.1.example.com",
            "ftp://localhost",
            "localhost:80",
            "",
            "file:///x",
        ] {
            assert!(BaseUrls::all(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_prefix_is_kept() {
        let urls = BaseUrls::all("http://localhost:1/p/").unwrap();
        assert_eq!(urls.on_api("/oauth2/token").as_str(), "http://localhost:1/p/oauth2/token");
    }
}
