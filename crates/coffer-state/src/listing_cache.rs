//! Listings seen before, so that going back shows rows in the same frame. Bounded by the number of rows in all.

use super::Location;
use coffer_model::Listing;
use std::sync::Arc;

/// Rows that are kept in all, besides the listing that is shown.
const ROW_LIMIT: usize = 300_000;

/// Places that are kept.
const PLACE_LIMIT: usize = 200;

#[derive(Default)]
pub(crate) struct ListingCache {
    /// The one used last stands last.
    list: Vec<(Location, Arc<Listing>)>,
}

impl ListingCache {
    pub(super) fn get(&mut self, place: &Location) -> Option<Arc<Listing>> {
        let at = self.list.iter().position(|(known, _)| known == place)?;
        let found = self.list.remove(at);
        let listing = Arc::clone(&found.1);
        self.list.push(found);
        Some(listing)
    }

    pub(super) fn put(&mut self, place: &Location, listing: &Arc<Listing>) {
        // Who moves through time leaves no row of moments behind.
        self.list.retain(|(known, _)| known != place && !known.is_another_moment_of(place));
        self.list.push((place.clone(), Arc::clone(listing)));
        let rows = |list: &[(Location, Arc<Listing>)]| -> usize {
            list.iter().map(|(_, listing)| listing.entries.len()).sum()
        };
        while self.list.len() > 1 && (self.list.len() > PLACE_LIMIT || rows(&self.list) > ROW_LIMIT) {
            self.list.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ListingCache, ROW_LIMIT};
    use crate::Location;
    use coffer_model::{Entry, EntryKind, Listing, RemotePath, Sort};
    use std::sync::Arc;

    fn listing_of(rows: usize) -> Arc<Listing> {
        let entry = Entry::new(RemotePath::new("/a"), EntryKind::Folder { id: "id:a".into() });
        Arc::new(Listing::new(vec![entry; rows], Sort::default(), true))
    }

    #[test]
    fn what_was_not_used_for_longest_goes_when_there_are_too_many_rows() {
        let place = |name: &str| Location::Folder(RemotePath::new(name));
        let mut known = ListingCache::default();
        known.put(&place("/first"), &listing_of(10));
        known.put(&place("/second"), &listing_of(10));
        assert!(known.get(&place("/first")).is_some(), "a use makes it young again");
        known.put(&place("/large"), &listing_of(ROW_LIMIT - 15));
        assert!(known.get(&place("/second")).is_none());
        assert!(known.get(&place("/first")).is_some());
        known.put(&place("/too large"), &listing_of(ROW_LIMIT + 1));
        assert!(known.get(&place("/first")).is_none());
        assert!(known.get(&place("/too large")).is_some(), "the newest stays, whatever its size");
    }
}
