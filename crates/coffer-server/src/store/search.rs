//! Finding files and folders by words of their names. Accents, case, apostrophes, hyphens and underscores do not
//! matter, words may be parts of words; with more than one word, some may be in the names of the folders instead.
//! What is inside files is not searched.

use super::entry::{ENTRY_COLUMNS, ENTRY_TABLES, Presence, StoredEntry, name_of, read_entry};
use super::error::StoreError;
use super::folding::fold;
use super::listing::ListingCoverage;
use rusqlite::{Connection, params_from_iter};
use std::fmt::Write as _;
use unicode_normalization::char::is_combining_mark;

/// The service gives at most this many matches for one search (reference 3.3).
const MOST_MATCHES: usize = 10_000;

/// What to look for.
#[derive(Clone, Debug)]
pub struct NameSearch {
    /// Words, separated by spaces; all must match.
    pub query: String,
    pub scope: ListingCoverage,
    /// Deleted items instead of present ones.
    pub deleted: bool,
    /// All words in the name itself.
    pub filename_only: bool,
}

/// All matches, best first, for which `accept` holds.
pub fn search(
    connection: &Connection,
    search: &NameSearch,
    accept: impl Fn(&StoredEntry) -> bool,
) -> Result<Vec<StoredEntry>, StoreError> {
    let words = words(&search.query);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let presence = if search.deleted { Presence::Deleted } else { Presence::Present };
    let mut sql = format!("SELECT {ENTRY_COLUMNS} FROM {ENTRY_TABLES} WHERE e.gone = {}", presence.code());
    let expression = candidates(&words, search.filename_only);
    if expression.is_some() {
        sql.push_str(" AND e.entry IN (SELECT rowid FROM names WHERE names MATCH ?1)");
    }
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(expression))?;
    let mut matches = Vec::new();
    while let Some(row) = rows.next()? {
        let path = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        if !search.scope.covers(path) {
            continue;
        }
        if let Some(rank) = rank(path, &words, search.filename_only) {
            let entry = read_entry(row)?;
            if accept(&entry) {
                matches.push((rank, entry));
            }
        }
        if matches.len() == MOST_MATCHES {
            break;
        }
    }
    matches.sort_by(|(rank, entry), (other_rank, other)| {
        rank.cmp(other_rank).then_with(|| entry.path_lower.cmp(&other.path_lower))
    });
    Ok(matches.into_iter().map(|(_, entry)| entry).collect())
}

/// The words of a query, folded. A word may be part of another anyway, so the signs for that (`*.rb`, `user*`) and quotes
/// around words say nothing.
fn words(query: &str) -> Vec<String> {
    let folded = fold(query);
    let words = folded.split(|letter: char| letter.is_whitespace() || letter == '*');
    let bare = words.map(|word| word.trim_matches(['"', '“', '”', '„', '«', '»']));
    bare.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// An index query that finds at least every match, or `None` when the words are too short for the index
/// of three-letter pieces, as two Chinese characters are; then every name is compared.
fn candidates(words: &[String], filename_only: bool) -> Option<String> {
    let each: Vec<Option<String>> = words.iter().map(|word| pieces(word)).collect();
    if filename_only {
        // Every word is in the name, so any word long enough narrows the search.
        let usable: Vec<String> = each.into_iter().flatten().collect();
        (!usable.is_empty()).then(|| usable.join(" AND "))
    } else {
        // At least one word is in the name, but it is not known which.
        let usable: Option<Vec<String>> = each.into_iter().collect();
        usable.map(|usable| usable.into_iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(" OR "))
    }
}

fn pieces(word: &str) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut expression = String::new();
    for piece in letters.windows(3) {
        if !expression.is_empty() {
            expression.push_str(" AND ");
        }
        let quoted = piece.iter().collect::<String>().replace('"', "\"\"");
        let _ = write!(expression, "\"{quoted}\"");
    }
    (!expression.is_empty()).then_some(expression)
}

/// How good a match is, smaller is better; `None` when it is none.
fn rank(path_lower: &str, words: &[String], filename_only: bool) -> Option<(u8, usize)> {
    let name_lower = name_of(path_lower);
    let name = fold(name_lower);
    let in_name = words.iter().filter(|word| name.contains(word.as_str())).count();
    if in_name == 0 {
        return None;
    }
    if in_name < words.len() {
        if filename_only {
            return None;
        }
        let path = fold(path_lower);
        if !words.iter().all(|word| path.contains(word.as_str())) {
            return None;
        }
        return Some((4, name.len()));
    }
    let wanted = words.join(" ");
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let class = if name == wanted || stem == wanted {
        0
    } else if name.starts_with(&wanted) {
        1
    } else if words.iter().all(|word| starts_a_word(name_lower, word)) {
        2
    } else {
        3
    };
    Some((class, name.len()))
}

/// `name` is not folded, because that takes out the hyphens between words.
fn starts_a_word(name: &str, word: &str) -> bool {
    let mut previous = None;
    name.char_indices().any(|(at, letter)| {
        let is_start = !previous.replace(letter).is_some_and(char::is_alphanumeric);
        is_start && fold(&name[at..]).starts_with(word)
    })
}

/// A name in pieces, each with whether it is part of a match.
pub fn highlights(name: &str, query: &str) -> Vec<(String, bool)> {
    let words = words(query);
    // Folding changes lengths, so each folded byte remembers the letter that it comes from.
    let mut folded = String::new();
    let mut origins = Vec::new();
    for (index, letter) in name.chars().enumerate() {
        let piece = fold(letter.encode_utf8(&mut [0; 4]));
        origins.extend(std::iter::repeat_n(index, piece.len()));
        folded.push_str(&piece);
    }
    let mut marked = vec![false; name.chars().count()];
    for word in &words {
        for (at, _) in folded.match_indices(word.as_str()) {
            // From the first to the last letter, with the signs in between that folding takes out.
            marked[origins[at]..=origins[at + word.len() - 1]].fill(true);
        }
    }
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for (letter, is_marked) in name.chars().zip(marked) {
        match pieces.last_mut() {
            // An accent stays with its letter.
            Some((piece, same)) if *same == is_marked || is_combining_mark(letter) => piece.push(letter),
            _ => pieces.push((letter.to_string(), is_marked)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(path: &str, query: &str, filename_only: bool) -> Option<u8> {
        let words: Vec<String> = query.split_whitespace().map(fold).collect();
        rank(path, &words, filename_only).map(|(class, _)| class)
    }

    #[test]
    fn whole_names_come_before_beginnings_before_words_before_parts() {
        assert_eq!(ranked("/x/report.txt", "report", true), Some(0));
        assert_eq!(ranked("/x/reporting.txt", "report", true), Some(1));
        assert_eq!(ranked("/x/my report.txt", "report", true), Some(2));
        assert_eq!(ranked("/x/myreport.txt", "report", true), Some(3));
        assert_eq!(ranked("/report/x.txt", "report", false), None);
    }

    #[test]
    fn further_words_may_be_in_the_folders_unless_only_names_count() {
        assert_eq!(ranked("/photos/beach.jpg", "photos beach", false), Some(4));
        assert_eq!(ranked("/photos/beach.jpg", "photos beach", true), None);
    }

    #[test]
    fn quotes_in_words_cannot_leave_the_index_expression() {
        assert_eq!(pieces("a\"b").as_deref(), Some("\"a\"\"b\""));
    }

    #[test]
    fn matches_are_marked_in_the_name_as_written() {
        let pieces = highlights("Le Café ﬁn.txt", "cafe fi");
        let marked: Vec<&str> =
            pieces.iter().filter(|(_, marked)| *marked).map(|(piece, _)| piece.as_str()).collect();
        assert_eq!(marked, ["Café", "ﬁ"]);
        for (name, query, expected) in [
            ("O’Brien.txt", "obrien", "[O’Brien].txt"),
            ("user_controller.rb", "usercon", "[user_con]troller.rb"),
            ("user_controller.rb", "user", "[user]_controller.rb"),
            ("Straße.txt", "strasse", "[Straße].txt"),
            ("cafe\u{301}.txt", "cafe", "[cafe\u{301}].txt"),
        ] {
            let pieces = highlights(name, query);
            let shown: String = pieces
                .iter()
                .map(|(piece, marked)| if *marked { format!("[{piece}]") } else { piece.clone() })
                .collect();
            assert_eq!(shown, expected);
        }
    }
}
