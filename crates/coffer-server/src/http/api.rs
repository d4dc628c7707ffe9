//! From an address under `/2/` to the function of a route: authorization, argument, style.

use super::argument::{RawArgument, body_limit, check_content_type, check_method};
use super::authorize::{Caller, authorize, path_root};
use super::body::{self, Body};
use super::call::Call;
use super::failure::{CallFailure, bad_request};
use super::reply::{self, Reply};
use super::routes::routes;
use super::user_message::MessageLanguage;
use crate::app_state::AppState;
use crate::connections::ConnectionState;
use crate::view::AccountView;
use dropbox_protocol::{RouteInfo, Style};
use http::{Request, StatusCode, request::Parts};
use http_body::Body as _;
use std::sync::Arc;

/// Answers a call of `route`, which may be anything.
pub(super) async fn call(
    app: Arc<AppState>,
    route: &str,
    request: Request<Body>,
    connection: &ConnectionState,
) -> Reply {
    let (parts, body) = request.into_parts();
    let Some(handler) = routes().get(route) else {
        reply::drain(body).await;
        let shown: String = route.chars().take(100).collect();
        return reply::text(StatusCode::BAD_REQUEST, &format!("Unknown API function: \"{shown}\""));
    };
    let info = &handler.info;
    let (caller, view) = match admit(&app, info, &parts, &body) {
        Ok(admitted) => admitted,
        Err(refused) => {
            reply::drain(body).await;
            return *refused;
        }
    };
    if let Caller::Person { .. } = caller {
        connection.trust();
    }
    let (argument, body) = match take_argument(info, &parts, body).await {
        Ok(taken) => taken,
        Err(why) => return bad_request(info.name, &why),
    };
    let call = Call { app, caller, view: Arc::new(view), headers: parts.headers, route: info.name };
    (handler.run)(call, argument, body).await
}

/// Everything that is known before the body is read.
fn admit(
    app: &AppState,
    info: &RouteInfo,
    parts: &Parts,
    body: &Body,
) -> Result<(Caller, AccountView), Box<Reply>> {
    let refuse = |why: String| Box::new(bad_request(info.name, &why));
    check_method(info.style, &parts.method).map_err(refuse)?;
    let caller = authorize(app, info, &parts.headers, &parts.uri).map_err(|failure: CallFailure<()>| {
        Box::new(failure.into_reply(info.name, MessageLanguage::of_request(&parts.headers)))
    })?;
    let root = path_root(&parts.headers).map_err(refuse)?;
    let view = AccountView::new(app.team(), root)
        .map_err(|error| Box::new(reply::error(StatusCode::UNPROCESSABLE_ENTITY, error)))?;
    check_content_type(info.style, &parts.headers, body.is_end_stream()).map_err(refuse)?;
    Ok((caller, view))
}

/// Reads the argument, from the body or a header; the rest is the body of an upload.
async fn take_argument(info: &RouteInfo, parts: &Parts, body: Body) -> Result<(RawArgument, Body), String> {
    match info.style {
        Style::Rpc => {
            let json = body::read_all(body, body_limit(info))
                .await
                .map_err(|_| "request body: too long or broken off".to_owned())?;
            Ok((RawArgument::from_body(json), body::empty()))
        }
        Style::Upload => match RawArgument::from_head(&parts.headers, &parts.uri) {
            Ok(argument) => Ok((argument, body)),
            Err(why) => {
                reply::drain(body).await;
                Err(why)
            }
        },
        Style::Download => {
            let argument = RawArgument::from_head(&parts.headers, &parts.uri)?;
            let rest = body::read_all(body, 1024).await;
            if rest.is_ok_and(|bytes| bytes.is_empty()) {
                Ok((argument, body::empty()))
            } else {
                Err("request body: must be empty for this function".to_owned())
            }
        }
    }
}
