//! Getting bytes out: ranges, etags, revisions, thumbnails.

use super::support::{Account, Reply};
use serde_json::json;
use std::io::Cursor;

async fn get(account: &Account, path: &str, header: &str, value: &str) -> Reply {
    let request = account
        .post("files/download")
        .header("Dropbox-API-Arg", json!({"path": path}).to_string())
        .header(header, value);
    Reply::read(request.send().await.unwrap()).await
}

#[tokio::test]
async fn ranges_are_served_exactly() {
    let account = Account::new().await;
    let content: Vec<u8> = (0..1_000_000).map(|index| (index % 251) as u8).collect();
    account.put("/a.bin", &content).await;
    for (range, from, to) in [
        ("bytes=0-0", 0, 0),
        ("bytes=10-19", 10, 19),
        ("bytes=999990-", 999_990, 999_999),
        ("bytes=-5", 999_995, 999_999),
        ("bytes=100-2000000", 100, 999_999),
    ] {
        let reply = get(&account, "/a.bin", "Range", range).await;
        assert_eq!(reply.status, 206, "{range}");
        assert_eq!(reply.header("content-range"), format!("bytes {from}-{to}/1000000"));
        assert_eq!(reply.header("content-length"), (to - from + 1).to_string());
        assert_eq!(reply.body, content[from..=to]);
        assert_eq!(reply.result()["size"], 1_000_000);
    }
    let behind = get(&account, "/a.bin", "Range", "bytes=1000000-").await;
    assert_eq!((behind.status, behind.header("content-range")), (416, "bytes */1000000"));
    account.put("/empty", b"").await;
    let empty = get(&account, "/empty", "Range", "bytes=0-0").await;
    assert_eq!((empty.status, empty.body.len()), (200, 0));
    assert_eq!(account.get("/a.bin").await, content);
}

#[tokio::test]
async fn a_known_revision_is_not_sent_again() {
    let account = Account::new().await;
    let file = account.put("/a.txt", b"text").await;
    let reply = get(&account, "/a.txt", "Accept", "*/*").await;
    let etag = reply.header("etag").to_owned();
    assert_eq!(etag, format!("W/\"{}\"", file["rev"].as_str().unwrap()));
    assert_eq!(reply.header("original-content-length"), "4");
    let again = get(&account, "/a.txt", "If-None-Match", &etag).await;
    assert_eq!((again.status, again.body.len()), (304, 0));
}

#[tokio::test]
async fn earlier_revisions_are_downloaded_by_their_name() {
    let account = Account::new().await;
    let old = account.put("/ü😀.txt", b"old").await;
    account.put("/ü😀.txt", b"new").await;
    let by_rev = account
        .download("files/download", json!({"path": format!("rev:{}", old["rev"].as_str().unwrap())}))
        .await;
    assert_eq!(by_rev.body, b"old");
    assert!(by_rev.headers["dropbox-api-result"].to_str().is_ok());
    assert_eq!(by_rev.result()["name"], "ü😀.txt");
    let by_id = account.download("files/download", json!({"path": old["id"]})).await;
    assert_eq!(by_id.body, b"new");
    for (path, expected) in [("/none", "path/not_found"), ("rev:0123456789", "path/not_found")] {
        assert_eq!(account.download("files/download", json!({"path": path})).await.conflict(), expected);
    }
    account.rpc("files/create_folder_v2", json!({"path": "/folder"})).await.ok();
    assert_eq!(
        account.download("files/download", json!({"path": "/folder"})).await.conflict(),
        "path/not_file"
    );
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 0]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn thumbnails_are_made_alone_and_in_batches() {
    let account = Account::new().await;
    account.put("/p.png", &png(400, 200)).await;
    account.put("/broken.png", b"no picture").await;
    account.put("/t.txt", b"text").await;
    let argument = json!({
        "resource": {".tag": "path", "path": "/p.png"},
        "size": {".tag": "w256h256"},
        "format": "png",
        "preserve_transparency": false,
    });
    for _ in 0..2 {
        let reply = account.download("files/get_thumbnail_v2", argument.clone()).await;
        assert_eq!(reply.header("content-type"), "image/png");
        assert_eq!(reply.result()["file_metadata"]["name"], "p.png");
        let picture = image::load_from_memory(&reply.body).unwrap();
        assert_eq!((picture.width(), picture.height()), (256, 128));
    }
    let batch = account
        .rpc(
            "files/get_thumbnail_batch",
            json!({"entries": [{"path": "/p.png"}, {"path": "/t.txt"}, {"path": "/broken.png"}, {"path": "/no"}]}),
        )
        .await
        .ok();
    assert_eq!(batch["entries"][0][".tag"], "success");
    assert_eq!(batch["entries"][0]["metadata"]["name"], "p.png");
    assert_eq!(batch["entries"][1]["failure"][".tag"], "unsupported_extension");
    assert_eq!(batch["entries"][2]["failure"][".tag"], "unsupported_image");
    assert_eq!(batch["entries"][3]["failure"]["path"][".tag"], "not_found");
    let many = vec![json!({"path": "/p.png"}); 26];
    let refused = account.rpc("files/get_thumbnail_batch", json!({"entries": many})).await;
    assert_eq!(refused.conflict(), "too_many_files");
}
