//! version_dialog
