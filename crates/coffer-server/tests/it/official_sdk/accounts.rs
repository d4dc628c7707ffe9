//! `users`, `check`, `auth`, and signing in with the crate's own flow.

use super::client::{Account, UserClient};
use coffer_server::faults::Fault;
use dropbox_sdk::Error;
use dropbox_sdk::async_routes::{auth, check, files, users};
use dropbox_sdk::oauth2::{Authorization, AuthorizeUrlBuilder, Oauth2Type, PkceCode, TokenType};

#[tokio::test]
async fn the_account_and_its_space() {
    let account = Account::new().await;
    let client = account.user();
    let person = users::get_current_account(&client).await.unwrap();
    assert_eq!(person.account_id.len(), 40);
    assert_eq!(person.name.display_name, "Local account");
    let space = users::get_space_usage(&client).await.unwrap();
    assert_eq!(space.used, 0);
    let users::SpaceAllocation::Individual(allocation) = space.allocation else { panic!() };
    assert_eq!(allocation.allocated, 20 * 1024 * 1024 * 1024);
}

#[tokio::test]
async fn what_the_account_can_do_and_who_its_owner_is() {
    let account = Account::new().await;
    let client = account.user();
    let features = |features| users::UserFeaturesGetValuesBatchArg::new(features);
    let asked = features(vec![
        users::UserFeature::FileLocking,
        users::UserFeature::PaperAsFiles,
        users::UserFeature::TeamSharedDropbox,
        users::UserFeature::DistinctMemberHome,
    ]);
    let told = users::features_get_values(&client, &asked).await.unwrap().values;
    assert!(matches!(
        &told[..],
        [
            users::UserFeatureValue::FileLocking(users::FileLockingValue::Enabled(false)),
            users::UserFeatureValue::PaperAsFiles(users::PaperAsFilesValue::Enabled(true)),
            users::UserFeatureValue::TeamSharedDropbox(users::TeamSharedDropboxValue::Enabled(false)),
            users::UserFeatureValue::DistinctMemberHome(users::DistinctMemberHomeValue::Enabled(false)),
        ]
    ));
    let none = users::features_get_values(&client, &features(Vec::new())).await;
    assert!(matches!(none, Err(Error::Api(users::UserFeaturesGetValuesBatchError::EmptyFeaturesList))));

    let id = users::get_current_account(&client).await.unwrap().account_id;
    let owner = users::get_account(&client, &users::GetAccountArg::new(id.clone())).await.unwrap();
    assert_eq!((&owner.account_id, owner.name.display_name.as_str()), (&id, "Local account"));
    let both = users::GetAccountBatchArg::new(vec![id.clone(), id.clone()]);
    assert_eq!(users::get_account_batch(&client, &both).await.unwrap(), [owner.clone(), owner]);
    let stranger = format!("dbid:{}", "x".repeat(35));
    let unknown = users::get_account(&client, &users::GetAccountArg::new(stranger.clone())).await;
    assert!(matches!(unknown, Err(Error::Api(users::GetAccountError::NoAccount))));
    let one_unknown = users::GetAccountBatchArg::new(vec![id, stranger.clone()]);
    assert!(matches!(
        users::get_account_batch(&client, &one_unknown).await,
        Err(Error::Api(users::GetAccountBatchError::NoAccount(id))) if id == stranger
    ));
}

#[tokio::test]
async fn echoes_come_back_to_people_and_apps() {
    let account = Account::new().await;
    let argument = check::EchoArg::default().with_query("hello".to_owned());
    assert_eq!(check::user(&account.user(), &argument).await.unwrap().result, "hello");
    assert_eq!(check::app(&account.app(), &argument).await.unwrap().result, "hello");
}

#[tokio::test]
async fn a_person_signs_in_by_code_and_the_token_is_renewed_and_revoked() {
    let account = Account::new().await;
    let flow = Oauth2Type::PKCE(PkceCode::new());
    let url = AuthorizeUrlBuilder::new("app", &flow).token_type(TokenType::ShortLivedAndRefresh).build();
    let address = format!("{}{}?{}", account.server.url(), url.path(), url.query().unwrap());
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let page = http.get(&address).send().await.unwrap().text().await.unwrap();
    let passcode = account.server.passcode().unwrap();
    let name = page.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let decided = http
        .post(format!("{}/oauth2/authorize", account.server.url()))
        .form(&[("request", name), ("decision", "allow"), ("passcode", &passcode)])
        .send()
        .await
        .unwrap();
    let page = decided.text().await.unwrap();
    let code = page.split("readonly value=\"").nth(1).unwrap().split('"').next().unwrap();

    let mut authorization = Authorization::from_auth_code("app".to_owned(), flow, code.to_owned(), None);
    let first = authorization.obtain_access_token_async(account.transport()).await.unwrap();
    let second = authorization.obtain_access_token_async(account.transport()).await.unwrap();
    assert_ne!(first, second);

    // The crate renews a token that has expired by itself, once.
    let client = UserClient::new(account.transport(), &first);
    *client.fresh_token.lock().unwrap() = Some(second);
    account.server.faults().add(Fault::status("users/get_current_account", 401, 1));
    users::get_current_account(&client).await.unwrap();

    auth::token_revoke(&client).await.unwrap();
    let revoked = users::get_current_account(&client).await;
    assert!(matches!(revoked, Err(Error::Authentication(auth::AuthError::InvalidAccessToken))));
    let old = auth::TokenFromOAuth1Arg::new("token".to_owned(), "secret".to_owned());
    let refused = auth::token_from_oauth1(&account.app(), &old).await;
    assert!(matches!(refused, Err(Error::Api(auth::TokenFromOAuth1Error::InvalidOauth1TokenInfo))));
}

#[tokio::test]
async fn the_crate_understands_every_kind_of_error() {
    let account = Account::new().await;
    let client = account.user();
    let missing = files::get_metadata(&client, &files::GetMetadataArg::new("/nothing".to_owned())).await;
    assert!(matches!(missing, Err(Error::Api(files::GetMetadataError::Path(files::LookupError::NotFound)))));
    let root = files::get_metadata(&client, &files::GetMetadataArg::new(String::new())).await;
    assert!(matches!(root, Err(Error::BadRequest(_))));
    account.server.faults().add("files/get_metadata:429/9".parse().unwrap());
    let limited = files::get_metadata(&client, &files::GetMetadataArg::new("/x".to_owned())).await;
    assert!(matches!(limited, Err(Error::RateLimited { retry_after_seconds: 9, .. })));
    account.server.faults().add("files/get_metadata:503".parse().unwrap());
    let broken = files::get_metadata(&client, &files::GetMetadataArg::new("/x".to_owned())).await;
    assert!(matches!(broken, Err(Error::ServerError(_))));
    let denied = files::permanently_delete(&client, &files::DeleteArg::new("/x".to_owned())).await;
    assert!(matches!(denied, Err(Error::AccessDenied(auth::AccessError::InvalidAccountType(_)))));
    // Routes of another age are refused in the way the service refuses unknown ones.
    let old = files::create_folder(&client, &files::CreateFolderArg::new("/x".to_owned())).await;
    assert!(matches!(old, Err(Error::BadRequest(text)) if text.contains("Unknown API function")));
}
