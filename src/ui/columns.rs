//! The columns of the list: where they stand, and what they say. Their headings are in `headings`.

use super::{WindowContext, format, sharing};
use coffer_model::settings::ColumnWidths;
use coffer_model::{Entry, Settings, SortColumn};
use coffer_state::{Location, State};
use egui::Rangef;

/// Left and right of the rows; inside a row before its picture; from there to the name.
pub const SIDE: f32 = 12.0;
pub const PADDING: f32 = 12.0;
pub const NAME_AT: f32 = 48.0;
/// Behind the name.
pub const NAME_GAP: f32 = 8.0;

/// Where each column stands, from the left edge of a row. `None`: there is no room for it, or nothing to say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Columns {
    pub name: Rangef,
    /// The folder of an item, in lists gathered from the whole account.
    pub folder: Option<Rangef>,
    /// What has become of an item, where it is shown as it was.
    pub since: Option<Rangef>,
    pub size: Option<Rangef>,
    pub modified: Option<Rangef>,
    pub kind: Option<Rangef>,
}

impl Columns {
    pub fn from_state(state: &State, width: f32) -> Self {
        Self::arrange(width, &state.settings, state.navigation.current())
    }

    /// Where a column stands.
    pub fn range(&self, column: SortColumn) -> Option<Rangef> {
        match column {
            SortColumn::Name => Some(self.name),
            SortColumn::Size => self.size,
            SortColumn::Modified => self.modified,
            SortColumn::Kind => self.kind,
        }
    }

    fn arrange(width: f32, settings: &Settings, location: &Location) -> Self {
        const LEAST_NAME: f32 = 150.0;
        const LEAST: ColumnWidths = ColumnWidths::LEAST;
        const LEAST_FOLDER: f32 = 100.0;
        /// "New, not there then" with its symbol.
        const SINCE: f32 = 176.0;
        const LEAST_SINCE: f32 = 110.0;
        let gathered = location.shown_folder().is_none();
        let is_past = location.is_past();
        let chosen = |column| settings.columns.contains(&column).then(|| settings.column_widths.of(column));
        let [size, modified, kind] =
            [SortColumn::Size, SortColumn::Modified, SortColumn::Kind].map(|column| chosen(column).flatten());
        let kind = kind.filter(|_| !gathered && !is_past);
        let mut left = width - 4.0;
        // A column gives up some of its width before it gives way altogether.
        let mut fit = |wanted: Option<f32>, least: f32, keep_free: f32| {
            let room = left - keep_free - NAME_AT - LEAST_NAME;
            let width = wanted.filter(|width| room >= least.min(*width))?.min(room);
            left -= width;
            Some(width)
        };
        // What matters less gives way first: the kind, then the date, then the size. Where items are from matters most.
        let folder_width = (width * 0.3).clamp(120.0, 360.0);
        let least_folder = match (gathered, is_past) {
            (true, _) => LEAST_FOLDER,
            (false, true) => SINCE,
            (false, false) => 0.0,
        };
        let or_none = Option::unwrap_or_default;
        let kind = fit(kind, kind.unwrap_or_default(), or_none(size) + or_none(modified));
        let modified = fit(modified, LEAST.modified, or_none(size) + least_folder);
        let size = fit(size, LEAST.size, least_folder);
        let folder = fit(gathered.then_some(folder_width), LEAST_FOLDER, 0.0);
        let since = fit(is_past.then_some(SINCE), LEAST_SINCE, 0.0);

        let mut columns =
            Self { name: Rangef::NOTHING, folder: None, since: None, size: None, modified: None, kind: None };
        let mut right = width - 4.0;
        let mut place = |width: Option<f32>| {
            let width = width?;
            right -= width;
            Some(Rangef::new(right, right + width))
        };
        for column in settings.columns.iter().rev() {
            match column {
                SortColumn::Name => {}
                SortColumn::Size => columns.size = columns.size.or_else(|| place(size)),
                SortColumn::Modified => columns.modified = columns.modified.or_else(|| place(modified)),
                SortColumn::Kind => columns.kind = columns.kind.or_else(|| place(kind)),
            }
        }
        columns.folder = place(folder);
        columns.since = place(since);
        Self { name: Rangef::new(NAME_AT, right - NAME_GAP), ..columns }
    }
}

/// The space between the sizes and what is to the right of them.
pub const SIZE_GAP: f32 = 28.0;

/// What a column says of an item.
pub fn column_text(window: &WindowContext<'_>, entry: &Entry, column: SortColumn) -> String {
    match column {
        SortColumn::Name => entry.name().to_owned(),
        SortColumn::Size => entry.size_bytes().map_or_else(String::new, format::size),
        SortColumn::Modified => {
            entry.modified().map_or_else(String::new, |modified| window.clock.relative(modified))
        }
        SortColumn::Kind => sharing::kind(window.state, entry)
            .map_or_else(|| format::kind(entry.file_kind(), entry.name()), str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::{Columns, NAME_AT};
    use coffer_model::settings::ColumnWidths;
    use coffer_model::{RemotePath, Settings, SortColumn};
    use coffer_state::Location;

    fn visible(width: f32, location: &Location) -> String {
        let columns = Columns::arrange(width, &Settings::default(), location);
        assert!(columns.name.span() > 100.0, "no room for the name at {width}");
        assert!(columns.name.min >= NAME_AT);
        [
            ("folder", columns.folder),
            ("since", columns.since),
            ("size", columns.size),
            ("modified", columns.modified),
            ("kind", columns.kind),
        ]
        .iter()
        .filter_map(|(name, range)| range.map(|_| *name))
        .collect::<Vec<_>>()
        .join(" ")
    }

    #[test]
    fn columns_give_way_to_the_name_the_least_needed_first() {
        let folder = Location::Folder(RemotePath::root());
        assert_eq!(visible(700.0, &folder), "size modified kind");
        assert_eq!(visible(480.0, &folder), "size modified");
        // The details beside a window of 1000 points leave so much: the date is a little narrower.
        assert_eq!(visible(420.0, &folder), "size modified");
        assert_eq!(visible(340.0, &folder), "size");
        assert_eq!(visible(260.0, &folder), "");
    }

    #[test]
    fn a_folder_as_it_was_says_what_has_become_of_its_items() {
        let past = Location::Past { folder: RemotePath::root(), at: jiff::Timestamp::UNIX_EPOCH };
        assert_eq!(visible(800.0, &past), "since size modified");
        assert_eq!(visible(480.0, &past), "since size");
        assert_eq!(visible(360.0, &past), "since");
    }

    #[test]
    fn lists_from_the_whole_account_say_the_folder() {
        assert_eq!(visible(800.0, &Location::Links), "folder size modified");
        assert_eq!(visible(800.0, &Location::Deleted), "folder size modified");
        // Rather than when they were changed.
        let search = Location::Search { query: "x".to_owned(), sort: None };
        assert_eq!(visible(420.0, &search), "folder size");
        assert_eq!(visible(320.0, &search), "folder");
    }

    #[test]
    fn columns_stand_as_they_were_put_and_what_is_hidden_takes_no_room() {
        let folder = Location::Folder(RemotePath::root());
        let arrange = |columns: &[SortColumn]| {
            let settings = Settings { columns: columns.to_vec(), ..Settings::default() };
            Columns::arrange(700.0, &settings, &folder)
        };
        let columns = arrange(&[SortColumn::Kind, SortColumn::Size]);
        let (kind, size) = (columns.kind.unwrap(), columns.size.unwrap());
        assert_eq!((kind.max, size.max), (size.min, 696.0));
        assert_eq!(columns.modified, None);
        assert!(columns.name.max > arrange(&Settings::default().columns).name.max);
        let alone = arrange(&[]);
        assert_eq!((alone.size, alone.name.max), (None, 688.0));
    }

    #[test]
    fn a_size_keeps_its_unit_however_narrow_it_was_made() {
        let column_widths = ColumnWidths { size: 10.0, ..ColumnWidths::default() };
        let settings = Settings { column_widths, ..Settings::default() };
        let columns = Columns::arrange(700.0, &settings, &Location::Folder(RemotePath::root()));
        assert!(columns.size.unwrap().span() >= 80.0);
    }
}
