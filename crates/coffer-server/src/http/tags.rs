//! `files/tags/*` (reference 3.7).

use super::call::Call;
use super::failure::CallFailure;
use crate::paths::PLAIN_PATH;
use crate::store::refusal::Refusal;
use crate::store::tags;
use dropbox_protocol::files::{
    AddTagArg, AddTagError, GetTagsArg, GetTagsError, GetTagsResult, LookupError, PathToTags, RemoveTagArg,
    RemoveTagError, TAGS_PER_ITEM_LIMIT, Tag, UserGeneratedTag,
};

/// The longest tag, in characters.
const LONGEST_TAG: usize = 32;

pub(super) async fn add(call: Call, argument: AddTagArg) -> Result<(), CallFailure<AddTagError>> {
    let path = call.view.parse(&argument.path, PLAIN_PATH)?;
    let tag = tag_text(&argument.tag_text)?;
    let added = call
        .app
        .store
        .write(move |edit| -> Result<(), Refusal<AddTagError>> {
            let entry = path.find(edit.connection()).map_err(|refusal| refusal.map(AddTagError::Path))?;
            let present = tags::tags_of_item(edit.connection(), &entry.id)?;
            if !present.contains(&tag) && present.len() >= TAGS_PER_ITEM_LIMIT {
                return Err(Refusal::Answer(AddTagError::TooManyTags));
            }
            Ok(tags::add(edit, &entry.id, &tag)?)
        })
        .await;
    Ok(added?)
}

pub(super) async fn remove(call: Call, argument: RemoveTagArg) -> Result<(), CallFailure<RemoveTagError>> {
    let path = call.view.parse(&argument.path, PLAIN_PATH)?;
    let tag = tag_text(&argument.tag_text)?;
    let removed = call
        .app
        .store
        .write(move |edit| -> Result<(), Refusal<RemoveTagError>> {
            let entry = path.find(edit.connection()).map_err(|refusal| refusal.map(RemoveTagError::Path))?;
            if tags::remove(edit, &entry.id, &tag)? {
                Ok(())
            } else {
                Err(Refusal::Answer(RemoveTagError::TagNotPresent))
            }
        })
        .await;
    Ok(removed?)
}

pub(super) async fn get(
    call: Call,
    argument: GetTagsArg,
) -> Result<GetTagsResult, CallFailure<GetTagsError>> {
    let mut paths = Vec::with_capacity(argument.paths.len());
    for text in argument.paths {
        let path = call.view.parse(&text, PLAIN_PATH)?;
        paths.push((text, path));
    }
    let found = call
        .app
        .store
        .read(move |connection| -> Result<Vec<PathToTags>, Refusal<LookupError>> {
            let mut found = Vec::with_capacity(paths.len());
            for (text, path) in paths {
                let entry = path.find(connection)?;
                let tags = tags::tags_of_item(connection, &entry.id)?
                    .into_iter()
                    .map(|tag| Tag::UserGeneratedTag(UserGeneratedTag::new(tag)))
                    .collect::<Vec<_>>();
                found.push(PathToTags::new(text, tags));
            }
            Ok(found)
        })
        .await;
    let paths_to_tags = found.map_err(|refusal| refusal.map(GetTagsError::Path))?;
    Ok(GetTagsResult { paths_to_tags })
}

/// A tag as it is stored: letters, digits and underscores in lower case.
fn tag_text<E>(given: &str) -> Result<String, CallFailure<E>> {
    let length = given.chars().count();
    let is_word = given.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    if (1..=LONGEST_TAG).contains(&length) && is_word {
        Ok(given.to_lowercase())
    } else {
        Err(CallFailure::BadArgument(format!(
            "request body: tag_text: must be 1 to {LONGEST_TAG} word characters"
        )))
    }
}
