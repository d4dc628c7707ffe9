//! The two fronts of the program: the window and the command line. They are a library so that tests and benchmarks reach them.
//! What both need of the system is beside them.

pub mod cli;
pub mod end_signals;
pub mod ui;
