//! The seam for limits of speed: bodies and replies ask before they let bytes pass. Limits themselves are the business
//! of whoever has some.

use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// While bytes are held back, a sign of life is given so often.
const SIGN_OF_LIFE: Duration = Duration::from_secs(5);

/// Holds bytes back on their way. Asked for every piece, so it should be quick when there is nothing to hold back.
pub trait Pacer: Send + Sync {
    /// Whether anything is held back at present.
    fn is_limited(&self) -> bool;

    /// Returns when so many more bytes may pass.
    fn wait_for(&self, bytes: u64) -> BoxFuture<'_, ()>;
}

/// Returns when the bytes may pass. `alive` is called now and then meanwhile.
pub(super) async fn wait_with_heartbeat(pacer: Option<&Arc<dyn Pacer>>, bytes: usize, alive: impl Fn()) {
    if let Some(pacer) = pacer.filter(|pacer| pacer.is_limited()) {
        let mut permission = pacer.wait_for(bytes as u64);
        while timeout(SIGN_OF_LIFE, &mut permission).await.is_err() {
            alive();
        }
    }
}
