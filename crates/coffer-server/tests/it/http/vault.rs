//! The folder of an account: who may read it, and what happens when its database is lost.

use super::support::{Account, TOKEN};
use coffer_server::store::copies;
use coffer_server::store::error::StoreError;
use coffer_server::{Server, ServerConfig};
use serde_json::json;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

/// No file at all.
const NOTHING: [PathBuf; 0] = [];

/// A way to lose a database.
type Loss = (&'static str, fn(&Path));

/// What is in a vault and can be used by group or others.
fn open_to_others(vault: &Path) -> Vec<PathBuf> {
    let items = fs::read_dir(vault).unwrap().map(|item| item.unwrap());
    items
        .filter(|item| item.metadata().unwrap().permissions().mode() & 0o077 != 0)
        .map(|item| item.path())
        .collect()
}

/// Ends the server, and starts another one over the same vault.
async fn restarted(account: Account) -> Account {
    let Account { server, http, vault } = account;
    server.shutdown().await;
    Account { server: Server::start(config(&server_folder(&vault))).await.unwrap(), http, vault }
}

fn config(vault: &Path) -> ServerConfig {
    let mut config = ServerConfig::new(vault);
    config.token = Some(TOKEN.to_owned());
    config
}

fn server_folder(vault: &tempfile::TempDir) -> PathBuf {
    vault.path().join("vault")
}

/// A start copies what was changed before it.
async fn wait_for_copy(vault: &Path) {
    let is_copied = || {
        fs::read_dir(vault.join("copies")).is_ok_and(|copies| {
            copies.flatten().any(|copy| copy.path().extension().is_some_and(|ending| ending == "sqlite"))
        })
    };
    while !is_copied() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn what_is_in_a_vault_is_closed_to_others_whatever_its_folder_is() {
    let account = Account::with(|config| {
        fs::create_dir(&config.dir).unwrap();
        fs::set_permissions(&config.dir, Permissions::from_mode(0o755)).unwrap();
    })
    .await;
    let vault = server_folder(&account.vault);
    account.put("/a.txt", b"text").await;
    let session = account.upload("files/upload_session/start", json!({}), "bytes").await.ok();
    assert!(session["session_id"].is_string());
    assert_eq!(open_to_others(&vault), NOTHING);
    // The folder itself may hold other things, so it stays as it is.
    assert_eq!(fs::metadata(&vault).unwrap().permissions().mode() & 0o777, 0o755);

    // One that an older version made.
    for item in fs::read_dir(&vault).unwrap() {
        let path = item.unwrap().path();
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }
    let account = restarted(account).await;
    assert_eq!(account.get("/a.txt").await, b"text");
    assert_eq!(open_to_others(&vault), NOTHING);

    let new = Account::new().await;
    assert_eq!(fs::metadata(server_folder(&new.vault)).unwrap().permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn a_lost_database_is_told_and_its_copy_restored() {
    let account = Account::new().await;
    let vault = server_folder(&account.vault);
    account.put("/kept.txt", b"kept").await;
    let mut account = restarted(account).await;
    wait_for_copy(&vault).await;
    assert_eq!(open_to_others(&vault.join("copies")), NOTHING);
    account.put("/later.txt", b"later").await;
    let database = vault.join("vault.sqlite");
    let losses: [Loss; 3] = [
        ("missing", |database| fs::remove_file(database).unwrap()),
        ("empty", |database| fs::write(database, b"").unwrap()),
        ("garbage", |database| fs::write(database, [7; 10_000]).unwrap()),
    ];
    for (name, lose) in losses {
        account.server.shutdown().await;
        assert!(matches!(copies::restore(&vault), Err(StoreError::NothingToRepair(_))), "{name}");
        lose(&database);
        for _ in 0..2 {
            // Nothing is begun anew, however often one tries.
            let error = Server::start(config(&vault)).await.unwrap_err().to_string();
            assert!(
                error.contains("Nothing was changed") && error.contains("coffer repair"),
                "{name}: {error}"
            );
        }
        let restored = copies::restore(&vault).unwrap();
        assert_eq!(restored.unnamed_contents, 1, "{name}: “later.txt” is not in the copy");
        assert_eq!(restored.kept_aside.is_some(), name == "garbage", "{name}");
        account = Account { server: Server::start(config(&vault)).await.unwrap(), ..account };
        assert_eq!(account.get("/kept.txt").await, b"kept", "{name}");
        assert_eq!(open_to_others(&vault), NOTHING, "{name}");
    }
    account.put("/new.txt", b"new").await;
}

/// Programs know what came after the copy was made, by its revisions and by their cursors.
#[tokio::test]
async fn nothing_of_a_lost_database_is_taken_for_what_comes_after_its_copy() {
    let account = Account::new().await;
    let vault = server_folder(&account.vault);
    account.put("/kept.txt", b"kept").await;
    let (_, copied) = account.list(json!({"path": "", "recursive": true})).await;
    let account = restarted(account).await;
    wait_for_copy(&vault).await;
    let lost = account.put("/lost.txt", b"lost").await;
    let (_, cursor) = account.list(json!({"path": "", "recursive": true})).await;
    account.server.shutdown().await;
    fs::remove_file(vault.join("vault.sqlite")).unwrap();
    copies::restore(&vault).unwrap();

    let account = Account { server: Server::start(config(&vault)).await.unwrap(), ..account };
    let new = account.put("/new.txt", b"new").await;
    assert!(new["rev"].as_str() > lost["rev"].as_str(), "{new} {lost}");
    let lost =
        account.rpc("files/get_metadata", json!({"path": format!("rev:{}", lost["rev"].as_str().unwrap())}));
    assert_eq!(lost.await.conflict(), "path/not_found");
    for cursor in [copied, cursor] {
        let reply = account.rpc("files/list_folder/continue", json!({"cursor": cursor})).await;
        assert_eq!(reply.conflict(), "reset");
    }
    let (paths, cursor) = account.list(json!({"path": "", "recursive": true})).await;
    assert_eq!(paths, ["/kept.txt", "/new.txt"]);
    let account = restarted(account).await;
    account.put("/later.txt", b"later").await;
    assert_eq!(account.changes(&cursor).await.0, ["/later.txt"]);

    // Also where one copy is restored twice.
    let once = account.put("/once.txt", b"once").await;
    account.server.shutdown().await;
    fs::remove_file(vault.join("vault.sqlite")).unwrap();
    copies::restore(&vault).unwrap();
    let account = Account { server: Server::start(config(&vault)).await.unwrap(), ..account };
    for name in ["/1.txt", "/2.txt", "/3.txt"] {
        assert_ne!(account.put(name, name.as_bytes()).await["rev"], once["rev"]);
    }
}

#[tokio::test]
async fn without_a_copy_there_is_nothing_to_restore_and_nothing_is_touched() {
    let account = Account::new().await;
    let vault = server_folder(&account.vault);
    account.put("/a.txt", b"text").await;
    account.server.shutdown().await;
    let database = vault.join("vault.sqlite");
    fs::write(&database, b"").unwrap();
    assert!(matches!(copies::restore(&vault), Err(StoreError::NoCopy(_))));
    assert_eq!(fs::read(&database).unwrap(), b"");
    assert!(!vault.join("damaged-1").exists());
}
