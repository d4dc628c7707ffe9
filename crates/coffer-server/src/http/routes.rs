//! All routes that the account serves, and the one function that answers each.

use super::argument::RawArgument;
use super::body::Body;
use super::call::Call;
use super::content::ContentReply;
use super::failure::{CallFailure, bad_request};
use super::reply::{self, Reply};
use super::user_message::MessageLanguage;
use super::{
    archive, copy_references, download, folders, listing, longpoll, metadata, mounts, other_files,
    relocation, revisions, save_url, search, session_batches, sessions, sharing, tags, temporary, thumbnails,
    tokens, upload, users,
};
use dropbox_protocol::route::{Download as DownloadRoute, Route, RouteInfo, Rpc, Upload};
use dropbox_protocol::{auth, check, files, sharing as sharing_protocol, users as users_protocol};
use futures_util::future::BoxFuture;
use http::StatusCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A route and what answers it.
pub(super) struct Handler {
    pub info: RouteInfo,
    pub run: Box<dyn Fn(Call, RawArgument, Body) -> BoxFuture<'static, Reply> + Send + Sync>,
}

/// Routes by name.
pub(super) type RouteTable = HashMap<&'static str, Handler>;

/// The table of all routes.
pub(super) fn routes() -> &'static RouteTable {
    static ROUTES: LazyLock<RouteTable> = LazyLock::new(|| {
        let mut routes = RouteTableBuilder(RouteTable::new());
        fill(&mut routes);
        routes.0
    });
    &ROUTES
}

fn fill(routes: &mut RouteTableBuilder) {
    routes.rpc(users_protocol::GET_CURRENT_ACCOUNT, users::get_current_account);
    routes.rpc(users_protocol::GET_SPACE_USAGE, users::get_space_usage);
    routes.rpc(users_protocol::FEATURES_GET_VALUES, users::get_features);
    routes.rpc(users_protocol::GET_ACCOUNT, users::get_account);
    routes.rpc(users_protocol::GET_ACCOUNT_BATCH, users::get_account_batch);
    routes.rpc(check::USER, users::echo);
    routes.rpc(check::APP, users::echo);
    routes.rpc(auth::TOKEN_REVOKE, tokens::revoke);
    routes.rpc(auth::TOKEN_FROM_OAUTH1, tokens::from_oauth1);

    routes.rpc(files::GET_METADATA, metadata::get_metadata);
    routes.rpc(files::LIST_FOLDER, listing::list_folder);
    routes.rpc(files::LIST_FOLDER_CONTINUE, listing::list_folder_continue);
    routes.rpc(files::LIST_FOLDER_GET_LATEST_CURSOR, listing::get_latest_cursor);
    routes.rpc(files::LIST_FOLDER_LONGPOLL, longpoll::longpoll);

    routes.rpc(files::SEARCH, search::search_v2);
    routes.rpc(files::SEARCH_CONTINUE, search::search_continue);

    routes.rpc(files::CREATE_FOLDER, folders::create_folder);
    routes.rpc(files::CREATE_FOLDER_BATCH, folders::create_folder_batch);
    routes.rpc(files::CREATE_FOLDER_BATCH_CHECK, folders::create_folder_batch_check);
    routes.rpc(files::DELETE, folders::delete);
    routes.rpc(files::DELETE_BATCH, folders::delete_batch);
    routes.rpc(files::DELETE_BATCH_CHECK, folders::delete_batch_check);
    routes.rpc(files::PERMANENTLY_DELETE, folders::permanently_delete);

    routes.rpc(files::COPY, relocation::copy);
    routes.rpc(files::COPY_BATCH, relocation::copy_batch);
    routes.rpc(files::COPY_BATCH_CHECK, relocation::copy_batch_check);
    routes.rpc(files::MOVE, relocation::move_item);
    routes.rpc(files::MOVE_BATCH, relocation::move_batch);
    routes.rpc(files::MOVE_BATCH_CHECK, relocation::move_batch_check);

    routes.rpc(files::COPY_REFERENCE_GET, copy_references::get);
    routes.rpc(files::COPY_REFERENCE_SAVE, copy_references::save);

    routes.upload(files::UPLOAD, upload::upload);
    routes.upload(files::UPLOAD_SESSION_START, sessions::start);
    routes.rpc(files::UPLOAD_SESSION_START_BATCH, sessions::start_batch);
    routes.upload(files::UPLOAD_SESSION_APPEND, sessions::append);
    routes.upload(files::UPLOAD_SESSION_APPEND_BATCH, session_batches::append_batch);
    routes.upload(files::UPLOAD_SESSION_FINISH, sessions::finish);
    routes.rpc(files::UPLOAD_SESSION_FINISH_BATCH, session_batches::finish_batch);
    routes.rpc(files::UPLOAD_SESSION_FINISH_BATCH_V1, session_batches::finish_batch_v1);
    routes.rpc(files::UPLOAD_SESSION_FINISH_BATCH_CHECK, session_batches::finish_batch_check);
    routes.rpc(files::GET_TEMPORARY_UPLOAD_LINK, temporary::get_temporary_upload_link);
    routes.rpc(files::SAVE_URL, save_url::save_url);
    routes.rpc(files::SAVE_URL_CHECK, save_url::check);

    routes.download(files::DOWNLOAD, download::download);
    routes.download(files::DOWNLOAD_ZIP, archive::download_zip);
    routes.download(files::EXPORT, other_files::export);
    routes.download(files::GET_PREVIEW, other_files::get_preview);
    routes.rpc(files::GET_TEMPORARY_LINK, temporary::get_temporary_link);
    routes.download(files::GET_THUMBNAIL, thumbnails::get_thumbnail);
    routes.download(files::GET_THUMBNAIL_V1, thumbnails::get_thumbnail_v1);
    routes.rpc(files::GET_THUMBNAIL_BATCH, thumbnails::get_thumbnail_batch);

    routes.rpc(files::LIST_REVISIONS, revisions::list_revisions);
    routes.rpc(files::RESTORE, revisions::restore);

    routes.rpc(files::TAGS_ADD, tags::add);
    routes.rpc(files::TAGS_REMOVE, tags::remove);
    routes.rpc(files::TAGS_GET, tags::get);

    routes.rpc(sharing_protocol::CREATE_SHARED_LINK_WITH_SETTINGS, sharing::create_shared_link);
    routes.rpc(sharing_protocol::LIST_SHARED_LINKS, sharing::list_shared_links);
    routes.rpc(sharing_protocol::MODIFY_SHARED_LINK_SETTINGS, sharing::modify_shared_link);
    routes.rpc(sharing_protocol::REVOKE_SHARED_LINK, sharing::revoke_shared_link);
    routes.rpc(sharing_protocol::GET_SHARED_LINK_METADATA, sharing::get_shared_link_metadata);
    routes.download(sharing_protocol::GET_SHARED_LINK_FILE, sharing::get_shared_link_file);
    routes.rpc(sharing_protocol::LIST_FOLDER_MEMBERS, sharing::list_folder_members);
    routes.rpc(sharing_protocol::LIST_MOUNTABLE_FOLDERS, mounts::list_mountable_folders);
    routes.rpc(sharing_protocol::LIST_MOUNTABLE_FOLDERS_CONTINUE, mounts::list_mountable_folders_continue);
    routes.rpc(sharing_protocol::MOUNT_FOLDER, mounts::mount_folder);
    routes.rpc(sharing_protocol::UNMOUNT_FOLDER, mounts::unmount_folder);
}

struct RouteTableBuilder(RouteTable);

impl RouteTableBuilder {
    fn rpc<A, R, E, F, W>(&mut self, route: Rpc<A, R, E>, handler: F)
    where
        A: DeserializeOwned + Send + 'static,
        R: Serialize + 'static,
        E: Serialize + 'static,
        F: Fn(Call, A) -> W + Send + Sync + Copy + 'static,
        W: Future<Output = Result<R, CallFailure<E>>> + Send + 'static,
    {
        self.add(route, move |call, argument, _| {
            Box::pin(async move {
                let (name, language) = (call.route, MessageLanguage::of_request(&call.headers));
                match argument.parse() {
                    Ok(argument) => match handler(call, argument).await {
                        Ok(result) => reply::json(StatusCode::OK, &result),
                        Err(failure) => failure.into_reply(name, language),
                    },
                    Err(why) => bad_request(name, &why),
                }
            })
        });
    }

    fn upload<A, R, E, F, W>(&mut self, route: Upload<A, R, E>, handler: F)
    where
        A: DeserializeOwned + Send + 'static,
        R: Serialize + 'static,
        E: Serialize + 'static,
        F: Fn(Call, A, Body) -> W + Send + Sync + Copy + 'static,
        W: Future<Output = Result<R, CallFailure<E>>> + Send + 'static,
    {
        self.add(route, move |call, argument, body| {
            Box::pin(async move {
                let (name, language) = (call.route, MessageLanguage::of_request(&call.headers));
                match argument.parse() {
                    Ok(argument) => match handler(call, argument, body).await {
                        Ok(result) => reply::json(StatusCode::OK, &result),
                        Err(failure) => failure.into_reply(name, language),
                    },
                    Err(why) => {
                        reply::drain(body).await;
                        bad_request(name, &why)
                    }
                }
            })
        });
    }

    fn download<A, R, E, F, W>(&mut self, route: DownloadRoute<A, R, E>, handler: F)
    where
        A: DeserializeOwned + Send + 'static,
        R: Serialize + 'static,
        E: Serialize + 'static,
        F: Fn(Call, A) -> W + Send + Sync + Copy + 'static,
        W: Future<Output = Result<ContentReply<R>, CallFailure<E>>> + Send + 'static,
    {
        self.add(route, move |call, argument, _| {
            Box::pin(async move {
                let (name, language) = (call.route, MessageLanguage::of_request(&call.headers));
                match argument.parse() {
                    Ok(argument) => match handler(call, argument).await {
                        Ok(download) => download.into_reply(),
                        Err(failure) => failure.into_reply(name, language),
                    },
                    Err(why) => bad_request(name, &why),
                }
            })
        });
    }

    fn add<S, A, R, E>(
        &mut self,
        route: Route<S, A, R, E>,
        run: impl Fn(Call, RawArgument, Body) -> BoxFuture<'static, Reply> + Send + Sync + 'static,
    ) {
        self.0.insert(route.info.name, Handler { info: route.info, run: Box::new(run) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_that_is_known_is_answered() {
        let missing: Vec<&str> = dropbox_protocol::routes()
            .map(|route| route.name)
            .filter(|name| !routes().contains_key(name))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
