//! What was changed elsewhere is news; what this program changes itself is none.

use coffer_model::message::{Edit, Job, Update};
use coffer_model::{News, RemotePath};
use coffer_testing::house::{House, plan};
use std::fs;
use std::sync::Arc;

/// The news that name this folder.
fn wait_for_news(house: &mut House, folder: &str) -> Arc<News> {
    let (session, folder) = (house.session, RemotePath::new(folder));
    house.wait_for(session, |update| match update {
        Update::News(news) => news.folders.contains(&folder).then(|| Arc::clone(news)),
        _ => None,
    })
}

fn paths<'a>(paths: impl IntoIterator<Item = &'a RemotePath>) -> Vec<&'a str> {
    paths.into_iter().map(RemotePath::as_str).collect()
}

#[test]
fn what_others_change_is_news_and_what_this_program_changes_is_none() {
    let mut house = House::new();
    house.put("/before.txt", "1");
    house.wait_for_files(1);
    // From here on it is told what has changed.
    house.wait_for(house.session, |update| matches!(update, Update::News(_)).then_some(()));
    house.put("/Theirs/one.txt", "1");
    let news = wait_for_news(&mut house, "/Theirs");
    // The folder itself is new in the root.
    assert_eq!(paths(&news.folders), ["", "/theirs"]);
    assert!(paths(news.changes.iter().map(|change| &change.path)).contains(&"/Theirs/one.txt"));

    let local_path = house.local("Mine");
    fs::create_dir_all(local_path.join("deep")).unwrap();
    fs::write(local_path.join("deep/a.txt"), "1").unwrap();
    fs::write(local_path.join("b.txt"), "2").unwrap();
    let planned = plan(&mut house, vec![local_path], "/");
    house.run(Job::Upload { plan: planned }).receipt();
    house.wait_for_files(4);
    let moved = house.entry("/Mine/b.txt");
    house.run(Job::Edit(Edit::Move(vec![(moved, RemotePath::new("/Mine/deep/b.txt"))]))).receipt();
    let deleted = house.entry("/before.txt");
    house.run(Job::Edit(Edit::Delete(vec![deleted]))).receipt();
    house.wait_for_files(3);
    for folder in ["", "/Theirs"] {
        house.run(Job::See(Some(RemotePath::new(folder)))).receipt();
    }
    house.put("/Theirs/More/two.txt", "1");
    let news = wait_for_news(&mut house, "/Theirs/More");
    assert_eq!(paths(&news.folders), ["/theirs", "/theirs/more"]);
    let changed = paths(news.changes.iter().map(|change| &change.path));
    assert!(changed.iter().all(|path| path.starts_with("/Theirs/More")), "{changed:?}");
}

#[test]
fn news_outlive_the_program_and_are_gone_when_all_is_seen() {
    let mut house = House::new();
    house.put("/before.txt", "1");
    house.wait_for_files(1);
    house.put("/Theirs/one.txt", "1");
    wait_for_news(&mut house, "/Theirs");
    house.restart_worker();
    let news = wait_for_news(&mut house, "/Theirs");
    assert_eq!(news.changes, [], "they were told before");
    house.run(Job::See(None)).receipt();
    house.put("/Other/two.txt", "1");
    assert_eq!(paths(&wait_for_news(&mut house, "/Other").folders), ["", "/other"]);
}
