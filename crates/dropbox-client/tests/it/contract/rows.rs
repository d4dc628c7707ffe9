//! Nothing that the Core API promised is forgotten: each item of it is named by a test, in a comment `Row:` or
//! `Rows:`, and the page for people who come from the Python library is complete.
//!
//! `m` is a method, `m.p` its parameter, `m ->` its result, `m ! 404` an error; `global` are the statements about
//! all of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const ROWS: &str = "
global.error, global.401, global.ssl, global.paths, global.case, global.dates, global.retries,

DropboxClient.oauth2_access_token, DropboxClient.locale, DropboxClient.rest_client,
request, request.target, request.params, request.method, request.content_server, request ->,
account_info, account_info ->, disable_access_token, create_oauth2_access_token,

get_chunked_uploader, get_chunked_uploader.file_obj, get_chunked_uploader.length, uploader.offset,
upload_chunk, upload_chunk.file_obj, upload_chunk.length, upload_chunk.offset, upload_chunk.upload_id, upload_chunk ->,
ChunkedUploader.upload_chunked.chunk_size, upload_chunked !,
ChunkedUploader.finish, finish.path, finish.overwrite, finish.parent_rev,
put_file, put_file.full_path, put_file.file_obj, put_file.overwrite, put_file.parent_rev, put_file identical,
put_file ->, put_file ! 400, put_file ! 503,

get_file, get_file.from_path, get_file.rev, get_file ->, get_file ! 400, get_file ! 404, get_file ! 200,
get_file_and_metadata.from_path, get_file_and_metadata.rev, get_file_and_metadata ->,
get_file_and_metadata ! 400, get_file_and_metadata ! 404, get_file_and_metadata ! 200,
thumbnail.from_path, thumbnail.size, thumbnail.format, thumbnail ->,
thumbnail ! 400, thumbnail ! 404, thumbnail ! 415,
thumbnail_and_metadata.from_path, thumbnail_and_metadata.size, thumbnail_and_metadata.format,
thumbnail_and_metadata ->, thumbnail_and_metadata ! 400, thumbnail_and_metadata ! 404,
thumbnail_and_metadata ! 415, thumbnail_and_metadata ! 200,

delta.cursor, delta.path_prefix, delta -> entries, delta -> reset, delta -> cursor, delta -> has_more,
delta rules, delta lower case, longpoll_delta,

create_copy_ref.from_path, create_copy_ref -> copy_ref, create_copy_ref -> expires,
add_copy_ref.copy_ref, add_copy_ref.to_path, add_copy_ref ->,
file_copy.from_path, file_copy.to_path, file_copy ->,
file_copy ! 400, file_copy ! 403, file_copy ! 404, file_copy ! 503,
file_create_folder.path, file_create_folder ->, file_create_folder ! 400, file_create_folder ! 403,
file_delete.path, file_delete ->, file_delete ! 400, file_delete ! 404,
file_move.from_path, file_move.to_path, file_move ->, file_move ! 400, file_move ! 404, file_move ! 503,

metadata.path, metadata.list, metadata.file_limit, metadata.hash, metadata.rev, metadata.include_deleted,
metadata ->, metadata ! 304, metadata ! 400, metadata ! 404, metadata ! 406,
dictionary bytes, dictionary size, dictionary path, dictionary is_dir, dictionary is_deleted, dictionary rev,
dictionary revision, dictionary modified, dictionary client_mtime, dictionary mime_type, dictionary icon,
dictionary thumb_exists, dictionary root, dictionary hash, dictionary contents,

search.path, search.query, search.file_limit, search.include_deleted, search ->, search ! 400,
revisions.path, revisions.rev_limit, revisions ->, revisions ! 400, revisions ! 404,
restore.path, restore.rev, restore ->, restore ! 400, restore ! 404,
media.path, media ->, media -> expires, media ! 400, media ! 404,
share.path, share.short_url, share ->, share -> expires, share ! 400, share ! 404,

DropboxOAuth2Flow.consumer_key, DropboxOAuth2Flow.consumer_secret, DropboxOAuth2Flow.redirect_uri,
DropboxOAuth2Flow.session, DropboxOAuth2Flow.csrf_token_session_key, DropboxOAuth2Flow.locale,
DropboxOAuth2Flow.rest_client, DropboxOAuth2Flow.start.url_state, DropboxOAuth2Flow.start ->,
DropboxOAuth2Flow.finish.query_params, DropboxOAuth2Flow.finish ->, DropboxOAuth2Flow.finish !,
DropboxOAuth2FlowNoRedirect.consumer_key, DropboxOAuth2FlowNoRedirect.consumer_secret,
DropboxOAuth2FlowNoRedirect.locale, DropboxOAuth2FlowNoRedirect.rest_client,
DropboxOAuth2FlowNoRedirect.start ->, DropboxOAuth2FlowNoRedirect.finish.code,
DropboxOAuth2FlowNoRedirect.finish ->, DropboxOAuth2FlowNoRedirect.finish !,

RESTClient.request.method, RESTClient.request.url, RESTClient.request.post_params, RESTClient.request.body,
RESTClient.request.headers, RESTClient.request.raw_response, RESTClient.request ->, RESTClient.request !,
RESTClient.GET, RESTClient.POST, RESTClient.PUT,
RESTResponse.read.amt, RESTResponse.read !, RESTResponse.close, RESTResponse.getheaders,
RESTResponse.getheader.name, RESTResponse.getheader.default,
ErrorResponse.status, ErrorResponse.reason, ErrorResponse.headers, ErrorResponse.body, ErrorResponse.error_msg,
ErrorResponse.user_error_msg, RESTSocketError
";

#[test]
fn every_item_of_the_core_api_is_named_by_a_test() {
    let wanted = names(ROWS);
    let mut named = BTreeSet::new();
    for source in sources(&["src", "tests/it/wire", "tests/it/contract"]) {
        let mut lines = source.lines().map(str::trim);
        while let Some(line) = lines.next() {
            let Some(rows) = line.strip_prefix("// Row: ").or_else(|| line.strip_prefix("// Rows: ")) else {
                continue;
            };
            let mut rows = rows.to_owned();
            while rows.ends_with(',') {
                rows += lines.next().unwrap().trim_start_matches("//");
            }
            named.extend(names(&rows));
        }
    }
    let missing: Vec<_> = wanted.difference(&named).collect();
    assert!(missing.is_empty(), "no test names {missing:?}");
    let unknown: Vec<_> = named.difference(&wanted).collect();
    assert!(unknown.is_empty(), "tests name what the Core API does not have: {unknown:?}");
}

#[test]
fn the_page_for_newcomers_names_tests_that_exist() {
    let tests = sources(&["tests/it/wire", "tests/it/contract"]).concat();
    let page = fs::read_to_string(root().join("src/migration.rs")).unwrap();
    let rows: Vec<_> =
        page.lines().filter(|line| line.starts_with("//! | ") && line.contains("](super::")).collect();
    assert!(rows.len() > 40, "the tables have moved: {}", rows.len());
    for row in rows {
        let cells: Vec<_> =
            row.trim_start_matches("//!").trim().trim_matches('|').split(" | ").map(str::trim).collect();
        let test = cells.last().unwrap().trim_matches(['`', ' ', '|']);
        assert!(tests.contains(&format!("fn {test}()")), "no test is called {test:?}: {row}");
    }
}

#[test]
fn the_page_for_newcomers_knows_every_operation() {
    let page = fs::read_to_string(root().join("src/migration.rs")).unwrap();
    let mut absent = Vec::new();
    for (folder, class) in [("src/core", "DropboxClient"), ("src/client", "DropboxClient")] {
        for source in sources(&[folder]) {
            for (_, rest) in source
                .match_indices("\n    pub async fn ")
                .map(|(at, start)| source.split_at(at + start.len()))
            {
                let operation: String =
                    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if !page.contains(&format!("(super::{class}::{operation})")) {
                    absent.push(operation);
                }
            }
        }
    }
    assert!(absent.is_empty(), "not on the page: {absent:?}");
}

fn names(list: &str) -> BTreeSet<String> {
    list.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below some folders.
fn sources(folders: &[&str]) -> Vec<String> {
    fn collect(folder: &Path, sources: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, sources);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push(fs::read_to_string(path).unwrap());
            }
        }
    }

    let mut sources = Vec::new();
    for folder in folders {
        collect(&root().join(folder), &mut sources);
    }
    sources
}
