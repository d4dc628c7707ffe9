//! What a person looks for, as they type it: words, quoted phrases, patterns, and filters such as `kind:picture`,
//! `size:>100MB`, `modified:this-week`, `in:/Photos`.
//!
//! Every text is a query: what only looks like a filter is a word, because names have colons too. A filter whose value
//! is not understood is left out and told in [`SearchQuery::mistakes`].

mod edit;
mod filter;
mod moments;
mod tokens;

pub use edit::{filter_value, with_filter};
pub use filter::{FILTER_NAMES, Filter, KIND_WORDS, parse_bytes};
pub use moments::parse_since;
