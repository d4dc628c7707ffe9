//! The search for files and folders by words of their names.

use super::support::Account;
use serde_json::{Value, json};

fn names(result: &Value) -> Vec<&str> {
    result["matches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["metadata"]["metadata"]["name"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn search_takes_quotes_wildcards_and_any_apostrophe() {
    let account = Account::new().await;
    for path in ["/O’Brien notes.txt", "/D'Artagnan.md", "/user_console.rb", "/rbx.txt"] {
        account.put(path, b"x").await;
    }
    for (query, expected) in [
        ("o'brien", "O’Brien notes.txt"),
        ("O’Brien", "O’Brien notes.txt"),
        ("d’artagnan", "D'Artagnan.md"),
        ("d'a", "D'Artagnan.md"),
        ("*.rb", "user_console.rb"),
        ("user*", "user_console.rb"),
        ("\"O'Brien notes\"", "O’Brien notes.txt"),
        ("“notes”", "O’Brien notes.txt"),
    ] {
        let found = account.rpc("files/search_v2", json!({"query": query})).await.ok();
        assert_eq!(names(&found), [expected], "{query}");
    }
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
