//! Signing in: the page where a person allows an app, and the endpoint where the app gets its tokens
//! (reference section 4).

mod authorize_page;
mod form;
mod token;

pub(super) use authorize_page::{show_page, submit_decision};
pub(super) use form::Form;
pub(super) use token::token;
