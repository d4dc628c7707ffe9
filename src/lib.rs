//! The two fronts of the program: the window and the command line. They are a library so that tests and benchmarks reach them.

pub mod cli;
pub mod ui;
