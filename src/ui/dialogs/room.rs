//! What becomes of the room in the account, in words.

use crate::ui::format::size;
use coffer_model::Account;
use coffer_texts::tr;

/// "Afterwards you use 15.7 GB of 20 GB."; nothing where that does not change, is not known, or is impossible.
pub(super) fn used_afterwards(account: &Account, growth_bytes: i64) -> Option<String> {
    let used = account.used_after(growth_bytes).filter(|used| *used <= account.allocated_bytes)?;
    Some(tr!("room-used", used = size(used), all = size(account.allocated_bytes)))
}

/// Why it may fail, and what helps.
pub(super) fn too_much(account: &Account, growth_bytes: i64) -> Option<String> {
    let lacking = account.lacking_bytes(growth_bytes)?;
    let free = account.allocated_bytes.saturating_sub(account.used_bytes);
    Some(tr!("room-too-much", lacking = size(lacking), free = size(free)))
}

#[cfg(test)]
mod tests {
    use super::{too_much, used_afterwards};
    use coffer_model::Account;
    use coffer_model::link::LinkOptions;

    #[test]
    fn room_is_told_where_the_account_says_how_much_there_is() {
        let check = |allocated_bytes, growth_bytes, used: Option<&str>, lacks: bool| {
            let (display_name, email) = (String::new(), String::new());
            let account = Account {
                display_name,
                email,
                is_local: true,
                used_bytes: 7_600_000_000,
                allocated_bytes,
                link_options: LinkOptions::default(),
            };
            assert_eq!(used_afterwards(&account, growth_bytes).as_deref(), used);
            assert_eq!(too_much(&account, growth_bytes).is_some(), lacks);
        };
        let all = 20_000_000_000;
        check(all, 8_100_000_000, Some("Afterwards you use 15.7 GB of 20 GB."), false);
        check(all, -600_000_000, Some("Afterwards you use 7 GB of 20 GB."), false);
        check(all, 12_400_000_000, Some("Afterwards you use 20 GB of 20 GB."), false);
        check(all, 12_400_000_001, None, true);
        check(all, 0, None, false);
        check(0, 8_100_000_000, None, false);
        check(all, -8_100_000_000, None, false);
    }
}
