//! A tree of small files, up and down, beside the crate with 20 calls at once; and how many calls a file costs.

use super::measured::{Runs, run};
use super::service::{Service, new_folder};
use super::setting::Setting;
use super::table::Table;
use super::{data, ours, sdk};
use coffer_testing::counting_proxy::CountingProxy;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

const CRATE: &str = "the crate with 20 in flight";

pub fn upload(setting: &Setting, table: &mut Table) {
    let tree = tree(setting);
    for (line, latency, limit) in lines(setting) {
        let (mut our_runs, mut crate_runs) = (Runs::default(), Runs::default());
        for round in 0..setting.rounds {
            eprintln!("  {line}, round {}", round + 1);
            let service = Service::fresh(setting, latency);
            let put = ours::put(ours::program(setting, &service), &tree, &new_folder());
            our_runs.0.push(run(put));
            drop(service);
            let service = Service::fresh(setting, latency);
            crate_runs.0.push(run(sdk::command(&service, "upload-tree", &tree, &new_folder())));
        }
        let what = format!("small files up, {line}: wall");
        table.ratio(&what, our_runs.wall(), (CRATE, crate_runs.wall()), Some(limit));
    }
    if setting.given.is_none() {
        let service = Service::fresh(setting, Duration::ZERO);
        let proxy = CountingProxy::start(service.address());
        let mut put = ours::put(ours::program(setting, &service), &tree, "/tree");
        put.env("COFFER_API_URL", proxy.url());
        run(put);
        count(setting, table, "small files up: requests a file", Some(0.05), &proxy);
    }
}

pub fn download(setting: &Setting, table: &mut Table) {
    let tree = tree(setting);
    let service = Service::fresh(setting, Duration::ZERO);
    let remote_path = new_folder();
    run(sdk::command(&service, "upload-tree", &tree, &remote_path));
    drop(service);
    for (line, latency, limit) in lines(setting) {
        let service = Service::open(setting, latency, &[]);
        let (mut our_runs, mut crate_runs) = (Runs::default(), Runs::default());
        for round in 0..setting.rounds {
            eprintln!("  {line}, round {}", round + 1);
            // The target itself is not there yet.
            let received = setting.fresh("received").join("tree");
            our_runs.0.push(run(ours::get(ours::program(setting, &service), &remote_path, &received)));
            assert!(data::same_trees(&tree, &received), "other files came");
            let received = setting.fresh("received");
            crate_runs.0.push(run(sdk::command(&service, "download-tree", &received, &remote_path)));
            assert!(data::same_trees(&tree, &received), "other files came");
        }
        let what = format!("small files down, {line}: wall");
        // At 0 ms nothing was promised for this direction.
        let limit = (!latency.is_zero()).then_some(limit);
        table.ratio(&what, our_runs.wall(), (CRATE, crate_runs.wall()), limit);
    }
    if setting.given.is_none() {
        let service = Service::open(setting, Duration::ZERO, &[]);
        let proxy = CountingProxy::start(service.address());
        let received = setting.fresh("received").join("tree");
        let mut get = ours::get(ours::program(setting, &service), &remote_path, &received);
        get.env("COFFER_API_URL", proxy.url());
        run(get);
        count(setting, table, "small files down: requests a file", None, &proxy);
    }
}

/// The lines to measure on: their name, what they add to each call, and the limit of the ratio there.
fn lines(setting: &Setting) -> Vec<(String, Duration, f64)> {
    match &setting.given {
        // Its line is what it is.
        Some(_) => vec![("line as it is".to_owned(), setting.latency, 0.1)],
        None => [(setting.latency, 0.1), (Duration::ZERO, 1.0)]
            .map(|(latency, limit)| (format!("{} ms", latency.as_millis()), latency, limit))
            .to_vec(),
    }
}

fn tree(setting: &Setting) -> PathBuf {
    let tree = setting.place("tree");
    data::tree(&tree, setting.files);
    tree
}

fn count(setting: &Setting, table: &mut Table, what: &str, limit: Option<f64>, proxy: &CountingProxy) {
    let calls = proxy.calls();
    let mut routes = BTreeMap::new();
    for call in &calls {
        *routes.entry(call.route.as_str()).or_insert(0) += 1;
    }
    let routes: Vec<String> = routes.iter().map(|(route, count)| format!("{count} {route}")).collect();
    let each = calls.len() as f64 / setting.files as f64;
    table.number(what, each, limit, "requests", &routes.join(", "));
}
