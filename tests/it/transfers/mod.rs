//! The real program moves files to and from a real server: it is killed, and it meets failures. What a file is worth
//! afterwards is all that counts; nothing here looks inside.

mod every_fifth_call_fails;
mod killed;
mod program;
