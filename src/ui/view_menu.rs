//! What the menu of the view offers, and those of its parts, which take its place. How menus are drawn is in `menu`.

use super::commands;
use super::ui_state::{MenuItem, ViewPart};
use coffer_model::settings::RowHeight;
use coffer_model::{Grouping, SortColumn};
use coffer_state::{Command, State};
use coffer_texts::tr;
use egui_material_icons::{MaterialIcon, icons};

pub fn groups(part: ViewPart) -> Vec<Vec<MenuItem>> {
    let commands = |commands: &[Command]| commands.iter().copied().map(MenuItem::Command).collect();
    match part {
        ViewPart::All => vec![
            vec![
                MenuItem::View(ViewPart::Sort),
                MenuItem::View(ViewPart::Group),
                MenuItem::View(ViewPart::Columns),
                MenuItem::View(ViewPart::RowHeight),
            ],
            commands(&[Command::ListView, Command::GridView]),
            commands(&[Command::ZoomIn, Command::ZoomOut, Command::ZoomReset]),
            commands(&[Command::UseViewForAll, Command::ResetView]),
            commands(&[Command::ToggleSideBar, Command::ToggleInspector, Command::TogglePast]),
        ],
        ViewPart::Sort => vec![
            commands(&[
                Command::SortByName,
                Command::SortBySize,
                Command::SortByModified,
                Command::SortByKind,
            ]),
            commands(&[Command::ReverseOrder, Command::FoldersFirst]),
        ],
        ViewPart::Group => {
            vec![commands(&[Command::GroupByNothing, Command::GroupByKind, Command::GroupByDate])]
        }
        ViewPart::Columns => vec![commands(&[
            Command::ToggleSizeColumn,
            Command::ToggleModifiedColumn,
            Command::ToggleKindColumn,
        ])],
        ViewPart::RowHeight => {
            vec![commands(&[Command::CompactRows, Command::StandardRows, Command::RoomyRows])]
        }
    }
}

pub fn label(part: ViewPart) -> &'static str {
    match part {
        ViewPart::All => commands::label(Command::ViewMenu),
        ViewPart::Sort => tr!("sort-by"),
        ViewPart::Group => tr!("group-by"),
        ViewPart::Columns => tr!("columns"),
        ViewPart::RowHeight => tr!("row-height"),
    }
}

pub fn icon(part: ViewPart) -> MaterialIcon {
    match part {
        ViewPart::All => icons::ICON_TUNE,
        ViewPart::Sort => icons::ICON_SORT,
        ViewPart::Group => icons::ICON_VIEW_AGENDA,
        ViewPart::Columns => icons::ICON_VIEW_COLUMN,
        ViewPart::RowHeight => icons::ICON_FORMAT_LINE_SPACING,
    }
}

/// What is chosen now, and the sign of a menu behind the entry: "Name ›".
pub fn chosen(part: ViewPart, state: &State) -> String {
    let chosen = match part {
        ViewPart::All | ViewPart::Columns => "",
        ViewPart::Sort => state.shown_sort().map_or("", |sort| match sort.column {
            SortColumn::Name => tr!("column-name"),
            SortColumn::Size => tr!("column-size"),
            SortColumn::Modified => tr!("column-date"),
            SortColumn::Kind => tr!("column-kind"),
        }),
        ViewPart::Group => state.shown_sort().map_or("", |sort| match sort.grouping {
            Grouping::None => tr!("no-grouping"),
            Grouping::Kind => tr!("column-kind"),
            Grouping::Date => tr!("column-date"),
        }),
        ViewPart::RowHeight => match state.settings.row_height {
            RowHeight::Compact => tr!("rows-compact"),
            RowHeight::Standard => tr!("rows-standard"),
            RowHeight::Roomy => tr!("rows-roomy"),
        },
    };
    format!("{chosen} ›")
}
