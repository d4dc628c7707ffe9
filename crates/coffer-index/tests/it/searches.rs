//! What comes first, and what filters let through.

use crate::naive::{file, folder};
use coffer_index::{Index, ItemChange, SearchOrder, matching_rows};
use coffer_model::{RemotePath, SearchQuery};
use jiff::Zoned;

fn index(said: &[crate::naive::Said]) -> (tempfile::TempDir, Index) {
    let folder = tempfile::tempdir().unwrap();
    let (index, _) = Index::open(&folder.path().join("index.sqlite")).unwrap();
    let changes: Vec<ItemChange<'_>> = said.iter().map(crate::naive::Said::change).collect();
    index.apply_mended(&changes).unwrap();
    (folder, index)
}

fn found(index: &Index, text: &str, order: SearchOrder) -> Vec<String> {
    let now: Zoned = "2026-06-18T15:00:00[UTC]".parse().unwrap();
    let answer = index.search(&SearchQuery::parse(text, &now), order, 100).unwrap();
    answer.entries.iter().map(|entry| entry.path.as_str().to_owned()).collect()
}

#[test]
fn the_best_match_comes_first_and_then_the_latest() {
    let (_folder, index) = index(&[
        folder("/Work"),
        file("/Work/syntax.txt", 1, 5, 900),
        file("/Work/my tax.txt", 2, 5, 800),
        file("/Work/tax 2024.pdf", 3, 5, 100),
        file("/Work/Tax 2025.pdf", 4, 5, 200),
        folder("/Work/Tax"),
        file("/Work/Tax/receipt.pdf", 5, 5, 950),
        file("/tax.md", 6, 5, 50),
    ]);
    let expected = [
        "/Work/Tax",
        "/tax.md",
        "/Work/Tax 2025.pdf",
        "/Work/tax 2024.pdf",
        "/Work/my tax.txt",
        "/Work/syntax.txt",
    ];
    // What only lies in a folder of that name does not match the word alone.
    assert_eq!(found(&index, "tax", SearchOrder::Match), expected);
    assert_eq!(found(&index, "tax/receipt", SearchOrder::Match), ["/Work/Tax/receipt.pdf"]);
    assert_eq!(found(&index, "x/", SearchOrder::Match), found(&index, "x", SearchOrder::Match));
    assert_eq!(found(&index, "receipt tax", SearchOrder::Match), ["/Work/Tax/receipt.pdf"]);
    assert_eq!(found(&index, "pdf tax", SearchOrder::Match).last().unwrap(), "/Work/Tax/receipt.pdf");
}

#[test]
fn filters_hold_together() {
    let june = 1_781_740_800; // 2026-06-18
    let (_folder, index) = index(&[
        file("/a/beach.jpg", 1, 5_000_000, june),
        file("/a/beach.txt", 2, 10, june),
        folder("/b"),
        file("/b/Beach.PNG", 3, 200, june - 40 * 24 * 3600),
        folder("/b/beach"),
    ]);
    let check = |text, expected: &[&str]| {
        assert_eq!(found(&index, text, SearchOrder::LargestFirst), expected, "{text}");
    };
    check("beach kind:picture", &["/a/beach.jpg", "/b/Beach.PNG"]);
    check("kind:picture size:>1MB", &["/a/beach.jpg"]);
    check("beach modified:this-week", &["/a/beach.jpg", "/a/beach.txt"]);
    check("beach before:2026-06", &["/b/Beach.PNG"]);
    check("beach in:/B", &["/b/beach", "/b/Beach.PNG"]);
    check("kind:folder", &["/a", "/b", "/b/beach"]);
    check("ext:png,txt", &["/b/Beach.PNG", "/a/beach.txt"]);
    check("b?ach.*", &["/a/beach.jpg", "/b/Beach.PNG", "/a/beach.txt"]);
    check("nothing like it", &[]);
    check("in:/nowhere beach", &[]);
    check("", &[]);
}

#[test]
fn a_changed_file_is_found_by_what_it_is_now_and_a_removed_one_no_more() {
    let (_folder, index) = index(&[file("/a/one.txt", 1, 10, 5), file("/a/two.txt", 2, 10, 5)]);
    index.load_names().unwrap();
    let edits = [file("/a/one.txt", 3, 9_000, 6), crate::naive::Said::removed("/a/two.txt")];
    let changes: Vec<ItemChange<'_>> = edits.iter().map(crate::naive::Said::change).collect();
    index.apply_mended(&changes).unwrap();
    assert_eq!(found(&index, "size:>1kb", SearchOrder::Match), ["/a/one.txt"]);
    assert_eq!(found(&index, "two", SearchOrder::Match), [""; 0]);
}

/// There is one rule for how names match.
#[test]
fn the_rows_of_a_folder_match_as_a_search_finds_them() {
    let june = 1_781_740_800; // 2026-06-18
    let (_folder, index) = index(&[
        folder("/Café Ørsted"),
        folder("/kind"),
        file("/cafe menu.pdf", 1, 900, june),
        file("/Straße 12.JPG", 2, 5_000_000, june),
        file("/IMG_0001.jpg", 3, 200, june - 40 * 24 * 3600),
        file("/img_2.jpeg", 4, 300, june),
        file("/.jpg", 5, 0, june),
        file("/O’Brien – draft.md", 6, 10, june - 400 * 24 * 3600),
        file("/a.b.c", 7, 1, june),
    ]);
    let rows = index.folder(&RemotePath::root()).unwrap().unwrap();
    let now: Zoned = "2026-06-18T15:00:00[UTC]".parse().unwrap();
    for text in [
        "cafe",
        "CAFÉ",
        "menu cafe",
        "menu tea",
        "strasse",
        "orsted",
        "img jpg",
        "-img jpg",
        "*.jpg",
        "img_?.jp*g",
        "o'brien -",
        "\"o'brien - d\"",
        "-draft",
        "kind",
        "kind:picture",
        "kind:folder",
        "kind:folder caf",
        "ext:jpg",
        "ext:jpg,md",
        "size:>1kb",
        "size:empty",
        "modified:today",
        "modified:this-year -img",
        "before:2026-06",
        "a/c",
        ".",
        "b.c a",
        "size:huge a",
    ] {
        let query = SearchQuery::parse(text, &now);
        let mut matching: Vec<String> =
            matching_rows(&rows, &query).iter().map(|entry| entry.path.to_string()).collect();
        let mut searched = found(&index, text, SearchOrder::Match);
        matching.sort();
        searched.sort();
        assert_eq!(matching, searched, "{text}");
    }
    let everything = SearchQuery::parse(" ", &now);
    assert_eq!(matching_rows(&rows, &everything), rows);
}
