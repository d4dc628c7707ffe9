//! What the menu of the view offers, and those of its parts, which take its place. How menus are drawn is in `menu`.

use super::commands;
use super::ui_state::{MenuItem, ViewPart};
use coffer_model::settings::RowHeight;
use coffer_model::{Grouping, SortColumn};
use coffer_state::{Command, State};
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
            commands(&[Command::ToggleSideBar, Command::ToggleInspector]),
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
        ViewPart::Sort => "Sort by",
        ViewPart::Group => "Group by",
        ViewPart::Columns => "Columns",
        ViewPart::RowHeight => "Row height",
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
            SortColumn::Name => "Name",
            SortColumn::Size => "Size",
            SortColumn::Modified => "Date",
            SortColumn::Kind => "Kind",
        }),
        ViewPart::Group => state.shown_sort().map_or("", |sort| match sort.grouping {
            Grouping::None => "None",
            Grouping::Kind => "Kind",
            Grouping::Date => "Date",
        }),
        ViewPart::RowHeight => match state.settings.row_height {
            RowHeight::Compact => "Compact",
            RowHeight::Standard => "Standard",
            RowHeight::Roomy => "Roomy",
        },
    };
    format!("{chosen} ›")
}
