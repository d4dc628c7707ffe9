//! What goes wrong with the made-up account.

use coffer_model::{Problem, ProblemKind, ReplyDetails};

pub fn offline() -> Problem {
    let detail = "Check the connection of this computer. It is tried again by itself.";
    Problem::new(ProblemKind::Unreachable, "Dropbox cannot be reached", detail)
}

pub fn network_sign_in() -> Problem {
    let title = "“Albums” could not be listed";
    let detail =
        "This network asks you to sign in first. Open its sign-in page in your browser, then try again.";
    let page = Some("http://login.hotel.example/".into());
    let reply = Some(Box::new(ReplyDetails { request_id: None, sign_in_page: page }));
    Problem { reply, ..Problem::new(ProblemKind::NetworkSignIn, title, detail) }
}

pub fn failed() -> Problem {
    Problem {
        title: "The folder could not be read".to_owned(),
        detail: "The service answered with something that makes no sense.".to_owned(),
        path: None,
        kind: ProblemKind::ServiceFailed,
        reply: Some(Box::new(ReplyDetails { request_id: Some("7f3a".into()), sign_in_page: None })),
        source: None,
    }
}

/// What Dropbox says of a wrong code.
pub fn wrong_code() -> Problem {
    Problem {
        title: "Dropbox does not know this code".to_owned(),
        detail: "A code works once and for ten minutes. Open the page again and paste the new one."
            .to_owned(),
        path: None,
        kind: ProblemKind::ServiceFailed,
        reply: Some(Box::new(ReplyDetails { request_id: Some("9c1f3a".into()), sign_in_page: None })),
        source: None,
    }
}
