//! Each new connection to the server of another program is used only after that server has proved anew who it is.

use coffer_testing::house::House;
use coffer_worker::{ServerEndpoint, ServerProof};
use dropbox_client::{ApiError, RestClient};
use std::io::Read as _;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// An endpoint whose server proves who it is if `good`, and how often it was asked to.
fn endpoint(url: String, good: bool) -> (ServerEndpoint, Arc<AtomicUsize>) {
    let asked: Arc<AtomicUsize> = Arc::default();
    let count = Arc::clone(&asked);
    let proof = ServerProof(Arc::new(move || {
        count.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move { good })
    }));
    (ServerEndpoint { proof: Some(proof), ..ServerEndpoint::new(url, "the token".to_owned()) }, asked)
}

async fn call(rest: &RestClient, endpoint: &ServerEndpoint) -> Result<(), ApiError> {
    let request = rest.get(&format!("{}/coffer/grants", endpoint.url))?;
    request.header("Authorization", &format!("Bearer {}", endpoint.token))?.json().await.map(|_| ())
}

#[tokio::test]
async fn a_stranger_that_listens_at_the_address_gets_a_connection_and_not_a_byte() {
    let stranger = TcpListener::bind("127.0.0.1:0").unwrap();
    let (endpoint, asked) = endpoint(format!("http://{}", stranger.local_addr().unwrap()), false);
    let rest = endpoint.rest_client().unwrap();
    let error = call(&rest, &endpoint).await.unwrap_err();
    assert!(matches!(error, ApiError::Socket(_)), "it is worth a retry: {error:?}");
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    // The client has closed it, so it can be read to its end.
    let mut received = Vec::new();
    stranger.accept().unwrap().0.read_to_end(&mut received).unwrap();
    assert_eq!(String::from_utf8_lossy(&received), "");
}

#[test]
fn a_server_is_asked_for_its_proof_once_for_each_connection() {
    let house = House::closed(|_| {}, false);
    let (mut endpoint, asked) = endpoint(house.server.url(), true);
    endpoint.token = house.server.token();
    let rest = endpoint.rest_client().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(call(&rest, &endpoint)).unwrap();
    runtime.block_on(call(&rest, &endpoint)).unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 1, "the connection was used again");
    runtime.block_on(call(&endpoint.rest_client().unwrap(), &endpoint)).unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}
