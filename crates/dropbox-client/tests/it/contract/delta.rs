//! The feed of changes: replayed, it makes the same tree.

use std::collections::BTreeMap;

use dropbox_client::{DeltaItem, DeltaPage, DeltaTree, MetadataOptions, MoveOptions};

use dropbox_protocol::content_hash::to_digits;

use super::support::{Account, refused};

/// What a follower knows: whether each path is a folder.
#[derive(Default)]
struct Follower {
    tree: BTreeMap<String, bool>,
    cursor: Option<String>,
    resets: usize,
}

impl Follower {
    /// Takes in the changes until there are no more, by the rules of the Core API.
    async fn follow(&mut self, account: &Account, prefix: Option<&str>) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            let page = account.client.delta(self.cursor.as_deref(), prefix).await.unwrap();
            seen.extend(page.entries.iter().map(|entry| entry.path.clone()));
            let has_more = page.has_more;
            self.take(page);
            if !has_more {
                return seen;
            }
        }
    }

    fn take(&mut self, page: DeltaPage) {
        if page.reset {
            self.tree.clear();
            self.resets += 1;
        }
        for entry in page.entries {
            let below = format!("{}/", entry.path);
            match entry.metadata {
                Some(metadata) if metadata.is_dir => {
                    self.tree.insert(entry.path, true);
                }
                Some(_) => {
                    self.tree.retain(|path, _| !path.starts_with(&below));
                    self.tree.insert(entry.path, false);
                }
                None => self.tree.retain(|path, _| *path != entry.path && !path.starts_with(&below)),
            }
        }
        self.cursor = Some(page.cursor);
    }

    fn paths(&self) -> Vec<&str> {
        self.tree.keys().map(String::as_str).collect()
    }
}

#[tokio::test]
async fn the_feed_starts_with_everything_and_goes_on_with_changes() {
    // Rows: delta.cursor, delta -> entries, delta -> reset, delta -> cursor, delta -> has_more, delta rules,
    // delta lower case, global.case
    let account = Account::with(|_| {}).await;
    account.put("/Folder/A.txt", "1").await;
    account.put("/b.txt", "2").await;
    let mut follower = Follower::default();
    follower.follow(&account, None).await;
    assert_eq!(follower.paths(), ["/b.txt", "/folder", "/folder/a.txt"], "in lower case");
    assert_eq!(follower.resets, 1);

    assert!(follower.follow(&account, None).await.is_empty(), "nothing has happened");

    account.put("/b.txt", "changed").await;
    account.client.file_move("/Folder", "/Moved", &MoveOptions::default()).await.unwrap();
    account.put("/Moved/new.txt", "3").await;
    follower.follow(&account, None).await;
    assert_eq!(follower.paths(), ["/b.txt", "/moved", "/moved/a.txt", "/moved/new.txt"]);

    account.client.file_delete("/moved").await.unwrap();
    account.put("/moved", "now a file").await;
    follower.follow(&account, None).await;
    assert_eq!(follower.paths(), ["/b.txt", "/moved"]);
    assert_eq!(follower.resets, 1, "and the state was never thrown away");
}

#[tokio::test]
async fn the_metadata_of_an_entry_is_that_of_metadata() {
    // Row: delta -> entries
    let account = Account::with(|_| {}).await;
    let file = account.put("/Report.PDF", "1").await;
    let page = account.client.delta(None, None).await.unwrap();
    assert!(page.reset && !page.has_more);
    assert_eq!(page.entries.len(), 1);
    assert_eq!(
        (page.entries[0].path.as_str(), page.entries[0].metadata.as_ref()),
        ("/report.pdf", Some(&file))
    );
}

#[tokio::test]
async fn a_prefix_limits_the_feed_and_belongs_to_the_cursor() {
    // Row: delta.path_prefix
    let account = Account::new().await;
    account.put("/In/a.txt", "1").await;
    account.put("/Inner/b.txt", "2").await;
    let prefix = account.path("/IN/");
    let mut follower = Follower::default();
    follower.follow(&account, Some(&prefix)).await;
    let inside = account.path("/in");
    assert_eq!(follower.paths(), [inside.clone(), format!("{inside}/a.txt")]);
    account.put("/Inner/c.txt", "3").await;
    account.put("/in/d.txt", "4").await;
    assert_eq!(follower.follow(&account, Some(&prefix)).await, [format!("{inside}/d.txt")]);
    let cursor = follower.cursor.as_deref();
    for other in [None, Some(account.path("/Inner"))] {
        let error = account.client.delta(cursor, other.as_deref()).await.unwrap_err();
        assert_eq!(error.legacy_status(), Some(400));
    }
    let error = account.client.delta(Some("no cursor"), None).await.unwrap_err();
    assert_eq!(error.legacy_status(), Some(400));
    refused(account.client.delta(None, Some(&account.path("/no\\path"))).await, 400, "path/malformed_path");
}

#[tokio::test]
async fn a_prefix_may_come_and_go() {
    // Rows: delta.path_prefix, delta -> entries
    let account = Account::new().await;
    account.put("/other.txt", "0").await;
    let prefix = account.path("/Up/In");
    let inside = prefix.to_lowercase();
    let (mut follower, mut tree) = (Follower::default(), DeltaTree::new(Some(&prefix)));
    let steps = [
        "nothing",
        "elsewhere",
        "folder",
        "gone",
        "elsewhere",
        "folder again",
        "parent gone",
        "file",
        "parent is a file",
        "folder again",
    ];
    for step in steps {
        let (path, up) = (account.path("/Up/In"), account.path("/Up"));
        match step {
            "elsewhere" => {
                account.put("/Other/b.txt", step).await;
            }
            "folder" | "folder again" => {
                if step == "folder again" && account.client.file_delete(&up).await.is_err() {
                    // It was gone already.
                }
                account.put("/Up/In/a.txt", step).await;
            }
            "gone" => {
                account.client.file_delete(&path).await.unwrap();
            }
            "parent gone" => {
                account.client.file_delete(&up).await.unwrap();
            }
            "file" => {
                account.put("/Up/In", step).await;
            }
            "parent is a file" => {
                account.client.file_delete(&up).await.unwrap();
                account.put("/Up", step).await;
            }
            _ => {}
        }
        let seen = follower.follow(&account, Some(&prefix)).await;
        assert!(seen.iter().all(|path| path.starts_with(&inside)), "{step}: {seen:?}");
        while account.client.follow_delta(&mut tree).await.unwrap().has_more {}
        let expected: &[String] = match step {
            "folder" | "folder again" => &[inside.clone(), format!("{inside}/a.txt")],
            "file" => std::slice::from_ref(&inside),
            _ => &[],
        };
        assert_eq!(follower.paths(), expected, "{step}");
        assert_eq!(tree.iter().map(|(path, _)| path).collect::<Vec<_>>(), expected, "{step}");
    }
}

#[tokio::test]
async fn a_file_can_be_the_prefix() {
    // Row: delta.path_prefix
    let account = Account::new().await;
    account.put("/folder/one.txt", "1").await;
    account.put("/folder/two.txt", "2").await;
    let prefix = account.path("/folder/one.txt");
    let mut follower = Follower::default();
    follower.follow(&account, Some(&prefix)).await;
    assert_eq!(follower.paths(), [prefix.as_str()]);
    account.put("/folder/two.txt", "22").await;
    assert!(follower.follow(&account, Some(&prefix)).await.is_empty());
    account.client.file_delete(&prefix).await.unwrap();
    follower.follow(&account, Some(&prefix)).await;
    assert!(follower.paths().is_empty());
}

#[tokio::test]
async fn an_expired_cursor_starts_the_feed_anew() {
    // Row: delta -> reset
    let clock = coffer_server::clock::Clock::new();
    let account = Account::with(|config| {
        config.cursor_lifetime_secs = Some(60);
        config.clock = clock.clone();
    })
    .await;
    account.put("/a.txt", "1").await;
    let mut follower = Follower::default();
    follower.follow(&account, None).await;
    clock.advance(3600);
    account.client.file_delete("/a.txt").await.unwrap();
    account.put("/b.txt", "2").await;
    follower.follow(&account, None).await;
    assert_eq!((follower.paths(), follower.resets), (vec!["/b.txt"], 2));
}

#[tokio::test]
async fn a_tree_that_follows_is_what_the_feed_adds_up_to() {
    // Rows: delta rules, delta -> entries
    let account = Account::new().await;
    let base = account.path("/Tree");
    account.client.file_create_folder(&base).await.unwrap();
    account.put("/Tree/Grüße/a.txt", "1").await;
    account.put("/Tree/b.txt", "22").await;
    let (mut tree, mut follower) = (DeltaTree::new(Some(&base)), Follower::default());
    let mut steps = 0;
    loop {
        let mut reset = false;
        loop {
            let news = account.client.follow_delta(&mut tree).await.unwrap();
            reset |= news.reset;
            if !news.has_more {
                break;
            }
        }
        assert_eq!(reset, steps == 0);
        follower.follow(&account, Some(&base)).await;
        let items: Vec<_> = tree.iter().map(|(path, item)| (path, item == DeltaItem::Folder)).collect();
        assert_eq!(items, Vec::from_iter(follower.tree.clone()), "after {steps} steps");
        assert_eq!(tree.len(), items.len());
        let mv = async |from: &str, to: &str| {
            let (from, to) = (account.path(from), account.path(to));
            account.client.file_move(&from, &to, &MoveOptions::default()).await.unwrap();
        };
        match steps {
            0 => mv("/Tree/Grüße", "/Tree/Moved").await,
            1 => drop(account.client.file_delete(&account.path("/Tree/Moved")).await.unwrap()),
            2 => drop(account.put("/Tree/Moved", "now a file").await),
            3 => mv("/Tree/b.txt", "/Tree/c/B.txt").await,
            4 => drop(account.put("/Tree/c/B.txt", "333").await),
            _ => break,
        }
        steps += 1;
    }
    let file = account.client.metadata(&account.path("/Tree/c/B.txt"), &MetadataOptions::default()).await;
    let (file, kept) = (file.unwrap(), tree.get(&account.path("/tree/C/b.TXT")));
    let Some(DeltaItem::File(kept)) = kept else { panic!("{kept:?}") };
    assert_eq!((kept.bytes, Some(kept.rev)), (3, file.rev));
    assert_eq!(kept.content_hash.as_ref().map(to_digits), file.content_hash);
}

#[tokio::test]
async fn a_tree_starts_anew_when_its_cursor_has_expired_and_stays_when_a_call_fails() {
    let clock = coffer_server::clock::Clock::new();
    let account = Account::with(|config| {
        config.cursor_lifetime_secs = Some(60);
        config.clock = clock.clone();
    })
    .await;
    account.put("/a.txt", "1").await;
    let mut tree = DeltaTree::new(None);
    account.client.follow_delta(&mut tree).await.unwrap();
    account.put("/b.txt", "2").await;
    account.server().faults().add("files/list_folder/continue:500".parse().unwrap());
    let cursor = tree.cursor().map(str::to_owned);
    account.client.follow_delta(&mut tree).await.unwrap_err();
    assert_eq!((tree.len(), tree.cursor()), (1, cursor.as_deref()));
    clock.advance(3600);
    account.client.file_delete("/a.txt").await.unwrap();
    let news = account.client.follow_delta(&mut tree).await.unwrap();
    assert!(news.reset && !news.has_more && news.entries == 1);
    assert_eq!(tree.iter().map(|(path, _)| path).collect::<Vec<_>>(), ["/b.txt"]);
    let waiting = account.client.longpoll_delta(tree.cursor().unwrap(), 30);
    let (woken, _) = tokio::join!(waiting, account.put("/c.txt", "3"));
    assert!(woken.unwrap().changes);
}

#[tokio::test]
async fn a_tree_can_follow_one_file() {
    // Row: delta.path_prefix
    let account = Account::new().await;
    account.put("/folder/one.txt", "1").await;
    account.put("/folder/two.txt", "2").await;
    let prefix = account.path("/folder/One.txt");
    let mut tree = DeltaTree::new(Some(&prefix));
    account.client.follow_delta(&mut tree).await.unwrap();
    assert_eq!((tree.len(), tree.get(&prefix).is_some()), (1, true));
    account.client.file_delete(&prefix).await.unwrap();
    account.client.follow_delta(&mut tree).await.unwrap();
    assert!(tree.is_empty());
}

#[tokio::test]
async fn a_longpoll_wakes_when_something_changes() {
    // Rows: longpoll_delta, delta -> has_more
    let account = Account::with(|_| {}).await;
    account.put("/a.txt", "1").await;
    let page = account.client.delta(None, None).await.unwrap();
    let waiting = account.client.longpoll_delta(&page.cursor, 30);
    let edit = account.put("/b.txt", "2");
    let (woken, _) = tokio::join!(waiting, edit);
    assert!(woken.unwrap().changes);
    let next = account.client.delta(Some(&page.cursor), None).await.unwrap();
    assert_eq!(next.entries[0].path, "/b.txt");
    assert!(account.client.longpoll_delta("nonsense", 30).await.is_err());
}
