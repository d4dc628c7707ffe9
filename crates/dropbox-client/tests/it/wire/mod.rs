//! What goes over the wire, written down from the reference as raw JSON and raw HTTP.

mod batches;
mod call_errors;
mod calls;
mod double;
mod flows;
mod fuzz;
mod operations;
mod requests;
mod rest;
mod results;
mod shared_folders;
mod spoiled;
mod tokens;
mod uploader;
