//! The search for files and folders by words of their names.

use super::support::{Account, TOKEN};
use coffer_server::{Server, ServerConfig};
use serde_json::{Value, json};
use std::path::Path;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

fn names(result: &Value) -> Vec<&str> {
    result["matches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["metadata"]["metadata"]["name"].as_str().unwrap())
        .collect()
}

/// Names, and the queries that find some of them.
const NAMES: [&str; 18] = [
    "2019–2020 report.xlsx",
    "D'Artagnan.md",
    "O’Brien notes.txt",
    "Screenshot 9.41.00\u{202f}AM.png",
    "Smørrebrød.md",
    "Straße nach Köln.pdf",
    "UserController.java",
    "co\u{ad}operate.txt",
    "rbx.txt",
    "user-console.ts",
    "user_controller.rb",
    "İzmir.txt",
    "Łódź.txt",
    "ısı.txt",
    "ΟΔΥΣΣΕΥΣ.txt",
    "ﬁnal ﬂow.txt",
    "서울 사진.jpg",
    "東京タワーＡＢＣ１.jpg",
];

const QUERIES: [(&str, &[&str]); 68] = [
    // Apostrophes and quotes.
    ("obrien", &["O’Brien notes.txt"]),
    ("OBRIEN", &["O’Brien notes.txt"]),
    ("o'brien", &["O’Brien notes.txt"]),
    ("O’Brien", &["O’Brien notes.txt"]),
    ("o´brien", &["O’Brien notes.txt"]),
    ("O＇Brien", &["O’Brien notes.txt"]),
    ("brien", &["O’Brien notes.txt"]),
    ("o'b", &["O’Brien notes.txt"]),
    ("obrian", &[]),
    ("o brien", &["O’Brien notes.txt"]),
    ("\"O'Brien notes\"", &["O’Brien notes.txt"]),
    ("‘notes’", &["O’Brien notes.txt"]),
    ("“notes”", &["O’Brien notes.txt"]),
    ("«notes»", &["O’Brien notes.txt"]),
    ("d’artagnan", &["D'Artagnan.md"]),
    ("dartagnan", &["D'Artagnan.md"]),
    ("d'a", &["D'Artagnan.md"]),
    // Parts of words, and what joins them.
    ("usercon", &["UserController.java", "user-console.ts", "user_controller.rb"]),
    ("USERCON", &["UserController.java", "user-console.ts", "user_controller.rb"]),
    ("user_con", &["UserController.java", "user-console.ts", "user_controller.rb"]),
    ("user-con", &["UserController.java", "user-console.ts", "user_controller.rb"]),
    ("user con", &["UserController.java", "user-console.ts", "user_controller.rb"]),
    ("user*", &["UserController.java", "user-console.ts", "user_controller.rb"]),
    ("user*con*", &["UserController.java", "user-console.ts", "user_controller.rb"]),
    ("usercontroller", &["UserController.java", "user_controller.rb"]),
    ("ercontr", &["UserController.java", "user_controller.rb"]),
    ("usercom", &[]),
    ("*.rb", &["user_controller.rb"]),
    ("rb", &["rbx.txt", "user_controller.rb"]),
    ("2019-2020", &["2019–2020 report.xlsx"]),
    ("2019−2020", &["2019–2020 report.xlsx"]),
    ("20192020", &["2019–2020 report.xlsx"]),
    ("2019 - report", &["2019–2020 report.xlsx"]),
    ("9.41.00 am", &["Screenshot 9.41.00\u{202f}AM.png"]),
    ("cooperate", &["co\u{ad}operate.txt"]),
    // Only signs: no word.
    ("-", &[]),
    ("*", &[]),
    ("'", &[]),
    // Letters with two spellings.
    ("strasse", &["Straße nach Köln.pdf"]),
    ("STRASSE", &["Straße nach Köln.pdf"]),
    ("straße", &["Straße nach Köln.pdf"]),
    ("STRAẞE", &["Straße nach Köln.pdf"]),
    ("koln strasse", &["Straße nach Köln.pdf"]),
    ("ko\u{308}ln", &["Straße nach Köln.pdf"]),
    ("strase", &[]),
    ("final", &["ﬁnal ﬂow.txt"]),
    ("ﬁnal flow", &["ﬁnal ﬂow.txt"]),
    ("inal", &["ﬁnal ﬂow.txt"]),
    ("fl", &["ﬁnal ﬂow.txt"]),
    ("izmir", &["İzmir.txt"]),
    ("IZMIR", &["İzmir.txt"]),
    ("İZMİR", &["İzmir.txt"]),
    ("isi", &["ısı.txt"]),
    ("ISI", &["ısı.txt"]),
    ("ısı", &["ısı.txt"]),
    ("lodz", &["Łódź.txt"]),
    ("smorrebrod", &["Smørrebrød.md"]),
    ("SMØRREBRØD", &["Smørrebrød.md"]),
    ("οδυσσεύς", &["ΟΔΥΣΣΕΥΣ.txt"]),
    // Names without spaces, and forms of other widths. Below three letters every name is compared.
    ("京", &["東京タワーＡＢＣ１.jpg"]),
    ("東京", &["東京タワーＡＢＣ１.jpg"]),
    ("東京タワー", &["東京タワーＡＢＣ１.jpg"]),
    ("ﾀﾜｰ", &["東京タワーＡＢＣ１.jpg"]),
    ("大阪", &[]),
    ("abc1", &["東京タワーＡＢＣ１.jpg"]),
    ("ｃ１", &["東京タワーＡＢＣ１.jpg"]),
    ("서울", &["서울 사진.jpg"]),
    ("사", &["서울 사진.jpg"]),
];

async fn check_queries(account: &Account) {
    for (query, expected) in QUERIES {
        let found = account.rpc("files/search_v2", json!({"query": query})).await.ok();
        let mut found = names(&found);
        found.sort_unstable();
        assert_eq!(found, expected, "{query}");
    }
}

#[tokio::test]
async fn names_are_found_however_the_query_is_spelled() {
    let account = Account::new().await;
    for name in NAMES {
        account.put(&format!("/{name}"), b"x").await;
    }
    check_queries(&account).await;
}

#[tokio::test]
async fn names_that_an_older_version_wrote_are_found_too_and_nothing_else_changes() {
    let mut account = Account::new().await;
    account.put("/deleted/O’Hara.txt", b"x").await;
    account.rpc("files/delete_v2", json!({"path": "/deleted"})).await.ok();
    account.put("/rbx.txt", b"older").await;
    for name in NAMES {
        account.put(&format!("/{name}"), name.as_bytes()).await;
    }
    let everything = json!({"path": "", "recursive": true, "include_deleted": true});
    let revisions = json!({"path": "/rbx.txt"});
    let (paths, cursor) = account.list(everything.clone()).await;
    let versions = account.rpc("files/list_revisions", revisions.clone()).await.ok();

    account.server.shutdown().await;
    let vault = account.vault.path().join("vault");
    index_as_version_1_did(&vault.join("vault.sqlite"));
    let mut config = ServerConfig::new(vault);
    config.token = Some(TOKEN.to_owned());
    account.server = Server::start(config).await.unwrap();

    check_queries(&account).await;
    let deleted = json!({"query": "ohara", "options": {"file_status": "deleted"}});
    assert_eq!(names(&account.rpc("files/search_v2", deleted).await.ok()), ["O’Hara.txt"]);
    assert_eq!(account.list(everything).await.0, paths);
    assert!(account.changes(&cursor).await.0.is_empty());
    assert_eq!(account.rpc("files/list_revisions", revisions).await.ok(), versions);
    for name in NAMES {
        assert_eq!(account.get(&format!("/{name}")).await, name.as_bytes());
    }
    account.put("/O’Neill.txt", b"x").await;
    assert_eq!(
        names(&account.rpc("files/search_v2", json!({"query": "oneill"})).await.ok()),
        ["O’Neill.txt"]
    );
}

/// Makes the search index that of version 1, in which names had their apostrophes, signs, and `ß`.
fn index_as_version_1_did(database: &Path) {
    let connection = rusqlite::Connection::open(database).unwrap();
    connection.execute_batch("DROP TABLE names").unwrap();
    let schema = include_str!("../../../src/store/schema_1.sql");
    let create =
        schema.split_inclusive(';').find(|statement| statement.contains("VIRTUAL TABLE names")).unwrap();
    connection.execute_batch(create).unwrap();
    let mut statement = connection.prepare("SELECT entry, path_lower FROM entries").unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (entry, path): (i64, String) = (row.get(0).unwrap(), row.get(1).unwrap());
        let name = path.rsplit('/').next().unwrap();
        let letters = name.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
        let folded: String = letters.collect();
        connection.execute("INSERT INTO names (rowid, folded) VALUES (?1, ?2)", (entry, folded)).unwrap();
    }
    let found = "SELECT count(*) FROM names WHERE names MATCH 'bri AND rie'";
    assert_eq!(connection.query_row(found, [], |row| row.get(0)), Ok(1));
    let found = "SELECT count(*) FROM names WHERE names MATCH 'obr'";
    assert_eq!(connection.query_row(found, [], |row| row.get(0)), Ok(0));
    connection.pragma_update(None, "user_version", 1).unwrap();
}

#[tokio::test]
async fn search_finds_words_of_names_whatever_their_case_and_accents() {
    let account = Account::new().await;
    for path in
        ["/Café Crème.txt", "/holiday/Beach café.jpg", "/holiday/notes.md", "/东京.txt", "/old cafe.txt"]
    {
        account.put(path, b"x").await;
    }
    account.rpc("files/delete_v2", json!({"path": "/old cafe.txt"})).await.ok();
    let search = |query: &str, options: Value| {
        let argument = json!({"query": query, "options": options});
        let account = &account;
        async move { account.rpc("files/search_v2", argument).await.ok() }
    };
    let found = search("CAFE", json!({})).await;
    assert_eq!(names(&found), ["Café Crème.txt", "Beach café.jpg"]);
    assert_eq!(found["matches"][0]["metadata"][".tag"], "metadata");
    assert_eq!(found["matches"][0]["metadata"]["metadata"][".tag"], "file");
    assert_eq!(names(&search("creme cafe", json!({})).await), ["Café Crème.txt"]);
    assert_eq!(names(&search("holiday cafe", json!({})).await), ["Beach café.jpg"]);
    assert!(names(&search("holiday cafe", json!({"filename_only": true})).await).is_empty());
    assert_eq!(names(&search("京", json!({})).await), ["东京.txt"]);
    assert_eq!(names(&search("cafe", json!({"path": "/Holiday"})).await), ["Beach café.jpg"]);
    assert_eq!(names(&search("cafe", json!({"file_extensions": ["jpg"]})).await), ["Beach café.jpg"]);
    assert_eq!(names(&search("cafe", json!({"file_categories": ["document"]})).await), ["Café Crème.txt"]);
    assert_eq!(names(&search("cafe", json!({"file_status": "deleted"})).await), ["old cafe.txt"]);
    assert_eq!(
        names(&search("holiday", json!({"file_categories": [{".tag": "folder"}]})).await),
        ["holiday"]
    );
    let marked = json!({"query": "cafe", "match_field_options": {"include_highlights": true}});
    let marked = account.rpc("files/search_v2", marked).await.ok();
    let spans = &marked["matches"][0]["highlight_spans"];
    assert_eq!(spans[0], json!({"highlight_str": "Café", "is_highlighted": true}));
    for (argument, expected) in [
        (json!({"query": " "}), "invalid_argument"),
        (json!({"query": "x", "options": {"path": "/nothing"}}), "path/not_found"),
    ] {
        assert!(account.rpc("files/search_v2", argument).await.conflict().starts_with(expected));
    }
    let longest = json!({"query": "x".repeat(1000)});
    assert!(names(&account.rpc("files/search_v2", longest).await.ok()).is_empty());
    let too_long = account.rpc("files/search_v2", json!({"query": "x".repeat(1001)})).await;
    assert_eq!(too_long.status, 400);
    assert!(too_long.text().ends_with("query: must have at most 1000 characters"), "{}", too_long.text());
}

#[tokio::test]
async fn a_long_search_goes_on_where_it_stopped() {
    let account = Account::new().await;
    for number in 0..25 {
        account.put(&format!("/report {number:02}.txt"), b"x").await;
    }
    let mut page =
        account.rpc("files/search_v2", json!({"query": "report", "options": {"max_results": 10}})).await.ok();
    let mut all: Vec<String> = names(&page).iter().map(|&name| name.to_owned()).collect();
    while page["has_more"] == true {
        page = account.rpc("files/search/continue_v2", json!({"cursor": page["cursor"]})).await.ok();
        all.extend(names(&page).iter().map(|&name| name.to_owned()));
    }
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 25);
}
