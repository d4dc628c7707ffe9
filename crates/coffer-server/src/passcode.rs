//! The passcode of the sign-in page. Everybody on the computer can reach the page, so the person who allows an app to
//! use the account has to show there that the account is theirs. Only they see the passcode: where the server was
//! started.

use super::guess_limiter::{GuessLimiter, TooManyGuesses};
use super::store::edit::random;
use super::store::error::StoreError;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// Digits and letters that nobody takes for another one (Crockford's Base32).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 60 bits: too many to guess within any time, with [`GuessLimiter`] or without.
const LENGTH: usize = 12;

/// A new one for each start of a server.
pub(crate) struct Passcode {
    letters: [u8; LENGTH],
    guesses: GuessLimiter,
}

/// Why a passcode is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PasscodeError {
    Wrong,
    TooManyGuesses(TooManyGuesses),
}

impl Passcode {
    pub(crate) fn new() -> Result<Self, StoreError> {
        let letters = random::<LENGTH>()?.map(|byte| LETTERS[usize::from(byte) % LETTERS.len()]);
        Ok(Self { letters, guesses: GuessLimiter::default() })
    }

    /// Whether this was typed. Case, spaces and dashes don’t matter, nor do letters that look like digits.
    pub(crate) fn check(&self, typed: &str) -> Result<(), PasscodeError> {
        self.guesses.begin_try("passcode").map_err(PasscodeError::TooManyGuesses)?;
        let typed: Vec<u8> = typed.bytes().filter_map(letter).collect();
        // Hashes, so that the time it takes does not depend on how much is right.
        if Sha256::digest(&typed) != Sha256::digest(self.letters) {
            return Err(PasscodeError::Wrong);
        }
        self.guesses.forget("passcode");
        Ok(())
    }
}

/// As it is printed: `4F7K-9QXT-B2ZM`.
impl fmt::Display for Passcode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, letter) in self.letters.iter().enumerate() {
            let dash = if index > 0 && index % 4 == 0 { "-" } else { "" };
            write!(formatter, "{dash}{}", char::from(*letter))?;
        }
        Ok(())
    }
}

/// It is not for logs.
impl fmt::Debug for Passcode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Passcode").finish_non_exhaustive()
    }
}

fn letter(typed: u8) -> Option<u8> {
    match typed.to_ascii_uppercase() {
        b'-' | b' ' => None,
        b'O' => Some(b'0'),
        b'I' | b'L' => Some(b'1'),
        letter => Some(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passcode_is_accepted_however_it_is_typed_and_another_is_not() {
        let passcode = Passcode { letters: *b"4F7K0QXT12ZM", guesses: GuessLimiter::default() };
        assert_eq!(passcode.to_string(), "4F7K-0QXT-12ZM");
        for typed in ["4F7K-0QXT-12ZM", "4f7k oqxt l2zm ", "4F7KOQXTI2ZM"] {
            assert_eq!(passcode.check(typed), Ok(()), "{typed}");
        }
        for typed in ["", "4F7K-0QXT-12Z", "4F7K-0QXT-12ZMM", "4F7K-0QXT-12ZN"] {
            assert_eq!(passcode.check(typed), Err(PasscodeError::Wrong), "{typed}");
        }
        assert_ne!(Passcode::new().unwrap().to_string(), Passcode::new().unwrap().to_string());
    }
}
