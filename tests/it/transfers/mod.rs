//! The real program moves files to and from a real server: it is killed, it meets failures, it runs twice at once. What
//! a file is worth afterwards is all that counts; nothing here looks inside.

mod every_fifth_call_fails;
mod killed;
mod killed_trees;
mod together;
