//! How an operation of the store fails: with an answer the API defines, or because the vault is broken.

use super::error::StoreError;

/// `Answer` is the route's own error and becomes a 409; `Store` is ours and becomes a 500.
#[derive(Debug)]
pub enum Refusal<E> {
    Answer(E),
    Store(StoreError),
}

impl<E> Refusal<E> {
    /// The same refusal with the error of another route.
    pub fn map<F>(self, words: impl FnOnce(E) -> F) -> Refusal<F> {
        match self {
            Self::Answer(answer) => Refusal::Answer(words(answer)),
            Self::Store(error) => Refusal::Store(error),
        }
    }
}

impl<E> From<StoreError> for Refusal<E> {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<E> From<rusqlite::Error> for Refusal<E> {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
