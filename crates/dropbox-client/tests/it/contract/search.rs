//! Searching for names.

use dropbox_client::CoreSearchOptions;

use super::support::Account;

#[tokio::test]
async fn a_search_finds_names_below_a_folder() {
    // Rows: search.path, search.query, search.file_limit, search ->, search.include_deleted
    let account = Account::with(|_| {}).await;
    account.put("/here/report one.txt", "1").await;
    account.put("/here/deep/Report two.txt", "2").await;
    account.put("/here/gone report.txt", "3").await;
    account.put("/there/report three.txt", "4").await;
    account.client.file_delete("/here/gone report.txt").await.unwrap();
    let find = async |path: &str, query: &str, options: CoreSearchOptions| {
        let found = account.client.search(path, query, &options).await.unwrap();
        found.into_iter().map(|item| (item.name().to_owned(), item.is_deleted)).collect::<Vec<_>>()
    };
    let mut found = find("/here", "report", CoreSearchOptions::default()).await;
    found.sort();
    assert_eq!(found, [("Report two.txt".to_owned(), false), ("report one.txt".to_owned(), false)]);
    assert_eq!(find("/", "report", CoreSearchOptions::default()).await.len(), 3);
    assert_eq!(find("", "report", CoreSearchOptions::default().with_file_limit(2)).await.len(), 2);
    let with_deleted = find("/here", "report", CoreSearchOptions::default().with_include_deleted(true)).await;
    assert_eq!(with_deleted.last(), Some(&("gone report.txt".to_owned(), true)));
    assert!(find("", "nothing like it", CoreSearchOptions::default()).await.is_empty());
}
