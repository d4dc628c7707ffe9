//! The names of those who have changed something in shared folders: each is asked for once, and kept in the index.

use crate::account::OpenAccount;
use crate::error::ServiceError;
use dropbox_protocol::users::{GET_ACCOUNT_BATCH, GetAccountBatchArg, GetAccountBatchError};
use std::collections::HashMap;
use std::time::Duration;

/// As many as the service takes in one call.
const AT_ONCE: usize = 300;
/// Nobody waits longer for a name: without one it is “somebody else”.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks for the names that the log of changes needs and the index has not. Without them the changes are told all the same.
pub(crate) async fn learn_names(account: &OpenAccount) {
    match tokio::time::timeout(PATIENCE, ask_for_names(account)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "the names of other accounts are not known for now"),
        Err(_) => tracing::debug!("the names of other accounts take too long"),
    }
}

/// The names of some accounts; those that nobody has asked for yet are asked for, unless that takes too long.
pub(crate) async fn names_of_accounts(
    account: &OpenAccount,
    account_ids: Vec<String>,
) -> HashMap<String, Option<String>> {
    let asked = account_ids.clone();
    let mut names = account.index.ask(move |index| index.names(&asked)).await.unwrap_or_default();
    let mut missing: Vec<String> = account_ids.into_iter().filter(|id| !names.contains_key(id)).collect();
    let learned = tokio::time::timeout(PATIENCE, async {
        while !missing.is_empty() {
            let some = missing.iter().take(AT_ONCE).cloned().collect();
            let answers = names_of(account, some).await?;
            missing.retain(|id| answers.iter().all(|(known, _)| known != id));
            names.extend(answers.iter().cloned());
            account.index.ask(move |index| index.set_names(&answers)).await;
        }
        Ok::<_, ServiceError>(())
    });
    match learned.await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "the names of other accounts are not known for now"),
        Err(_) => tracing::debug!("the names of other accounts take too long"),
    }
    names
}

async fn ask_for_names(account: &OpenAccount) -> Result<(), ServiceError> {
    loop {
        let unnamed = account.index.ask(|index| index.unnamed_people(AT_ONCE)).await.unwrap_or_default();
        if unnamed.is_empty() {
            return Ok(());
        }
        let names = names_of(account, unnamed).await?;
        if account.index.ask(move |index| index.set_names(&names)).await.is_none() {
            return Ok(());
        }
    }
}

/// One unknown account makes the service refuse all that were asked for with it, so that one alone has no name.
async fn names_of(
    account: &OpenAccount,
    ids: Vec<String>,
) -> Result<Vec<(String, Option<String>)>, ServiceError> {
    match account.service.rpc(&GET_ACCOUNT_BATCH, &GetAccountBatchArg::new(ids.clone())).await {
        Ok(people) => {
            let name_of = |id: &str| {
                let person = people.iter().find(|person| person.account_id == id)?;
                Some(person.name.display_name.clone()).filter(|name| !name.is_empty())
            };
            Ok(ids
                .into_iter()
                .map(|id| {
                    let name = name_of(&id);
                    (id, name)
                })
                .collect())
        }
        Err(error) => match error.route_error() {
            Some(GetAccountBatchError::NoAccount(nobody)) if ids.contains(nobody) => {
                Ok(vec![(nobody.clone(), None)])
            }
            _ => Err(error.into()),
        },
    }
}
