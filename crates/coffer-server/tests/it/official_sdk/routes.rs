//! No route that is served is forgotten: the crate has a function for each, and a test here calls it.

use dropbox_protocol::{Auth, routes};
use std::fs;
use std::path::Path;

#[test]
fn the_crate_is_driven_over_every_route_that_is_served() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/official_sdk");
    let tests: String = ["accounts", "files", "links", "transfers"]
        .map(|name| fs::read_to_string(folder.join(format!("{name}.rs"))).unwrap())
        .concat();
    let mut missing = Vec::new();
    for route in routes() {
        let (namespace, name) = route.name.split_once('/').unwrap();
        let function = format!("{namespace}::{}", name.replace('/', "_"));
        // Where an app may call in its own name, the crate has a second function.
        let for_apps = (route.auth == Auth::AppOrUser).then(|| format!("{function}_app_auth"));
        let wanted = std::iter::once(function).chain(for_apps);
        missing.extend(wanted.filter(|function| {
            // A call, or the name given to a macro that calls it.
            !tests.contains(&format!("{function}(")) && !tests.contains(&format!("{function},"))
        }));
    }
    assert!(missing.is_empty(), "nobody calls {missing:?}");
}
