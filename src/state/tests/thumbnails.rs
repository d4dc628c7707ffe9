//! thumbnails
