//! Listings seen before, so that going back shows rows in the same frame. Bounded by the number of rows in all.

use super::Location;
use coffer_model::{Listing, RemotePath};
use std::sync::Arc;

/// Rows that are kept in all, besides the listing that is shown.
const ROW_LIMIT: usize = 300_000;

/// Places that are kept.
const PLACE_LIMIT: usize = 200;

/// Which rows of a location are shown: those that match, and those in unfolded folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Narrowing {
    pub(super) query: String,
    pub(super) unfolded: Vec<RemotePath>,
}

#[derive(Clone, Default)]
pub(super) struct ListingCache {
    /// The one used last stands last.
    list: Vec<KnownListing>,
}

#[derive(Clone)]
struct KnownListing {
    location: Location,
    narrowing: Narrowing,
    listing: Arc<Listing>,
}

impl ListingCache {
    pub(super) fn get(&mut self, location: &Location, narrowing: &Narrowing) -> Option<Arc<Listing>> {
        let is_wanted = |known: &KnownListing| known.location == *location && known.narrowing == *narrowing;
        let at = self.list.iter().position(is_wanted)?;
        let found = self.list.remove(at);
        let listing = Arc::clone(&found.listing);
        self.list.push(found);
        Some(listing)
    }

    pub(super) fn put(&mut self, location: &Location, narrowing: Narrowing, listing: &Arc<Listing>) {
        // Who moves through time leaves no row of moments behind.
        self.list.retain(|known| {
            let is_replaced = known.location == *location && known.narrowing == narrowing;
            !is_replaced && !known.location.is_another_moment_of(location)
        });
        self.list.push(KnownListing { location: location.clone(), narrowing, listing: Arc::clone(listing) });
        let rows =
            |list: &[KnownListing]| -> usize { list.iter().map(|known| known.listing.entries.len()).sum() };
        while self.list.len() > 1 && (self.list.len() > PLACE_LIMIT || rows(&self.list) > ROW_LIMIT) {
            self.list.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ListingCache, Narrowing, ROW_LIMIT};
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
        known.put(&place("/first"), Narrowing::default(), &listing_of(10));
        known.put(&place("/second"), Narrowing::default(), &listing_of(10));
        assert!(known.get(&place("/first"), &Narrowing::default()).is_some(), "a use makes it young again");
        known.put(&place("/large"), Narrowing::default(), &listing_of(ROW_LIMIT - 15));
        assert!(known.get(&place("/second"), &Narrowing::default()).is_none());
        assert!(known.get(&place("/first"), &Narrowing::default()).is_some());
        known.put(&place("/too large"), Narrowing::default(), &listing_of(ROW_LIMIT + 1));
        assert!(known.get(&place("/first"), &Narrowing::default()).is_none());
        assert!(
            known.get(&place("/too large"), &Narrowing::default()).is_some(),
            "the newest stays, whatever its size"
        );
    }
}
