//! late_news
