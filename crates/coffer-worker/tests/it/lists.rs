//! Listing folders and other places.

use coffer_model::link::{Audience, LinkOptions, LinkSettings};
use coffer_model::message::{Edit, Job, Update};
use coffer_model::{AccountChoice, Grouping, Receipt, Recovery, RemotePath, SharedLink, Sort, SortColumn};
use coffer_server::faults::{Fault, FaultKind};
use coffer_testing::house::{House, names};
use dropbox_protocol::files::{MOVE, RelocationArg};
use jiff::Timestamp;
use std::sync::Arc;

#[test]
fn a_folder_is_listed_in_order_and_is_known_at_once_the_second_time() {
    // Without an index, which tells what is in “Folder” as soon as it knows.
    let mut house = House::that_follows_nothing();
    house.put("/b10.txt", "x");
    house.put("/b9.txt", "xx");
    house.put("/Folder/inside.txt", "x");
    assert_eq!(names(&house.list("/")), ["Folder", "b9.txt", "b10.txt"]);

    house.put("/a.txt", "new");
    let again = house.run(Job::List { path: RemotePath::root(), sort: Sort::default() });
    let listings = again.listings();
    assert_eq!(names(&listings[0]), ["Folder", "b9.txt", "b10.txt"], "what is known comes first");
    assert_eq!(names(&listings[1]), ["Folder", "a.txt", "b9.txt", "b10.txt"]);
    assert_eq!(listings.len(), 2);

    let unchanged = house.run(Job::List { path: RemotePath::root(), sort: Sort::default() });
    assert_eq!(unchanged.listings().len(), 1, "no news, no second listing");
    assert!(Arc::ptr_eq(&unchanged.listings()[0], &listings[1]));
}

#[test]
fn another_order_comes_from_memory_even_when_the_service_is_gone() {
    let mut house = House::new();
    house.put("/small.txt", "x");
    house.put("/large.txt", "xxxxxx");
    house.list("/");
    house.faults().add(Fault::new("files/*", FaultKind::Reset, 1000));
    let sort = Sort::by(SortColumn::Size, true);
    let ended = house.run(Job::List { path: RemotePath::root(), sort });
    assert_eq!(names(&ended.listings()[0]), ["large.txt", "small.txt"]);
    assert_eq!(ended.problem().recovery(), Recovery::Offline);
}

#[test]
fn rows_are_narrowed_in_their_order_without_asking_the_service() {
    let mut house = House::new();
    for name in ["Café 10.txt", "cafe 9.txt", "tea.txt"] {
        house.put(&format!("/{name}"), "x");
    }
    let rows = house.list("/");
    house.faults().add(Fault::new("files/*", FaultKind::Reset, 1000));
    let query = "CAFE".to_owned();
    let receipt = house
        .run(Job::FilterRows {
            rows: Arc::clone(&rows),
            query,
            unfolded: Arc::default(),
            inside: Arc::default(),
        })
        .receipt();
    let Receipt::Listed(narrowed) = receipt else { panic!("rows are listed: {receipt:?}") };
    assert_eq!(names(&narrowed), ["cafe 9.txt", "Café 10.txt"]);
    assert_eq!((narrowed.sort, narrowed.complete, narrowed.total_bytes), (rows.sort, true, 2));
    assert!(narrowed.row_of(&RemotePath::new("/tea.txt")).is_none());
}

#[test]
fn what_is_in_an_unfolded_folder_is_narrowed_with_the_rows_around_it() {
    let mut house = House::new();
    for path in ["/Trip/café.txt", "/Trip/tea.txt", "/cafe 2.txt"] {
        house.put(path, "x");
    }
    let rows = house.list("/");
    let inside = Arc::new([(RemotePath::new("/Trip"), house.list("/Trip"))].into());
    let mut narrowed = |query: &str| {
        let (rows, inside) = (Arc::clone(&rows), Arc::clone(&inside));
        let job = Job::FilterRows { rows, query: query.to_owned(), unfolded: Arc::default(), inside };
        let receipt = house.run(job).receipt();
        let Receipt::Listed(narrowed) = receipt else { panic!("rows are listed: {receipt:?}") };
        (names(&narrowed).join(", "), narrowed.levels.clone())
    };
    assert_eq!(narrowed(""), ("Trip, café.txt, tea.txt, cafe 2.txt".to_owned(), vec![0, 1, 1, 0]));
    assert_eq!(narrowed("cafe"), ("café.txt, cafe 2.txt".to_owned(), vec![1, 0]));
}

#[test]
fn a_folder_is_listed_in_groups_and_then_without_them() {
    let mut house = House::new();
    for path in ["/a.txt", "/b.jpg", "/c.txt", "/d/e.txt"] {
        house.put(path, "x");
    }
    let mut listed = |grouping| {
        let sort = Sort { grouping, ..Sort::default() };
        let ended = house.run(Job::List { path: RemotePath::root(), sort });
        let listing = ended.listings().last().map(Arc::clone).unwrap();
        let first_rows: Vec<usize> = listing.groups.list.iter().map(|group| group.first_row).collect();
        (names(&listing).join(" "), first_rows)
    };
    assert_eq!(listed(Grouping::Kind), ("d b.jpg a.txt c.txt".to_owned(), vec![0, 1, 2]));
    assert_eq!(listed(Grouping::None), ("d a.txt b.jpg c.txt".to_owned(), vec![]));
}

#[test]
fn a_change_of_case_is_listed_wherever_it_was_made() {
    let mut house = House::new();
    let entry = house.put("/Trip/kayaks.jpg", "x");
    assert_eq!(names(&house.list("/Trip")), ["kayaks.jpg"]);
    let rename = |entry, to: &str| Job::Edit(Edit::Move(vec![(entry, RemotePath::new(to))]));
    house.run(rename(entry, "/Trip/Kayaks.JPG")).receipt();
    assert_eq!(names(&house.list("/Trip")), ["Kayaks.JPG"]);
    let elsewhere = |house: &House, from: &str, to: &str| {
        let arg = RelocationArg::new(from, to);
        house.runtime.block_on(house.client.rpc(&MOVE, &arg)).unwrap();
    };
    elsewhere(&house, "/Trip/Kayaks.JPG", "/Trip/between");
    elsewhere(&house, "/Trip/between", "/Trip/KAYAKS.jpg");
    assert_eq!(names(&house.list("/Trip")), ["KAYAKS.jpg"]);
    // So is one of the folder itself.
    elsewhere(&house, "/Trip", "/between");
    elsewhere(&house, "/between", "/TRIP");
    assert_eq!(house.list("/TRIP").entries[0].path.as_str(), "/TRIP/KAYAKS.jpg");
}

#[test]
fn a_folder_that_is_not_there_is_told_in_plain_words() {
    let mut house = House::new();
    let problem = house.run(Job::List { path: RemotePath::new("/Nowhere"), sort: Sort::default() }).problem();
    assert_eq!(problem.title, "“Nowhere” could not be listed");
    assert_eq!(problem.detail, "It no longer exists.");
    assert_eq!(problem.recovery(), Recovery::Refresh);
    assert!(problem.request_id().is_some());
}

#[test]
fn a_known_folder_that_is_deleted_elsewhere_is_gone_and_one_that_is_emptied_is_empty() {
    let mut house = House::new();
    for path in ["/Gone/a.txt", "/Gone/b.txt", "/Emptied/c.txt"] {
        house.put(path, "x");
    }
    for (folder, rows) in [("/Gone", 2), ("/Emptied", 1)] {
        assert_eq!(house.list(folder).entries.len(), rows);
    }
    house.delete("/Gone");
    house.delete("/Emptied/c.txt");
    let problem = house.run(Job::List { path: RemotePath::new("/Gone"), sort: Sort::default() }).problem();
    assert_eq!(problem.detail, "It no longer exists.");
    assert!(house.list("/Emptied").entries.is_empty());
    house.put("/Gone/a.txt", "x");
    assert_eq!(names(&house.list("/Gone")), ["a.txt"]);
}

#[test]
fn a_typed_path_is_found_whatever_its_case() {
    let mut house = House::new();
    house.put("/Folder/File.txt", "x");
    let Receipt::Located(entry) =
        house.run(Job::Locate { path: RemotePath::new("folder/file.TXT") }).receipt()
    else {
        panic!("it is located");
    };
    assert_eq!(entry.name(), "File.txt");
    let Receipt::Located(root) = house.run(Job::Locate { path: RemotePath::root() }).receipt() else {
        panic!("the root is always there");
    };
    assert!(root.is_folder());
}

#[test]
fn revisions_come_newest_first() {
    let mut house = House::new();
    let first = house.put("/a.txt", "one");
    let second = house.put("/a.txt", "two");
    let ended = house.run(Job::Revisions { path: RemotePath::new("/a.txt") });
    let Some(Update::Revisions { revisions, complete: true, .. }) = ended.updates.last() else {
        panic!("revisions are told");
    };
    let revs: Vec<_> = revisions.iter().map(|entry| entry.file().unwrap().rev.clone()).collect();
    assert_eq!(revs, [second.file().unwrap().rev.clone(), first.file().unwrap().rev.clone()]);
}

#[test]
fn the_first_page_of_a_long_folder_is_told_before_the_last_has_come() {
    let mut house = House::closed(|_| {}, false);
    // What is in the index is shown as a whole, so it gets none.
    house.faults().add(Fault::new("files/list_folder/get_latest_cursor", FaultKind::Reset, u32::MAX));
    house.session = house.start(Job::Session(AccountChoice::Local));
    let entry = house.put("/seed.txt", "x");
    // A page has two thousand.
    let names_of_batch = |numbers: std::ops::Range<u32>| {
        numbers.map(|number| (entry.clone(), RemotePath::new(&format!("/Long/copy {number}.txt")))).collect()
    };
    for batch in [0..1000, 1000..2000, 2000..2100] {
        match house.run(Job::Edit(Edit::Copy(names_of_batch(batch)))).receipt() {
            Receipt::Edited { failed, .. } => assert_eq!(failed, []),
            other => panic!("it is an edit: {other:?}"),
        }
    }
    let ended = house.run(Job::List { path: RemotePath::new("/Long"), sort: Sort::default() });
    let listings = ended.listings();
    assert!(!listings[0].complete && listings[0].entries.len() <= 2000);
    let last = listings.last().unwrap();
    assert!(last.complete);
    assert_eq!(last.entries.len(), 2100);
    assert_eq!((names(last)[0], names(last)[2099]), ("copy 0.txt", "copy 2099.txt"));
    assert!(listings.windows(2).all(|pair| pair[0].entries.len() < pair[1].entries.len()));
}

#[test]
fn a_search_finds_by_name_below_a_folder() {
    let mut house = House::new();
    house.put("/Trips/fjord at dawn.jpg", "1");
    house.put("/Trips/Norway/fjord map.pdf", "2");
    house.put("/Work/fjord.txt", "3");
    let mut found = |below: &str| {
        let ended =
            house.run(Job::Search { query: "fjord".into(), below: RemotePath::new(below), sort: None });
        let last = ended.listings().last().cloned().unwrap();
        assert!(last.complete);
        let mut names: Vec<String> = names(&last).into_iter().map(str::to_owned).collect();
        names.sort();
        names
    };
    assert_eq!(found("/"), ["fjord at dawn.jpg", "fjord map.pdf", "fjord.txt"]);
    assert_eq!(found("/Trips"), ["fjord at dawn.jpg", "fjord map.pdf"]);
    assert_eq!(found("/Trips/Norway"), ["fjord map.pdf"]);
}

#[test]
fn a_link_is_made_found_again_listed_and_ended() {
    let mut house = House::new();
    house.put("/Folder/shared.txt", "x");
    let path = RemotePath::new("/Folder/shared.txt");
    let mut link =
        || match house.run(Job::CreateLink { path: path.clone(), settings: LinkSettings::PLAIN }).receipt() {
            Receipt::Link { link, .. } => link,
            other => panic!("a link is given: {other:?}"),
        };
    let made = link();
    assert_eq!(link(), made, "there is one link for one file");
    let listed = house.run(Job::ListLinks { sort: Sort::default() }).listings();
    let entries = &listed.last().unwrap().entries;
    assert_eq!(entries.len(), 1);
    assert_eq!((&entries[0].path, entries[0].link.as_deref()), (&path, Some(&made)));
    match house.run(Job::FindAllLinks).receipt() {
        Receipt::Links(found) => assert_eq!(found[0].link, entries[0].link),
        other => panic!("all links are given: {other:?}"),
    }
    house.run(Job::Edit(Edit::RevokeLink { path: path.clone(), link: made.clone() })).receipt();
    let problem = house.run(Job::Edit(Edit::RevokeLink { path, link: made })).problem();
    assert_eq!(problem.title, "The link to “shared.txt” could not be removed");
    assert_eq!(problem.detail, "The link was already removed.");
    let ended = house.run(Job::ListLinks { sort: Sort::default() });
    assert!(ended.listings().last().unwrap().entries.is_empty());
}

#[test]
fn a_link_is_made_and_changed_as_it_was_chosen() {
    let mut house = House::new();
    house.put("/a.txt", "x");
    let path = RemotePath::new("/a.txt");
    let mut link = |job: Job| match house.run(job).receipt() {
        Receipt::Link { link, .. } => link,
        other => panic!("a link is given: {other:?}"),
    };
    let password =
        LinkSettings { audience: Audience::Password, password: Some("sesame".into()), expires: None };
    let made = link(Job::CreateLink { path: path.clone(), settings: password });
    assert_eq!((made.audience, made.expires), (Audience::Password, None));
    let audiences = [Audience::Anyone, Audience::Password, Audience::OnlyInvited];
    assert_eq!(made.options, LinkOptions { audiences: audiences.to_vec(), expiry: true });
    assert_eq!(link(Job::FindLink { path: path.clone() }), made);

    let mut changed = |from: &SharedLink, audience, expires| {
        let settings = LinkSettings { audience, password: None, expires };
        let changed = link(Job::ChangeLink { path: path.clone(), link: from.clone(), settings });
        assert_eq!(changed, SharedLink { audience, expires, ..made.clone() });
        assert_eq!(link(Job::FindLink { path: path.clone() }), changed);
        changed
    };
    let day = Timestamp::from_second(4_000_000_000).ok();
    let ending = changed(&made, Audience::Password, day);
    let open = changed(&ending, Audience::Anyone, day);
    let invited = changed(&open, Audience::OnlyInvited, None);
    changed(&invited, Audience::Anyone, None);

    // One that is there is changed, not made again.
    let settings = LinkSettings { expires: day, ..LinkSettings::PLAIN };
    let again = link(Job::CreateLink { path: path.clone(), settings });
    assert_eq!((again.url, again.expires), (made.url.clone(), day));
    let settings = LinkSettings { expires: Timestamp::from_second(1).ok(), ..LinkSettings::PLAIN };
    let refused = house.run(Job::ChangeLink { path, link: made, settings }).problem();
    assert_eq!(refused.title, "The link to “a.txt” could not be changed");
}

#[test]
fn a_shared_item_is_listed_with_the_names_of_its_folders_and_with_a_picture() {
    let mut house = House::new();
    house.put("/Photos/Trip to Røros/Kayaks.jpg", "not really a picture");
    let path = RemotePath::new("/Photos/Trip to Røros/Kayaks.jpg");
    house.wait_for_files(1);
    house.run(Job::CreateLink { path: path.clone(), settings: LinkSettings::PLAIN }).receipt();
    house.run(Job::CreateLink { path: path.parent().unwrap(), settings: LinkSettings::PLAIN }).receipt();
    let listed = house.run(Job::ListLinks { sort: Sort::default() }).listings();
    let entries = &listed.last().unwrap().entries;
    let paths: Vec<&str> = entries.iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(paths, ["/Photos/Trip to Røros", "/Photos/Trip to Røros/Kayaks.jpg"]);
    assert!(entries.iter().all(|entry| entry.link.is_some()));
    assert!(entries[1].file().unwrap().content_hash.is_some(), "without it there is no thumbnail");
}
