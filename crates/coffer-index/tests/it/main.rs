//! The index beside a naive account: after any changes it has the same items, the same totals, and answers the same.

// Nothing outside can reach a program of its own.
#![allow(unreachable_pub)]
// A test's helpers panic as the test itself does.
#![allow(clippy::unwrap_used)]

mod changes;
mod damage;
mod files;
mod fuzzy;
mod naive;
mod random;
mod searches;
mod space;
