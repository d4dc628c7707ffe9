//! The folder tree in the side bar; folders are listed when they are opened.

use crate::model::{Load, RemotePath, RequestId};
use std::collections::HashMap;

#[derive(Default)]
pub struct Tree {
    pub(super) nodes: HashMap<RemotePath, Node>,
}

#[derive(Default)]
pub struct Node {
    pub open: bool,
    /// The folders inside, in order.
    pub children: Load<Vec<RemotePath>>,
    pub request: Option<RequestId>,
}

/// One visible line of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct TreeLine {
    pub path: RemotePath,
    pub level: usize,
    pub open: bool,
    /// False when it is known to hold no folders.
    pub can_open: bool,
    pub loading: bool,
}
