//! For people who come from the Python Core API: where everything has gone.
//!
//! The operations are the ones you know, with the same names and defaults; what travels is today's HTTP API v2. This
//! page has nothing to call.
//!
//! # The same program, then and now
//!
//! ```python
//! client = DropboxClient(access_token)
//! metadata = client.put_file('/magnum-opus.txt', open('working-draft.txt', 'rb'), overwrite=True)
//! print metadata['path']
//! ```
//!
//! ```no_run
//! # async fn example(access_token: &str) -> Result<(), Box<dyn std::error::Error>> {
//! use dropbox_client::{Body, ClientOptions, DropboxClient, PutOptions};
//!
//! let client = DropboxClient::new(access_token, ClientOptions::default())?;
//! let draft = Body::from_file("working-draft.txt").await?;
//! let overwrite = PutOptions::default().with_overwrite(true);
//! let metadata = client.put_file("/magnum-opus.txt", draft, &overwrite).await?;
//! println!("{}", metadata.path);
//! # Ok(()) }
//! ```
//!
//! Keyword arguments have become structs with a `Default`; dictionaries have become structs, and
//! [`Metadata::to_dictionary`](super::Metadata::to_dictionary) makes the old dictionary again; files are streams;
//! every call is `async`; and everything fails with one type, [`ApiError`](super::ApiError), whose
//! [`legacy_status`](super::ApiError::legacy_status) is the status that you used to compare with.
//!
//! # Operations
//!
//! The last column names the test that pins the row.
//!
//! | Python | Rust | Route | What differs | Test |
//! |---|---|---|---|---|
//! | `DropboxClient(token, locale, rest_client)` | [`DropboxClient::new`](super::DropboxClient::new) | – | The rest of the arguments are in [`ClientOptions`](super::ClientOptions), with more for refreshing tokens. | `a_plain_call_sends_json_and_the_token` |
//! | `request` | [`request`](super::DropboxClient::request) | any | Style and host instead of `content_server`; POST only, and GET for downloads. | `a_request_can_be_prepared_without_being_sent` |
//! | – | [`rpc`](super::DropboxClient::rpc) | any | Calls every route of [`protocol`](dropbox_protocol), typed. | `a_plain_call_sends_json_and_the_token` |
//! | – | [`upload`](super::DropboxClient::upload) | any | The same for routes that take bytes. | `an_upload_has_its_argument_in_an_ascii_header` |
//! | – | [`download`](super::DropboxClient::download) | any | The same for routes that give bytes; also parts of files. | `a_part_of_a_file_can_be_had` |
//! | `account_info` | [`account_info`](super::DropboxClient::account_info) | `users/get_current_account`, `users/get_space_usage` | Two calls. `uid` is gone, identity is `account_id`; the quota has one figure for what is used. | `account_info_tells_whose_account_it_is_and_how_full` |
//! | `disable_access_token` | [`disable_access_token`](super::DropboxClient::disable_access_token) | `auth/token/revoke` | Ends the refresh token too; the client and its clones then refuse to call. | `a_disabled_token_makes_every_clone_fail_without_asking` |
//! | `create_oauth2_access_token` | [`create_oauth2_access_token`](super::DropboxClient::create_oauth2_access_token) | `auth/token/from_oauth1` | Make the client with [`from_oauth1`](super::DropboxClient::from_oauth1). Deprecated; Dropbox may refuse. | `an_oauth1_token_is_traded_in_the_name_of_the_app` |
//! | `put_file` | [`put_file`](super::DropboxClient::put_file) | `files/upload`, `files/upload_session/*` | No limit of 150 MB: longer files go in chunks by themselves. Over quota is 409, its legacy status 503. | `put_file_makes_the_file_and_its_folders` |
//! | `get_chunked_uploader` | [`get_chunked_uploader`](super::DropboxClient::get_chunked_uploader) | `files/upload_session/*` | The length may be unknown. | `a_long_file_goes_up_in_chunks_and_comes_back_equal` |
//! | `ChunkedUploader.upload_chunked` | [`upload_chunked`](super::ChunkedUploader::upload_chunked) | `files/upload_session/start`, `append_v2` | Or chunk by chunk with [`upload_next`](super::ChunkedUploader::upload_next); or in another run with [`resume`](super::ChunkedUploader::resume). | `an_upload_survives_lost_replies_at_every_step` |
//! | `ChunkedUploader.finish` | [`finish`](super::ChunkedUploader::finish) | `files/upload_session/finish` | Refuses while bytes are missing; recognises its own lost reply; empty files work. | `finish_treats_taken_names_as_put_file_does` |
//! | `upload_chunk` | [`upload_chunk`](super::DropboxClient::upload_chunk) | `files/upload_session/start`, `append_v2` | `expires` comes with the first chunk only. | `chunks_are_sent_one_by_one` |
//! | `get_file` | [`get_file`](super::DropboxClient::get_file) | `files/download` | Documents of Paper and Google cannot be downloaded, only exported. | `get_file_gives_the_bytes` |
//! | – | [`get_file_range`](super::DropboxClient::get_file_range) | `files/download` | A part of a file. | `a_part_of_a_file_can_be_had` |
//! | – | [`get_file_to`](super::DropboxClient::get_file_to) | `files/download` | To a file here, verified by its content hash. | `a_download_to_a_file_is_there_whole_or_not_at_all` |
//! | `get_file_and_metadata` | [`get_file_and_metadata`](super::DropboxClient::get_file_and_metadata) | `files/download` | | `metadata_comes_with_the_bytes` |
//! | `thumbnail` | [`thumbnail`](super::DropboxClient::thumbnail) | `files/get_thumbnail_v2` | More sizes, WebP, and how to fit; [`core_thumbnail_size`](super::core_thumbnail_size) knows the old letters. | `a_thumbnail_is_a_medium_jpeg_unless_said_otherwise` |
//! | `thumbnail_and_metadata` | [`thumbnail_and_metadata`](super::DropboxClient::thumbnail_and_metadata) | `files/get_thumbnail_v2` | | `metadata_comes_with_the_thumbnail` |
//! | `delta` | [`delta`](super::DropboxClient::delta) | `files/list_folder`, `files/list_folder/continue` | `reset` is true on the first page as well. A prefix may come to be later, and go again. A renaming that changes only the case is not reported. | `the_feed_starts_with_everything_and_goes_on_with_changes` |
//! | – | [`follow_delta`](super::DropboxClient::follow_delta) | `files/list_folder`, `files/list_folder/continue` | The same feed taken into a [`DeltaTree`](super::DeltaTree) by its rules, in little memory. | `a_tree_that_follows_is_what_the_feed_adds_up_to` |
//! | `longpoll_delta` | [`longpoll_delta`](super::DropboxClient::longpoll_delta) | `files/list_folder/longpoll` | Instead of waiting five minutes. | `a_longpoll_wakes_when_something_changes` |
//! | `metadata` | [`metadata`](super::DropboxClient::metadata) | `files/get_metadata`, `files/list_folder` | `hash` changes with each listing; 304 is [`ApiError::NotModified`](super::ApiError::NotModified) with the next hash, 406 is [`ApiError::TooManyEntries`](super::ApiError::TooManyEntries). | `an_unchanged_folder_is_not_told_again` |
//! | `search` | [`search`](super::DropboxClient::search) | `files/search_v2`, `files/search/continue_v2` | Dropbox decides what matches and ranks it; it may lag behind. Deleted items come last. | `a_search_finds_names_below_a_folder` |
//! | `revisions` | [`revisions`](super::DropboxClient::revisions) | `files/list_revisions` | Says whether the file is deleted; deletions are not listed. | `revisions_come_newest_first_and_up_to_the_limit` |
//! | `restore` | [`restore`](super::DropboxClient::restore) | `files/get_metadata`, `files/list_revisions`, `files/restore` | A revision belongs to the path where the file had it. | `a_file_is_never_restored_to_what_another_file_was` |
//! | – | [`restore_to`](super::DropboxClient::restore_to) | `files/restore` | The revision of any file, at any path. | `a_file_is_never_restored_to_what_another_file_was` |
//! | `media` | [`media`](super::DropboxClient::media) | `files/get_temporary_link` | `expires` is reckoned here: four hours. | `a_temporary_address_serves_the_bytes` |
//! | `share` | [`share`](super::DropboxClient::share) | `sharing/create_shared_link_with_settings`, `sharing/list_shared_links` | No short links any more, whatever `short_url` says; links usually never expire. | `a_shared_link_is_made_once` |
//! | – | [`shared_link`](super::DropboxClient::shared_link) | those of `share` | All that the service tells of the link. | `a_shared_link_tells_what_it_leads_to` |
//! | `create_copy_ref` | [`create_copy_ref`](super::DropboxClient::create_copy_ref) | `files/copy_reference/get` | Folders too. | `a_copy_reference_brings_the_content` |
//! | `add_copy_ref` | [`add_copy_ref`](super::DropboxClient::add_copy_ref) | `files/copy_reference/save` | A taken path is a conflict. | `a_copy_reference_brings_the_content` |
//! | `file_copy` | [`file_copy`](super::DropboxClient::file_copy) | `files/copy_v2` | | `a_copy_is_a_second_item` |
//! | `file_create_folder` | [`file_create_folder`](super::DropboxClient::file_create_folder) | `files/create_folder_v2` | | `a_folder_is_made_with_its_parents` |
//! | `file_delete` | [`file_delete`](super::DropboxClient::file_delete) | `files/delete_v2` | The result is the item as it was, marked as deleted. | `a_deletion_tells_what_was_there` |
//! | `file_move` | [`file_move`](super::DropboxClient::file_move) | `files/move_v2` | A taken target gets a free name, or is an error if you say so. Renaming that changes only the case takes two moves. | `a_taken_target_leads_to_another_name_unless_that_is_not_wanted` |
//! | `DropboxOAuth2Flow.start` | [`start`](super::DropboxOAuth2Flow::start) | the page `/oauth2/authorize` | Asks for offline access, with PKCE where the app has no secret. | `a_redirect_brings_the_code_and_the_state_back` |
//! | `DropboxOAuth2Flow.finish` | [`finish`](super::DropboxOAuth2Flow::finish) | `/oauth2/token` | The five exceptions are variants of [`FlowError`](super::FlowError); the result has a refresh token too. | `the_five_exceptions_come_in_their_order` |
//! | `DropboxOAuth2FlowNoRedirect.start` | [`start`](super::DropboxOAuth2FlowNoRedirect::start) | the page `/oauth2/authorize` | As above. | `a_pasted_code_is_traded_with_proof_of_who_asked` |
//! | `DropboxOAuth2FlowNoRedirect.finish` | [`finish`](super::DropboxOAuth2FlowNoRedirect::finish) | `/oauth2/token` | As above; of `FlowError` only `Api` can occur. | `a_wrong_code_is_an_error_response` |
//! | `RESTClient.request` | [`request`](super::RestClient::request) | any address | [`json`](super::RestRequest::json) parses, [`send`](super::RestRequest::send) is `raw_response=True`; headers, form and body are added with methods. | `json_is_parsed_unless_the_raw_response_is_wanted` |
//! | `RESTClient.GET`, `POST`, `PUT` | [`get`](super::RestClient::get), [`post`](super::RestClient::post), [`put`](super::RestClient::put) | any address | | `get_post_and_put_send_what_they_say` |
//! | `RESTResponse.read` | [`read`](super::RestResponse::read) | – | Or piece by piece with [`chunk`](super::RestResponse::chunk), or [`into_stream`](super::RestResponse::into_stream). | `a_response_is_read_whole_or_in_parts` |
//! | `RESTResponse.close` | [`close`](super::RestResponse::close) | – | Dropping does the same. | `a_response_is_read_whole_or_in_parts` |
//! | `RESTResponse.getheaders`, `getheader` | [`headers`](super::RestResponse::headers), [`header`](super::RestResponse::header) | – | `unwrap_or` takes the place of the default. | `headers_are_found_whatever_their_case` |
//!
//! # Errors
//!
//! | Python | Rust | Test |
//! |---|---|---|
//! | `ErrorResponse.status` | [`ErrorResponse::status`](super::ErrorResponse::status) is the real one, mostly 409; [`legacy_status`](super::ErrorResponse::legacy_status) the old one; [`tags`](super::ErrorResponse::tags) tell most. | `an_error_is_taken_apart` |
//! | `ErrorResponse.reason`, `headers`, `body`, `error_msg`, `user_error_msg` | fields of the same names | `an_error_is_taken_apart` |
//! | `RESTSocketError` | [`RestSocketError`](super::RestSocketError), which says whether the request may have arrived | `a_service_that_cannot_be_reached_is_named` |
//! | 401: sign in again | [`ApiError::needs_sign_in`](super::ApiError::needs_sign_in). Short-lived tokens are refreshed by themselves when the client has a refresh token and the app. | `an_expired_token_is_refreshed_and_the_call_repeated` |
//! | `ValueError` of a closed response | [`ApiError::AlreadyClosed`](super::ApiError::AlreadyClosed) | `a_response_is_read_whole_or_in_parts` |
//!
//! # What is gone
//!
//! - Short links (`db.tt`), the numeric `revision`, `modified` and `rev` of folders, `normal` and `shared` in the
//!   quota. Nothing in API v2 says them.
//! - `root`: API v2 does not tell whether an app sees a folder of its own, so the client says what it was made with.
//! - `icon` and `mime_type` are guessed from names.
//! - Retries: there were none, and there are none. [`ApiError::retry_after`](super::ApiError::retry_after) and
//!   [`ApiError::may_have_happened`](super::ApiError::may_have_happened) tell what a retry has to know.
