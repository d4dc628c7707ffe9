//! The client over TLS: the same account behind an end point that decrypts, with certificates made for the test.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use dropbox_client::{
    ApiError, BaseUrls, ClientOptions, DropboxClient, MetadataOptions, PutOptions, RestClient,
    RestSocketError, SocketErrorKind,
};
use rcgen::{BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use super::support::Account;

/// Somebody who vouches for certificates.
struct Authority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Self { certificate: params.self_signed(&key).unwrap(), issuer: Issuer::new(params, key) }
    }

    /// What an end point needs to show itself under this name until the end of a year.
    fn vouch_for(&self, name: &str, last_year: i32) -> rustls::ServerConfig {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(last_year, 12, 31);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        rustls::ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .unwrap()
    }

    /// A client that believes this authority and nobody else.
    fn believer(&self, url: &str, token: &str) -> DropboxClient {
        let root = reqwest::Certificate::from_der(self.certificate.der()).unwrap();
        let http = RestClient::http_builder().no_proxy().tls_certs_only([root]).build().unwrap();
        let rest_client = RestClient::with_http(http, BaseUrls::all(url).unwrap());
        DropboxClient::new(token, ClientOptions::default().with_rest_client(rest_client)).unwrap()
    }
}

/// Decrypts what comes and hands it on to an account.
struct EndPoint {
    url: String,
    /// Conversations that came about, and so reached the account.
    conversations: Arc<AtomicUsize>,
    /// The protocol that was agreed upon in each.
    protocols: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Drop for EndPoint {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl EndPoint {
    async fn before(account: &Account, mut config: rustls::ServerConfig, protocols: &[&str]) -> Self {
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let (conversations, agreed) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let behind = account.server().address();
        let (counter, list) = (Arc::clone(&conversations), Arc::clone(&agreed));
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                // A client that does not believe the certificate hangs up here.
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let protocol = stream.get_ref().1.alpn_protocol().unwrap_or_default();
                list.lock().unwrap().push(String::from_utf8_lossy(protocol).into_owned());
                counter.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    let mut account = TcpStream::connect(behind).await.unwrap();
                    // Either side may end without a farewell.
                    let _ = tokio::io::copy_bidirectional(&mut stream, &mut account).await;
                });
            }
        });
        Self { url, conversations, protocols: agreed, task }
    }
}

fn socket_error(error: ApiError) -> RestSocketError {
    match error {
        ApiError::Socket(error) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn everything_works_through_tls_with_either_version_of_http() {
    // Rows: global.ssl, DropboxClient.rest_client
    let account = Account::with(|_| {}).await;
    let authority = Authority::new("a friend");
    for protocol in ["h2", "http/1.1"] {
        let end_point = EndPoint::before(&account, authority.vouch_for("127.0.0.1", 2100), &[protocol]).await;
        let client = authority.believer(&end_point.url, &account.server().token());
        let path = format!("/{}.bin", protocol.replace('/', " "));
        let content = vec![7; 3_000_000];
        let written = client.put_file(&path, content.clone(), &PutOptions::default()).await.unwrap();
        assert_eq!(client.metadata(&path, &MetadataOptions::default()).await.unwrap(), written);
        let mut response = client.get_file(&path, None).await.unwrap();
        assert_eq!(response.read(None).await.unwrap(), content, "{protocol}");
        let refused = client.get_file("/none", None).await.unwrap_err();
        assert_eq!(refused.tags(), ["path", "not_found"]);
        assert!(end_point.protocols.lock().unwrap().iter().all(|agreed| agreed == protocol));
        assert!(end_point.conversations.load(Ordering::SeqCst) > 0);
    }
}

#[tokio::test]
async fn a_certificate_that_proves_nothing_ends_the_call_before_anything_is_said() {
    // Rows: global.ssl, RESTSocketError
    let account = Account::with(|_| {}).await;
    let authority = Authority::new("a friend");
    for (config, why) in [
        (Authority::new("a stranger").vouch_for("127.0.0.1", 2100), "UnknownIssuer"),
        (authority.vouch_for("elsewhere.example", 2100), "elsewhere.example"),
        (authority.vouch_for("127.0.0.1", 2021), "expired"),
    ] {
        let end_point = EndPoint::before(&account, config, &["h2", "http/1.1"]).await;
        let client = authority.believer(&end_point.url, "a-token-not-for-strangers");
        let error = socket_error(client.account_info().await.unwrap_err());
        assert_eq!((error.kind, error.may_have_arrived), (SocketErrorKind::Connect, false));
        let message = error.to_string();
        assert!(message.starts_with("could not connect to 127.0.0.1: invalid peer certificate"), "{message}");
        assert!(message.contains(why), "{message}");
        assert_eq!(end_point.conversations.load(Ordering::SeqCst), 0);
    }
}

#[tokio::test]
async fn a_service_that_does_not_speak_tls_is_not_spoken_to() {
    // Row: global.ssl
    let account = Account::with(|_| {}).await;
    let url = account.server().url().replace("http://", "https://");
    let client = Authority::new("a friend").believer(&url, "a-token-not-for-strangers");
    let error = socket_error(client.account_info().await.unwrap_err());
    assert_eq!((error.kind, error.may_have_arrived), (SocketErrorKind::Connect, false), "{error}");
}
