//! Shared links, temporary links, upload links, archives.

use super::support::{Account, JsonBody as _, Reply, TOKEN};
use coffer_server::clock::Clock;
use dropbox_protocol::content_hash;
use dropbox_protocol::users::AccountType;
use reqwest::{Client, Method, redirect};
use serde_json::{Value, json};

pub async fn share(account: &Account, path: &str) -> Value {
    account.rpc("sharing/create_shared_link_with_settings", json!({"path": path})).await.ok()
}

/// What a browser without any token sees.
async fn browse(url: &str) -> Reply {
    let browser = Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap();
    Reply::read(browser.get(url).send().await.unwrap()).await
}

#[tokio::test]
async fn a_shared_file_opens_in_a_browser_until_the_link_is_ended() {
    let account = Account::new().await;
    account.put("/docs/<b>& ünï.txt", b"some <i>text</i>").await;
    let link = share(&account, "/docs/<b>& ünï.txt").await;
    assert_eq!(link[".tag"], "file");
    let url = link["url"].as_str().unwrap();
    assert!(url.contains("/scl/fi/") && url.contains("rlkey=") && url.ends_with("dl=0"), "{url}");

    let page = browse(url).await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(
        page.text().contains("&lt;b&gt;&amp; ünï.txt")
            && page.text().contains("some &lt;i&gt;text&lt;/i&gt;")
    );
    let download = browse(&url.replace("dl=0", "dl=1")).await;
    assert_eq!(download.body, b"some <i>text</i>");
    assert!(download.header("content-disposition").starts_with("attachment;"));
    let raw = browse(&url.replace("dl=0", "raw=1")).await;
    assert_eq!(raw.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(raw.header("content-security-policy"), "sandbox");
    assert_eq!(browse(&url.replace("rlkey=", "rlkey=x")).await.status, 404);

    // The link goes with the file.
    account
        .rpc("files/move_v2", json!({"from_path": "/docs/<b>& ünï.txt", "to_path": "/moved.txt"}))
        .await
        .ok();
    assert_eq!(browse(url).await.status, 200);
    let metadata = account.rpc("sharing/get_shared_link_metadata", json!({"url": url})).await.ok();
    assert_eq!(metadata["path_lower"], "/moved.txt");
    let file = account.download("sharing/get_shared_link_file", json!({"url": url})).await;
    assert_eq!(
        (file.body.as_slice(), file.result()[".tag"].clone()),
        (&b"some <i>text</i>"[..], json!("file"))
    );

    assert_eq!(account.rpc("sharing/revoke_shared_link", json!({"url": url})).await.text(), "null");
    assert_eq!(browse(url).await.status, 404);
    let gone = account.rpc("sharing/revoke_shared_link", json!({"url": url})).await;
    assert_eq!(gone.conflict(), "shared_link_not_found");
    let malformed = account.rpc("sharing/revoke_shared_link", json!({"url": "nonsense"})).await;
    assert_eq!(malformed.conflict(), "shared_link_malformed");
}

#[tokio::test]
async fn a_second_link_to_the_same_item_is_the_first() {
    let account = Account::new().await;
    account.put("/dir/a.txt", b"x").await;
    let link = share(&account, "/dir/a.txt").await;
    let again = account.rpc("sharing/create_shared_link_with_settings", json!({"path": "/dir/a.txt"})).await;
    let known = again.json()["error"]["shared_link_already_exists"]["metadata"].clone();
    assert_eq!(again.conflict(), "shared_link_already_exists/metadata");
    assert_eq!(known["url"], link["url"]);
    assert_eq!(known[".tag"], "file");
    let folder = share(&account, "/dir").await;
    let both = account.rpc("sharing/list_shared_links", json!({"path": "/dir/a.txt"})).await.ok();
    assert_eq!(both["links"].as_array().unwrap().len(), 2);
    let direct = json!({"path": "/dir/a.txt", "direct_only": true});
    let direct = account.rpc("sharing/list_shared_links", direct).await.ok();
    assert_eq!(direct["links"].as_array().unwrap().len(), 1);
    let all = account.rpc("sharing/list_shared_links", json!({})).await.ok();
    assert_eq!((all["links"].as_array().unwrap().len(), &all["has_more"]), (2, &json!(false)));
    let missing = account.rpc("sharing/create_shared_link_with_settings", json!({"path": "/no"})).await;
    assert_eq!(missing.conflict(), "path/not_found");
    assert_eq!(folder[".tag"], "folder");
}

#[tokio::test]
async fn a_shared_folder_is_listed_read_and_downloaded_as_a_whole() {
    let account = Account::new().await;
    account.put("/F/sub/a.txt", b"aaa").await;
    account.put("/F/b & c.txt", b"bbbb").await;
    account.put("/outside.txt", b"secret").await;
    let link = share(&account, "/F").await;
    let url = link["url"].as_str().unwrap();
    let page = browse(url).await;
    assert!(page.text().contains("b &amp; c.txt") && page.text().contains(">sub/</a>"));
    let below = url.replace("/F?", "/F/sub/a.txt?");
    assert!(browse(&below).await.text().contains("aaa"));
    assert_eq!(browse(&url.replace("/F?", "/F/nothing.txt?")).await.status, 404);
    let out = account
        .download("sharing/get_shared_link_file", json!({"url": url, "path": "/../outside.txt"}))
        .await;
    assert_eq!(out.conflict(), "shared_link_not_found");

    let listed =
        account.rpc("files/list_folder", json!({"path": "", "shared_link": {"url": url}})).await.ok();
    let names: Vec<&str> =
        listed["entries"].as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["b & c.txt", "sub"]);
    assert!(listed["entries"][0].get("path_lower").is_none());
    let argument = json!({"url": url, "path": "/sub/a.txt"});
    let file = account.download("sharing/get_shared_link_file", argument.clone()).await;
    assert_eq!(file.body, b"aaa");
    let whole = account.download("sharing/get_shared_link_file", json!({"url": url})).await;
    assert_eq!(whole.conflict(), "shared_link_is_directory");

    // An app without a person may look, and learns nothing about where things are kept.
    let call = account
        .request(Method::POST, "/2/sharing/get_shared_link_metadata")
        .basic_auth("app", Some("secret"))
        .header("Content-Type", "application/json")
        .body(argument.to_string());
    let metadata = Reply::read(call.send().await.unwrap()).await.ok();
    assert!(metadata.get("path_lower").is_none());
    assert_eq!(metadata["link_permissions"]["can_revoke"], false);

    for archive in [
        browse(&url.replace("dl=0", "dl=1")).await,
        account.download("files/download_zip", json!({"path": "/f"})).await,
    ] {
        assert_eq!(archive.status, 200);
        assert_eq!(archive.header("content-length"), archive.body.len().to_string());
        let text = archive.text();
        assert!(text.starts_with("PK") && text.contains("F/sub/a.txt") && text.contains("bbbb"));
        assert!(!text.contains("secret"));
    }
    assert_eq!(
        account.download("files/download_zip", json!({"path": "/outside.txt"})).await.conflict(),
        "path/not_folder"
    );
}

#[tokio::test]
async fn links_with_a_password_or_an_end_keep_others_out() {
    let clock = Clock::new();
    let account = Account::with(|config| config.clock = clock.clone()).await;
    account.put("/a.txt", b"secret").await;
    let settings = json!({"require_password": true, "link_password": "open sesame"});
    let link = account
        .rpc("sharing/create_shared_link_with_settings", json!({"path": "/a.txt", "settings": settings}))
        .await
        .ok();
    let url = link["url"].as_str().unwrap();
    assert!(!browse(&url.replace("dl=0", "dl=1")).await.text().contains("secret"));
    let browser = Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap();
    let wrong = Reply::read(browser.post(url).form(&[("password", "sesame")]).send().await.unwrap()).await;
    assert_eq!(wrong.status, 403);
    let right =
        Reply::read(browser.post(url).form(&[("password", "open sesame")]).send().await.unwrap()).await;
    assert_eq!(right.status, 303);
    let cookie = right.header("set-cookie").split(';').next().unwrap().to_owned();
    let seen = browser.get(url.replace("dl=0", "raw=1")).header("Cookie", cookie).send().await.unwrap();
    assert_eq!(Reply::read(seen).await.body, b"secret");

    let by_app = |password: Option<&str>| {
        let argument = json!({"url": url, "link_password": password});
        account
            .request(Method::POST, "/2/sharing/get_shared_link_file")
            .basic_auth("app", Some("secret"))
            .header("Dropbox-API-Arg", argument.to_string())
    };
    let refused = Reply::read(by_app(None).send().await.unwrap()).await;
    assert_eq!(refused.conflict(), "shared_link_access_denied");
    assert_eq!(Reply::read(by_app(Some("open sesame")).send().await.unwrap()).await.body, b"secret");

    let past = json!({"url": url, "settings": {"expires": "2001-01-01T00:00:00Z"}});
    let invalid = account.rpc("sharing/modify_shared_link_settings", past).await;
    assert_eq!(invalid.conflict(), "settings_error/invalid_settings");
    let soon = jiff_text(clock.now() + 100);
    let ends = json!({"url": url, "settings": {"expires": soon, "require_password": false}});
    let modified = account.rpc("sharing/modify_shared_link_settings", ends).await.ok();
    assert_eq!(modified["expires"], soon);
    assert_eq!(browse(url).await.status, 200);
    clock.advance(101);
    assert_eq!(browse(url).await.status, 404);
}

/// A link with these settings.
async fn share_with(account: &Account, path: &str, settings: Value) -> String {
    let argument = json!({"path": path, "settings": settings});
    let link = account.rpc("sharing/create_shared_link_with_settings", argument).await.ok();
    link["url"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn guessing_the_password_of_a_link_is_slowed_down_for_that_link() {
    let account = Account::new().await;
    account.put("/a.txt", b"secret").await;
    account.put("/b.txt", b"other").await;
    let settings = json!({"require_password": true, "link_password": "1234"});
    let url = share_with(&account, "/a.txt", settings.clone()).await;
    let other = share_with(&account, "/b.txt", settings).await;
    let on_page = async |url: &str, password: &str| {
        let browser = Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap();
        Reply::read(browser.post(url).form(&[("password", password)]).send().await.unwrap()).await
    };
    let by_app = async |url: &str, password: &str| {
        let argument = json!({"url": url, "link_password": password}).to_string();
        let call = account.request(Method::POST, "/2/sharing/get_shared_link_file");
        let call = call.basic_auth("app", Some("secret")).header("Dropbox-API-Arg", argument);
        Reply::read(call.send().await.unwrap()).await
    };
    let cookie = on_page(&url, "1234").await.header("set-cookie").split(';').next().unwrap().to_owned();
    // Both ways count, and so do those that come together.
    for number in 0..5 {
        let guess = format!("{number:04}");
        assert_eq!((on_page(&url, &guess).await.status, by_app(&url, &guess).await.status), (403, 409));
    }
    let many = (0..20).map(|number| by_app(&url, if number == 7 { "1234" } else { "no" }));
    let refused = futures_util::future::join_all(many).await;
    assert!(refused.iter().all(|reply| reply.status == 429), "also the right one");
    assert!((1..=6).contains(&refused[0].header("retry-after").parse().unwrap()));
    let page = on_page(&url, "1234").await;
    assert!(page.status == 429 && page.text().contains("Too many attempts"), "{}", page.text());
    // Nobody else is held up.
    let known = account.http.get(url.replace("dl=0", "raw=1")).header("Cookie", cookie);
    assert_eq!(Reply::read(known.send().await.unwrap()).await.body, b"secret");
    assert_eq!(account.download("sharing/get_shared_link_file", json!({"url": url})).await.body, b"secret");
    assert_eq!(by_app(&other, "1234").await.body, b"other");
}

#[tokio::test]
async fn a_link_without_downloads_gives_the_file_in_no_way() {
    let account = Account::new().await;
    let mut picture = std::io::Cursor::new(Vec::new());
    let pixels = image::RgbImage::from_fn(3000, 2000, |x, y| image::Rgb([x as u8, y as u8, (x ^ y) as u8]));
    pixels.write_to(&mut picture, image::ImageFormat::Png).unwrap();
    account.put("/a.png", &picture.into_inner()).await;
    let url = share_with(&account, "/a.png", json!({"allow_download": false})).await;
    for parameter in ["dl=1", "raw=1"] {
        let refused = browse(&url.replace("dl=0", parameter)).await;
        assert_eq!(refused.status, 403, "{parameter}");
    }
    // Its page shows the picture, but smaller.
    let page = browse(&url).await.text();
    assert!(page.contains("preview=1") && !page.contains("raw=1") && !page.contains("dl=1"), "{page}");
    let shown = browse(&url.replace("dl=0", "preview=1")).await;
    assert_eq!((shown.status, shown.header("content-type")), (200, "image/jpeg"));
    assert!(image::load_from_memory(&shown.body).unwrap().width() <= 2048);
    account.put("/b.txt", b"words").await;
    let text = share_with(&account, "/b.txt", json!({"allow_download": false})).await;
    assert_eq!(browse(&text.replace("dl=0", "raw=1")).await.status, 403);
    assert_ne!(browse(&text.replace("dl=0", "preview=1")).await.status, 200);
}

#[tokio::test]
async fn a_link_whose_password_an_older_version_stored_opens_and_is_stored_anew() {
    let vault = tempfile::tempdir().unwrap();
    let start = async || {
        let mut config = coffer_server::ServerConfig::new(vault.path().join("vault"));
        config.token = Some(TOKEN.to_owned());
        coffer_server::Server::start(config).await.unwrap()
    };
    let stored = |new: Option<&[u8]>| -> Vec<u8> {
        let database = rusqlite::Connection::open(vault.path().join("vault/vault.sqlite")).unwrap();
        if let Some(new) = new {
            assert_eq!(database.execute("UPDATE shared_links SET password = ?1", [new]).unwrap(), 1);
        }
        database.query_row("SELECT password FROM shared_links", [], |row| row.get(0)).unwrap()
    };
    let account = Account {
        server: start().await,
        http: super::support::client(),
        vault: tempfile::tempdir().unwrap(),
    };
    account.put("/a.txt", b"secret").await;
    let settings = json!({"require_password": true, "link_password": "replaced below"});
    let link = account
        .rpc("sharing/create_shared_link_with_settings", json!({"path": "/a.txt", "settings": settings}))
        .await
        .ok();
    account.server.shutdown().await;
    // 16 bytes of salt, then SHA-256 repeated over "open sesame", as version 0.1 stored it.
    let old = hex::decode(
        "000102030405060708090a0b0c0d0e0f36e92d8f32a7b4db67d93ac51f80ae0bedfc7735eb61a819b11d5f1a0894efcb",
    )
    .unwrap();
    assert_eq!(stored(Some(&old)), old);

    let account = Account { server: start().await, ..account };
    let argument = |password: &str| json!({"url": link["url"], "link_password": password});
    let metadata = async |password: &str| {
        let request = account.request(Method::POST, "/2/sharing/get_shared_link_metadata");
        Reply::read(request.basic_auth("app", Some("x")).json(&argument(password)).send().await.unwrap())
            .await
    };
    assert_eq!(metadata("sesame").await.conflict(), "shared_link_access_denied");
    assert_eq!(stored(None), old, "a wrong password changes nothing");
    assert_eq!(metadata("open sesame").await.status, 200);
    assert!(stored(None).starts_with(b"$argon2id$"));
    assert_eq!(metadata("open sesame").await.status, 200);
    assert_eq!(metadata("sesame").await.conflict(), "shared_link_access_denied");
    account.server.shutdown().await;
}

fn jiff_text(seconds: i64) -> String {
    dropbox_protocol::Timestamp::from_unix_secs(seconds).to_string()
}

#[tokio::test]
async fn a_basic_account_has_plain_links_only() {
    let account = Account::with(|config| config.account_type = AccountType::Basic).await;
    account.put("/a.txt", b"x").await;
    let wish = json!({"path": "/a.txt", "settings": {"expires": "2100-01-01T00:00:00Z"}});
    let refused = account.rpc("sharing/create_shared_link_with_settings", wish).await;
    assert_eq!(refused.conflict(), "settings_error/not_authorized");
    // As rclone asks.
    let plain = json!({"path": "/a.txt", "settings": {
        "audience": "public", "access": "viewer", "requested_visibility": {".tag": "public"}}});
    account.rpc("sharing/create_shared_link_with_settings", plain).await.ok();
    let members = account.rpc("sharing/list_folder_members", json!({"shared_folder_id": "1"})).await;
    assert_eq!(members.conflict(), "invalid_id");
}

#[tokio::test]
async fn a_temporary_link_serves_the_file_for_four_hours() {
    let clock = Clock::new();
    let account = Account::with(|config| config.clock = clock.clone()).await;
    account.put("/film.mp4", b"0123456789").await;
    let made = account.rpc("files/get_temporary_link", json!({"path": "/film.mp4"})).await.ok();
    let link = made["link"].as_str().unwrap();
    let all = browse(link).await;
    assert_eq!((all.body.as_slice(), all.header("content-type")), (&b"0123456789"[..], "video/mp4"));
    let part = account.http.get(link).header("Range", "bytes=2-4").send().await.unwrap();
    let part = Reply::read(part).await;
    assert_eq!((part.status, part.body.as_slice()), (206, &b"234"[..]));
    clock.advance(4 * 3600);
    assert_eq!(browse(link).await.status, 410);
    assert_eq!(browse(&format!("{}/temporary/nonsense/x", account.server.url())).await.status, 404);
    account.rpc("files/create_folder_v2", json!({"path": "/folder"})).await.ok();
    let folder = account.rpc("files/get_temporary_link", json!({"path": "/folder"})).await;
    assert_eq!(folder.conflict(), "path/not_file");
}

#[tokio::test]
async fn a_temporary_upload_link_takes_one_upload() {
    let clock = Clock::new();
    let account = Account::with(|config| config.clock = clock.clone()).await;
    let make = |path: &str| {
        let argument = json!({"commit_info": {"path": path, "mode": "add"}, "duration": 60.0});
        let account = &account;
        async move {
            account.rpc("files/get_temporary_upload_link", argument).await.ok()["link"]
                .as_str()
                .unwrap()
                .to_owned()
        }
    };
    let send = |link: String, content_type: &'static str| {
        let call = account.http.post(link).header("Content-Type", content_type).body("bytes");
        async move { Reply::read(call.send().await.unwrap()).await }
    };
    let link = make("/up.txt").await;
    assert_eq!(send(link.clone(), "text/plain").await.status, 400);
    let taken = send(link.clone(), "application/octet-stream").await.ok();
    assert_eq!(taken["content-hash"], content_hash(b"bytes"));
    assert_eq!(account.get("/up.txt").await, b"bytes");
    assert_eq!(send(link, "application/octet-stream").await.status, 410);
    account.put("/taken.txt", b"other").await;
    assert_eq!(send(make("/taken.txt").await, "application/octet-stream").await.status, 409);
    let late = make("/late.txt").await;
    clock.advance(60);
    assert_eq!(send(late, "application/octet-stream").await.status, 410);
    let unknown = format!("{}/apitul/1/unknown", account.server.url());
    assert_eq!(send(unknown, "application/octet-stream").await.status, 409);
    let too_long = json!({"commit_info": {"path": "/a"}, "duration": 14401});
    assert_eq!(account.rpc("files/get_temporary_upload_link", too_long).await.status, 400);
}

#[tokio::test]
async fn thumbnails_are_made_of_shared_pictures_for_apps_too() {
    let account = Account::new().await;
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(300, 100).write_to(&mut png, image::ImageFormat::Png).unwrap();
    account.put("/p/a.png", png.get_ref()).await;
    let link = share(&account, "/p").await;
    let argument =
        json!({"resource": {".tag": "link", "url": link["url"], "path": "/a.png"}, "size": "w64h64"});
    let call = account
        .request(Method::POST, "/2/files/get_thumbnail_v2")
        .basic_auth("app", Some("secret"))
        .header("Dropbox-API-Arg", argument.to_string());
    let reply = Reply::read(call.send().await.unwrap()).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(reply.result()["link_metadata"]["rev"].is_string());
    assert_eq!(image::load_from_memory(&reply.body).unwrap().width(), 64);
    let by_path = account
        .request(Method::POST, "/2/files/get_thumbnail_v2")
        .basic_auth("app", Some("secret"))
        .header("Dropbox-API-Arg", json!({"resource": {".tag": "path", "path": "/p/a.png"}}).to_string());
    assert_eq!(Reply::read(by_path.send().await.unwrap()).await.status, 400);
    assert_eq!(TOKEN, account.server.token());
}
