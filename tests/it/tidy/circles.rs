//! Which files of a crate use each other in circles. A file that is read without the ones that use it is easier to
//! understand and to change. What the children of a module use of the module itself is not counted: they are one subject.

use super::sources::{SourceFile, rust_files};
use std::collections::{BTreeMap, BTreeSet};

/// The path of a module in its crate; empty for the root.
type Module = Vec<String>;

#[test]
fn files_do_not_use_each_other_in_circles() {
    let mut crates: BTreeMap<String, BTreeMap<Module, SourceFile>> = BTreeMap::new();
    for file in rust_files() {
        if let Some((folder, module)) = module_of(&file) {
            crates.entry(folder).or_default().insert(module, file);
        }
    }
    let circles: Vec<_> = crates.values().flat_map(circles).collect();
    assert!(circles.is_empty(), "move what both need to a file of its own: {circles:#?}");
}

#[test]
fn a_circle_is_found_through_a_re_export() {
    let texts = [
        ("lib", "mod a;\nmod b;\npub use b::{B, C as D};"),
        ("a", "use crate::B;"),
        ("b", "use super::a::A;"),
    ];
    let modules = texts.map(|(name, text)| {
        let file = SourceFile { path: name.into(), text: text.to_owned() };
        (if name == "lib" { vec![] } else { vec![name.to_owned()] }, file)
    });
    assert_eq!(circles(&modules.into()), [BTreeSet::from(["a".to_owned(), "b".to_owned()])]);
}

/// The folder of the crate and the module that a file is; `None` for what is not in a `src`.
fn module_of(file: &SourceFile) -> Option<(String, Module)> {
    let path = file.path.to_str()?.strip_suffix(".rs")?;
    if path.starts_with("tests/") || path.contains("/tests/") {
        return None;
    }
    let (folder, module) =
        if let Some(module) = path.strip_prefix("src/") { ("", module) } else { path.split_once("/src/")? };
    let mut module: Module = module.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|name| ["lib", "main", "mod"].contains(&name.as_str())) {
        module.pop();
    }
    Some((folder.to_owned(), module))
}

/// Each set of files that reach each other by what they use.
fn circles(modules: &BTreeMap<Module, SourceFile>) -> Vec<BTreeSet<String>> {
    let uses: BTreeMap<_, _> = modules.keys().map(|module| (module, used_by(module, modules))).collect();
    let reached: BTreeMap<_, _> = modules
        .keys()
        .map(|module| {
            let (mut found, mut open) = (BTreeSet::new(), vec![module]);
            while let Some(next) = open.pop() {
                open.extend(uses[next].iter().filter(|used| found.insert(*used)));
            }
            (module, found)
        })
        .collect();
    let circles: BTreeSet<BTreeSet<String>> = modules
        .keys()
        .filter(|module| reached[module].contains(module))
        .map(|module| {
            let members = reached[module].iter().filter(|other| reached[*other].contains(module));
            members.map(|member| modules[*member].path.display().to_string()).collect()
        })
        .collect();
    circles.into_iter().collect()
}

/// The modules whose items a file imports, but for those that it is a child of.
fn used_by(module: &Module, modules: &BTreeMap<Module, SourceFile>) -> BTreeSet<Module> {
    imports(&modules[module].text)
        .filter(|(is_export, _)| !is_export)
        .filter_map(|(_, path)| resolve(module, &path, modules, 0))
        .filter(|used| !module.starts_with(used))
        .collect()
}

/// The module in which the item is that `path` names in `module`, also where others hand it on by `pub use`.
fn resolve(
    module: &Module,
    path: &str,
    modules: &BTreeMap<Module, SourceFile>,
    depth: usize,
) -> Option<Module> {
    let mut names = path.split("::").collect::<Vec<_>>().into_iter().peekable();
    let mut found = module.clone();
    if names.next_if_eq(&"crate").is_some() {
        found.clear();
    } else {
        while names.next_if_eq(&"super").is_some() {
            found.pop();
        }
        names.next_if_eq(&"self");
    }
    let mut is_inside = found.len() != module.len() || path.starts_with("crate");
    while let Some(name) = names.peek() {
        let child: Module = found.iter().cloned().chain([(*name).to_owned()]).collect();
        if !modules.contains_key(&child) {
            break;
        }
        (found, is_inside) = (child, true);
        names.next();
    }
    let item = names.next();
    if !is_inside {
        return None;
    }
    let file = modules.get(&found)?;
    let exported = item.filter(|_| depth < 5).and_then(|item| {
        let (_, export) = imports(&file.text)
            .find(|(is_export, export)| *is_export && export.ends_with(&format!("::{item}")))?;
        resolve(&found, &export, modules, depth + 1)
    });
    Some(exported.unwrap_or(found))
}

/// Every path that is imported at the start of a line before the tests, and whether it is exported again.
fn imports(text: &str) -> impl Iterator<Item = (bool, String)> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let statements = code.split(';').filter_map(|statement| {
        let statement = statement.trim_start();
        let at = if statement.starts_with("use ") || statement.starts_with("pub") {
            0
        } else {
            statement.rfind("\nuse ").or_else(|| statement.rfind("\npub"))? + 1
        };
        let (visibility, tree) = statement[at..].split_once("use ")?;
        let is_import = visibility.is_empty()
            || (visibility.starts_with("pub")
                && !visibility.contains([' ', '\n'])
                    | visibility.ends_with(' ') & !visibility.trim_end().contains([' ', '\n']));
        is_import.then(|| (!visibility.is_empty(), tree.split_whitespace().collect::<Vec<_>>().join(" ")))
    });
    statements
        .flat_map(|(is_export, tree)| expand(&tree).into_iter().map(move |path| (is_export, path)))
        .collect::<Vec<_>>()
        .into_iter()
}

/// `a::{b, c::{d}}` as `a::b` and `a::c::d`; without the other names that `as` gives.
fn expand(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((start, rest)) = tree.split_once('{') else {
        return vec![tree.split(" as ").next().unwrap_or_default().to_owned()];
    };
    let (mut depth, mut part, mut parts) = (0, String::new(), Vec::new());
    for letter in rest[..rest.rfind('}').unwrap_or(rest.len())].chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        if letter == ',' && depth == 0 {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(letter);
        }
    }
    parts.push(part);
    parts
        .iter()
        .filter(|part| !part.trim().is_empty())
        .flat_map(|part| expand(&format!("{start}{}", part.trim())))
        .collect()
}
