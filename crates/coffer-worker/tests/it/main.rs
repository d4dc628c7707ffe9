//! The background worker against a real server over real HTTP: jobs, cancellation, faults.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
// A test's helpers panic as the test itself does.
#![allow(clippy::unwrap_used)]

mod account_index;
mod account_index_damage;
mod account_index_news;
mod account_index_people;
mod archives;
mod bringing_back;
mod bringing_back_late;
mod cancelled;
mod captive_portal;
mod comparing;
mod deleted;
mod deletions;
mod desktop;
mod disk;
mod downloads;
mod downloads_broken;
mod downloads_resumed;
mod edits;
mod edits_cancelled;
mod endless;
mod exports;
mod faults;
mod fonts;
mod half_replaced;
mod history;
mod inner_pictures;
mod large_folders;
mod large_pictures;
mod left_in_part;
mod lists;
mod long_texts;
mod markdown_files;
mod meanwhile;
mod moved_in_parts;
mod new_items;
mod office_files;
mod old_files;
mod past;
mod past_downloads;
mod pdf_files;
mod pdf_texts;
mod pictures;
mod plans;
mod previewed;
mod promised;
mod proxy;
mod queue;
mod recordings;
mod relocating;
mod renames;
mod resting;
mod samples;
mod server_proof;
mod session;
mod shared_folders;
mod sign_in;
mod sound;
mod space;
mod svg_files;
mod swapped_names;
mod tables;
mod team;
mod transfers;
mod undoing;
mod unreadable;
mod uploads_incomplete;
mod uploads_large;
mod uploads_many;
mod working_copies;
mod working_copies_in_use;
mod working_copies_undone;
