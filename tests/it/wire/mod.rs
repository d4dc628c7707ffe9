//! What goes over the wire, written down from the reference as raw JSON and raw HTTP.

mod batches;
mod requests;
mod results;
