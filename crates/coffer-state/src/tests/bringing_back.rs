//! Bringing back what was in a folder: what is asked before, and what is told after.

use super::{Script, problem};
use coffer_model::{Recovery, RemotePath, Update};

#[test]
fn what_an_earlier_run_had_begun_to_bring_back_is_told_with_what_has_failed() {
    let mut script = Script::in_docs("a.txt");
    let folder = RemotePath::new("/Docs");
    script.update("session Local", Update::BroughtBack { folder: folder.clone(), failed: Vec::new() });
    script.check("/Docs: a.txt toast[Brought back “Docs”]").wait(20.0);
    let failed = vec![problem("“a.txt” could not be brought back", Recovery::Refresh); 2];
    script.update("session Local", Update::BroughtBack { folder, failed });
    script.check("/Docs: a.txt toast[Brought back “Docs”: 2 items failed | Details…]");
}
