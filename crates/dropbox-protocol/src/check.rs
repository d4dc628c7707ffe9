//! `check/*`: whether the service hears us (reference §3.1).

use super::route::routes;
use super::stone::{record, union};

routes! {
    /// Echoes a text to an app.
    APP: Rpc<EchoArg, EchoResult, EchoError> = "check/app", Api, App, Safe;
    /// Echoes a text to a person.
    USER: Rpc<EchoArg, EchoResult, EchoError> = "check/user", Api, User, Safe, AccountInfoRead;
}

record! {
    pub struct EchoArg {
        /// At most 500 characters.
        pub query: String = (String::new()),
    }

    pub struct EchoResult {
        pub result: String = (String::new()),
    }
}

union! {
    pub open union EchoError {
        UserRequested = "user_requested",
    }
}
