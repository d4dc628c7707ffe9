//! The examples of the Core API's document, done by a program that has nothing but the published client. It needs
//! `COFFER_API_URL` and `COFFER_TOKEN` of an empty account; `scripts/consumer` starts one.

use dropbox_client::{
    ApiError, AppRegistration, BaseUrls, ClientOptions, CoreSearchOptions, DropboxClient,
    DropboxOAuth2FlowNoRedirect, FlowOptions, Metadata, MetadataOptions, MoveOptions, PutOptions, RestClient,
    RevisionsOptions, ShareOptions, ThumbnailOptions,
};
use std::collections::BTreeMap;
use std::error::Error;

type Outcome = Result<(), Box<dyn Error>>;

/// A picture of two by two pixels.
const PICTURE: &[u8] = include_bytes!("../picture.png");

#[tokio::main]
async fn main() -> Outcome {
    let client = client()?;
    account(&client).await?;
    upload_and_download(&client).await?;
    chunked_upload(&client).await?;
    file_operations(&client).await?;
    changes(&client).await?;
    search(&client).await?;
    revisions(&client).await?;
    links(&client).await?;
    thumbnail(&client).await?;
    sign_in()?;
    println!("all examples did what the document says");
    Ok(())
}

fn client() -> Result<DropboxClient, Box<dyn Error>> {
    let (url, token) = (std::env::var("COFFER_API_URL")?, std::env::var("COFFER_TOKEN")?);
    let rest_client = RestClient::new(BaseUrls::all(&url)?)?;
    Ok(DropboxClient::new(token, ClientOptions::default().with_rest_client(rest_client))?)
}

async fn account(client: &DropboxClient) -> Outcome {
    let info = client.account_info().await?;
    println!("account_info: {}", info.display_name());
    assert!(info.used() == 0, "the account is not empty");
    Ok(())
}

async fn upload_and_download(client: &DropboxClient) -> Outcome {
    let draft = "It was a dark and stormy night";
    let written = client.put_file("/magnum-opus.txt", draft, &PutOptions::default()).await?;
    println!("put_file: {} ({})", written.path, written.size());
    assert_eq!((written.path.as_str(), written.bytes, written.is_dir), ("/magnum-opus.txt", 30, false));

    let root = client.metadata("/", &MetadataOptions::default()).await?;
    let names: Vec<String> = contents(&root).iter().map(|item| item.path.clone()).collect();
    println!("metadata: {names:?}");
    assert_eq!(names, ["/magnum-opus.txt"]);
    let unchanged = MetadataOptions::default().with_hash(root.hash.ok_or("a listing has a hash")?);
    assert!(matches!(client.metadata("/", &unchanged).await, Err(ApiError::NotModified { .. })));

    let (mut response, metadata) = client.get_file_and_metadata("/magnum-opus.txt", None).await?;
    assert_eq!(response.read(None).await?, draft);
    assert_eq!(metadata.rev, written.rev);
    println!("get_file_and_metadata: {} bytes of revision {:?}", metadata.bytes, metadata.rev);

    let missing = client.get_file("/missing.txt", None).await.err().ok_or("a missing file was downloaded")?;
    println!("get_file of nothing: {missing}");
    assert_eq!(missing.legacy_status(), Some(404));
    Ok(())
}

async fn chunked_upload(client: &DropboxClient) -> Outcome {
    let big: Vec<u8> = (0..9_000_000_u32).map(|number| (number % 251) as u8).collect();
    let mut uploader = client.get_chunked_uploader(big.as_slice(), big.len() as u64);
    println!("uploading: {}", big.len());
    while uploader.offset() < big.len() as u64 {
        uploader.upload_next(None).await?;
        println!("  {} of {}", uploader.offset(), big.len());
    }
    let metadata = uploader.finish("/bigFile.txt", &PutOptions::default()).await?;
    assert_eq!(metadata.bytes, big.len() as u64);
    let mut response = client.get_file("/bigFile.txt", None).await?;
    assert!(response.read(None).await? == big, "the bytes differ");
    Ok(())
}

async fn file_operations(client: &DropboxClient) -> Outcome {
    let folder = client.file_create_folder("/drafts").await?;
    assert!(folder.is_dir);
    client.file_copy("/magnum-opus.txt", "/drafts/copy.txt").await?;
    let moved = client.file_move("/drafts/copy.txt", "/drafts/moved.txt", &MoveOptions::default()).await?;
    let reference = client.create_copy_ref("/drafts/moved.txt").await?;
    let added = client.add_copy_ref(&reference.copy_ref, "/drafts/added.txt").await?;
    println!("file_move, add_copy_ref: {}, {}", moved.path, added.path);
    client.file_delete("/drafts/moved.txt").await?;
    let listing = client.metadata("/drafts", &MetadataOptions::default()).await?;
    assert_eq!(contents(&listing).iter().map(Metadata::name).collect::<Vec<_>>(), ["added.txt"]);
    Ok(())
}

/// The loop that the document describes under `delta`.
async fn changes(client: &DropboxClient) -> Outcome {
    let mut state = BTreeMap::new();
    let cursor = follow(client, None, &mut state).await?;
    assert!(state.contains_key("/drafts/added.txt"), "{state:?}");
    client.file_delete("/drafts").await?;
    follow(client, Some(cursor), &mut state).await?;
    println!("delta: {:?}", state.keys().collect::<Vec<_>>());
    assert_eq!(state.keys().collect::<Vec<_>>(), ["/bigfile.txt", "/magnum-opus.txt"]);
    Ok(())
}

async fn follow(
    client: &DropboxClient,
    mut cursor: Option<String>,
    state: &mut BTreeMap<String, Metadata>,
) -> Result<String, ApiError> {
    loop {
        let page = client.delta(cursor.as_deref(), None).await?;
        if page.reset {
            state.clear();
        }
        for entry in page.entries {
            let below = format!("{}/", entry.path);
            match entry.metadata {
                Some(metadata) => drop(state.insert(entry.path, metadata)),
                None => state.retain(|path, _| *path != entry.path && !path.starts_with(&below)),
            }
        }
        if !page.has_more {
            return Ok(page.cursor);
        }
        cursor = Some(page.cursor);
    }
}

async fn search(client: &DropboxClient) -> Outcome {
    let matches = client.search("/", "magnum", &CoreSearchOptions::default()).await?;
    println!("search: {} match", matches.len());
    assert_eq!(matches.iter().map(|item| item.path.as_str()).collect::<Vec<_>>(), ["/magnum-opus.txt"]);
    Ok(())
}

async fn revisions(client: &DropboxClient) -> Outcome {
    let overwrite = PutOptions::default().with_overwrite(true);
    client.put_file("/magnum-opus.txt", "Call me Ishmael.", &overwrite).await?;
    let revisions = client.revisions("/magnum-opus.txt", &RevisionsOptions::default()).await?.entries;
    assert_eq!(revisions.len(), 2);
    let first = revisions[1].rev.clone().ok_or("a revision has a name")?;
    client.restore("/magnum-opus.txt", &first).await?;
    let mut response = client.get_file("/magnum-opus.txt", None).await?;
    assert_eq!(response.read(None).await?, "It was a dark and stormy night");
    println!("restore: revision {first} of {}", revisions.len());
    Ok(())
}

async fn links(client: &DropboxClient) -> Outcome {
    let media = client.media("/magnum-opus.txt").await?;
    let shared = client.share("/magnum-opus.txt", &ShareOptions::default()).await?;
    let again = client.share("/magnum-opus.txt", &ShareOptions::default()).await?;
    println!("media, share: until {}, {}", media.expires, shared.url);
    assert_eq!(shared.url, again.url);
    Ok(())
}

async fn thumbnail(client: &DropboxClient) -> Outcome {
    client.put_file("/pixel.png", PICTURE, &PutOptions::default()).await?;
    let mut response = client.thumbnail("/pixel.png", &ThumbnailOptions::default()).await?;
    let picture = response.read(None).await?;
    println!("thumbnail: {} bytes", picture.len());
    assert!(picture.starts_with(&[0xff, 0xd8]), "no JPEG");
    Ok(())
}

fn sign_in() -> Outcome {
    let app = AppRegistration::public("the key of an app");
    let mut flow = DropboxOAuth2FlowNoRedirect::new(app, FlowOptions::default())?;
    let url = flow.start()?;
    println!("DropboxOAuth2FlowNoRedirect.start: {url}");
    assert!(url.as_str().starts_with("https://www.dropbox.com/oauth2/authorize?"));
    Ok(())
}

fn contents(folder: &Metadata) -> &[Metadata] {
    folder.contents.as_deref().unwrap_or_default()
}
