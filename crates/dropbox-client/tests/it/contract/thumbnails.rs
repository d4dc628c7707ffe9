//! Thumbnails of pictures, and of what is none.

use dropbox_client::{PutOptions, ThumbnailOptions, core_thumbnail_size};
use dropbox_protocol::files::{ThumbnailFormat, ThumbnailMode, ThumbnailSize};
use image::{ImageFormat, RgbImage};

use super::support::{Account, refused};

async fn with_picture() -> Account {
    let account = Account::new().await;
    let mut png = std::io::Cursor::new(Vec::new());
    RgbImage::from_fn(400, 200, |x, y| image::Rgb([x as u8, y as u8, 128]))
        .write_to(&mut png, ImageFormat::Png)
        .unwrap();
    account
        .client
        .put_file(&account.path("/Picture.png"), png.into_inner(), &PutOptions::default())
        .await
        .unwrap();
    account
}

async fn thumbnail(account: &Account, options: ThumbnailOptions) -> (ImageFormat, u32, u32) {
    let mut response = account.client.thumbnail(&account.path("/picture.png"), &options).await.unwrap();
    let bytes = response.read(None).await.unwrap();
    let picture = image::load_from_memory(&bytes).unwrap();
    (image::guess_format(&bytes).unwrap(), picture.width(), picture.height())
}

#[tokio::test]
async fn a_thumbnail_is_a_medium_jpeg_unless_said_otherwise() {
    // Rows: thumbnail.from_path, thumbnail.size, thumbnail.format, thumbnail ->
    let account = with_picture().await;
    assert_eq!(thumbnail(&account, ThumbnailOptions::default()).await, (ImageFormat::Jpeg, 128, 64));
    for (name, width) in [("xs", 32), ("s", 64), ("m", 128), ("l", 400), ("xl", 400)] {
        let size = core_thumbnail_size(name).unwrap();
        let png = ThumbnailOptions::default().with_size(size).with_format(ThumbnailFormat::Png);
        assert_eq!(thumbnail(&account, png).await, (ImageFormat::Png, width, width / 2), "{name}");
    }
    assert_eq!(core_thumbnail_size("huge"), None);
    let covering =
        ThumbnailOptions::default().with_size(ThumbnailSize::W64H64).with_mode(ThumbnailMode::FitOneBestFit);
    assert_eq!(thumbnail(&account, covering).await, (ImageFormat::Jpeg, 128, 64));
}

#[tokio::test]
async fn metadata_comes_with_the_thumbnail() {
    // Rows: thumbnail_and_metadata.from_path, thumbnail_and_metadata.size, thumbnail_and_metadata.format,
    // thumbnail_and_metadata ->
    let account = with_picture().await;
    let options =
        ThumbnailOptions::default().with_size(ThumbnailSize::W32H32).with_format(ThumbnailFormat::Png);
    let (mut response, metadata) =
        account.client.thumbnail_and_metadata(&account.path("/picture.png"), &options).await.unwrap();
    assert_eq!((metadata.name(), metadata.thumb_exists()), ("Picture.png", true));
    assert_eq!(image::load_from_memory(&response.read(None).await.unwrap()).unwrap().width(), 32);
}

#[tokio::test]
async fn what_has_no_thumbnail_says_why() {
    // Rows: thumbnail ! 400, thumbnail ! 404, thumbnail ! 415, thumbnail_and_metadata ! 400,
    // thumbnail_and_metadata ! 404, thumbnail_and_metadata ! 415
    let account = Account::new().await;
    account.put("/text.txt", "x").await;
    account.put("/broken.png", "this is no picture").await;
    account.client.file_create_folder(&account.path("/folder.png")).await.unwrap();
    for (path, status, tags) in [
        ("/none.png", 404, "path/not_found"),
        ("/text.txt", 404, "unsupported_extension"),
        ("/folder.png", 400, "path/not_file"),
    ] {
        refused(
            account.client.thumbnail(&account.path(path), &ThumbnailOptions::default()).await,
            status,
            tags,
        );
        refused(
            account.client.thumbnail_and_metadata(&account.path(path), &ThumbnailOptions::default()).await,
            status,
            tags,
        );
    }
    let error = account
        .client
        .thumbnail(&account.path("/broken.png"), &ThumbnailOptions::default())
        .await
        .unwrap_err();
    assert_eq!(error.legacy_status(), Some(415), "{error}");
}
