//! Shared links that are changed or removed while they are used.

use super::links::share;
use super::support::{Account, JsonBody as _, Reply};
use reqwest::Method;
use serde_json::{Value, json};

/// A page of a folder is no right to the next one.
#[tokio::test]
async fn a_listing_goes_on_only_while_its_link_is_open() {
    let account = Account::new().await;
    for name in ["a", "b", "c"] {
        account.put(&format!("/F/{name}.txt"), b"x").await;
    }
    let url = share(&account, "/F").await["url"].as_str().unwrap().to_owned();
    let by_app = async |route: &str, argument: Value| {
        let call =
            account.request(Method::POST, &format!("/2/files/{route}")).basic_auth("app", Some("secret"));
        Reply::read(call.json(&argument).send().await.unwrap()).await
    };
    let begin = async |password: Option<&str>| {
        let link = json!({"url": url, "password": password});
        let argument = json!({"path": "", "limit": 1, "shared_link": link});
        by_app("list_folder", argument).await.ok()["cursor"].clone()
    };
    let go_on = async |cursor: &Value| by_app("list_folder/continue", json!({"cursor": cursor})).await;
    let set = async |settings: Value| {
        let argument = json!({"url": url, "settings": settings});
        account.rpc("sharing/modify_shared_link_settings", argument).await.ok();
    };

    let open = begin(None).await;
    assert_eq!(go_on(&open).await.ok()["entries"][0]["name"], "b.txt");
    set(json!({"require_password": true, "link_password": "one"})).await;
    assert_eq!(go_on(&open).await.conflict(), "path/not_found");
    let shown = begin(Some("one")).await;
    assert_eq!(go_on(&shown).await.ok()["entries"][0]["name"], "b.txt");
    set(json!({"link_password": "two"})).await;
    assert_eq!(go_on(&shown).await.conflict(), "path/not_found");
    let owner = json!({"path": "", "limit": 1, "shared_link": {"url": url}});
    let owner = account.rpc("files/list_folder", owner).await.ok()["cursor"].clone();
    assert_eq!(go_on(&owner).await.conflict(), "path/not_found", "the owner has shown no password");
    let by_owner = account.rpc("files/list_folder/continue", json!({"cursor": owner})).await.ok();
    assert_eq!(by_owner["entries"][0]["name"], "b.txt");
    set(json!({"require_password": false})).await;
    let open = begin(None).await;
    set(json!({"audience": "no_one"})).await;
    assert_eq!(go_on(&open).await.conflict(), "path/not_found");
    set(json!({"audience": "public"})).await;

    // Something private stands where the shared folder was.
    account.rpc("files/move_v2", json!({"from_path": "/F", "to_path": "/Elsewhere"})).await.ok();
    account.put("/F/z.txt", b"private").await;
    assert_eq!(go_on(&open).await.conflict(), "path/not_found");
    let open = begin(None).await;
    account.rpc("sharing/revoke_shared_link", json!({"url": url})).await;
    assert_eq!(go_on(&open).await.conflict(), "path/not_found");
}

#[tokio::test]
async fn calls_that_change_a_link_at_the_same_time_undo_nothing_of_each_other() {
    let account = Account::new().await;
    for number in 0..20 {
        let path = format!("/{number}.txt");
        account.put(&path, b"x").await;
        let url = share(&account, &path).await["url"].as_str().unwrap().to_owned();
        let set = async |settings: Value| {
            let argument = json!({"url": url, "settings": settings});
            account.rpc("sharing/modify_shared_link_settings", argument).await
        };
        let (no_downloads, last_day) = tokio::join!(
            set(json!({"allow_download": false})),
            set(json!({"expires": "2099-01-01T00:00:00Z"}))
        );
        assert_eq!((no_downloads.status, last_day.status), (200, 200));
        let link = account.rpc("sharing/get_shared_link_metadata", json!({"url": url})).await.ok();
        assert_eq!(link["link_permissions"]["allow_download"], false);
        assert_eq!(link["expires"], "2099-01-01T00:00:00Z");
        let (_, removed) = tokio::join!(
            set(json!({"allow_download": true})),
            account.rpc("sharing/revoke_shared_link", json!({"url": url}))
        );
        assert_eq!(removed.status, 200);
        let gone = account.rpc("sharing/get_shared_link_metadata", json!({"url": url})).await;
        assert_eq!(gone.conflict(), "shared_link_not_found");
    }
}
