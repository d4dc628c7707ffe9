//! Shared links and shared folders.

use super::client::{Account, read};
use bytes::Bytes;
use coffer_server::TeamSpace;
use dropbox_sdk::Error;
use dropbox_sdk::async_routes::files::{self, ListFolderArg, SharedLink};
use dropbox_sdk::async_routes::sharing::{self, SharedLinkMetadata};

#[tokio::test]
async fn links_are_made_found_changed_read_and_ended() {
    let account = Account::new().await;
    let client = account.user();
    let argument = files::UploadArg::new("/dir/a.txt".to_owned());
    files::upload(&client, &argument, Bytes::from_static(b"text")).await.unwrap();
    let create = sharing::CreateSharedLinkWithSettingsArg::new("/dir".to_owned());
    let SharedLinkMetadata::Folder(link) =
        sharing::create_shared_link_with_settings(&client, &create).await.unwrap()
    else {
        panic!()
    };
    let again = sharing::create_shared_link_with_settings(&client, &create).await;
    assert!(matches!(
        again,
        Err(Error::Api(sharing::CreateSharedLinkWithSettingsError::SharedLinkAlreadyExists(Some(_))))
    ));
    let listed = sharing::list_shared_links(
        &client,
        &sharing::ListSharedLinksArg::default().with_path("/dir/a.txt".to_owned()),
    )
    .await
    .unwrap();
    assert!(matches!(&listed.links[..], [SharedLinkMetadata::Folder(found)] if found.url == link.url));
    let settings = sharing::SharedLinkSettings::default().with_expires("2100-01-02T03:04:05Z".to_owned());
    let modify = sharing::ModifySharedLinkSettingsArgs::new(link.url.clone(), settings);
    let SharedLinkMetadata::Folder(modified) =
        sharing::modify_shared_link_settings(&client, &modify).await.unwrap()
    else {
        panic!()
    };
    assert_eq!(modified.expires.as_deref(), Some("2100-01-02T03:04:05Z"));

    let app = account.app();
    let look = sharing::GetSharedLinkMetadataArg::new(link.url.clone()).with_path("/a.txt".to_owned());
    for metadata in [
        sharing::get_shared_link_metadata(&client, &look).await.unwrap(),
        sharing::get_shared_link_metadata_app_auth(&app, &look).await.unwrap(),
    ] {
        assert!(matches!(metadata, SharedLinkMetadata::File(file) if file.name == "a.txt" && file.size == 4));
    }
    let file = sharing::get_shared_link_file(&client, &look, None, None).await.unwrap();
    assert_eq!(read(file).await, b"text");
    let file = sharing::get_shared_link_file_app_auth(&app, &look, Some(1), Some(2)).await.unwrap();
    assert_eq!(read(file).await, b"ex");
    let list = ListFolderArg::new(String::new()).with_shared_link(SharedLink::new(link.url.clone()));
    for page in [
        files::list_folder(&client, &list).await.unwrap(),
        files::list_folder_app_auth(&app, &list).await.unwrap(),
    ] {
        assert_eq!(page.entries.len(), 1);
        let more = files::ListFolderContinueArg::new(page.cursor);
        assert!(files::list_folder_continue_app_auth(&app, &more).await.unwrap().entries.is_empty());
    }
    let info = files::SharedLinkFileInfo::new(link.url.clone()).with_path("/a.txt".to_owned());
    let no_picture = files::ThumbnailV2Arg::new(files::PathOrLink::Link(info));
    let refused = files::get_thumbnail_v2_app_auth(&app, &no_picture, None, None).await;
    assert!(matches!(refused, Err(Error::Api(files::ThumbnailV2Error::UnsupportedExtension))));

    sharing::revoke_shared_link(&client, &sharing::RevokeSharedLinkArg::new(link.url)).await.unwrap();
    let gone = sharing::get_shared_link_metadata(&client, &look).await;
    assert!(matches!(gone, Err(Error::Api(sharing::SharedLinkMetadataError::SharedLinkNotFound))));
    let members = sharing::ListFolderMembersArgs::new("1".to_owned());
    assert!(matches!(
        sharing::list_folder_members(&client, &members).await,
        Err(Error::Api(sharing::SharedFolderAccessError::InvalidId))
    ));
}

#[tokio::test]
async fn shared_folders_are_listed_mounted_and_unmounted() {
    let account = Account::with(|config| config.team = Some(TeamSpace::example())).await;
    let client = account.user();
    let arg = sharing::ListFoldersArgs::default().with_limit(3);
    let first = sharing::list_mountable_folders(&client, &arg).await.unwrap();
    let more = sharing::ListFoldersContinueArg::new(first.cursor.unwrap());
    let second = sharing::list_mountable_folders_continue(&client, &more).await.unwrap();
    let [recipes] = &second.entries[..] else { panic!("{:?}", second.entries) };
    assert_eq!((recipes.name.as_str(), &recipes.path_lower), ("Recipes", &None));
    assert!(matches!(recipes.access_type, sharing::AccessLevel::Viewer));

    let mount = sharing::MountFolderArg::new(recipes.shared_folder_id.clone());
    let mounted = sharing::mount_folder(&client, &mount).await.unwrap();
    assert_eq!(mounted.path_lower.as_deref(), Some("/recipes"));
    let again = sharing::mount_folder(&client, &mount).await;
    assert!(matches!(again, Err(Error::Api(sharing::MountFolderError::AlreadyMounted))));
    let unmount = sharing::UnmountFolderArg::new(recipes.shared_folder_id.clone());
    sharing::unmount_folder(&client, &unmount).await.unwrap();
    let again = sharing::unmount_folder(&client, &unmount).await;
    let unmounted = sharing::SharedFolderAccessError::Unmounted;
    assert!(
        matches!(again, Err(Error::Api(sharing::UnmountFolderError::AccessError(why))) if why == unmounted)
    );
    let invalid = sharing::ListFoldersContinueArg::new("x".to_owned());
    let invalid = sharing::list_mountable_folders_continue(&client, &invalid).await;
    assert!(matches!(invalid, Err(Error::Api(sharing::ListFoldersContinueError::InvalidCursor))));
}
