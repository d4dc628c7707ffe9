//! Arguments that are no longer valid: a value exchanged, or some bytes damaged.

use fastrand::Rng;
use serde_json::{Value, json};

/// Replaces one value somewhere in an argument by something else.
pub(super) fn exchange(random: &mut Rng, argument: Value) -> Value {
    if random.u8(..5) == 0 {
        return odd_value(random);
    }
    match argument {
        Value::Object(mut fields) if !fields.is_empty() => {
            let key = fields.keys().nth(random.usize(..fields.len())).unwrap().clone();
            let value = fields.remove(&key).unwrap();
            match random.u8(..8) {
                0 => {}
                1 => drop(fields.insert(key.to_uppercase(), value)),
                _ => drop(fields.insert(key, exchange(random, value))),
            }
            Value::Object(fields)
        }
        Value::Array(mut items) if !items.is_empty() => {
            let at = random.usize(..items.len());
            let value = items.swap_remove(at);
            let value = exchange(random, value);
            let copies = random.choice([1, 1, 1, 2, 300]).unwrap();
            items.extend(std::iter::repeat_n(value, copies));
            Value::Array(items)
        }
        _ => odd_value(random),
    }
}

fn odd_value(random: &mut Rng) -> Value {
    let any: String = (0..random.usize(..20)).map(|_| random.char(..)).collect();
    let (long, parts) = ("x".repeat(random.usize(..5_000)), "y/".repeat(random.usize(..3_000)));
    let deep = (0..60).fold(json!(1), |inner, _| json!([inner]));
    random
        .choice([
            json!(null),
            json!(true),
            json!(-1),
            json!(0),
            json!(1),
            json!(u64::MAX),
            json!(i64::MIN),
            json!(1.5),
            json!(1e300),
            json!([]),
            json!({}),
            deep,
            json!("other"),
            json!(""),
            json!({".tag": "other"}),
            json!({".tag": 1}),
            json!({".tag": "path"}),
            json!("rev:0123456789abcdef0123456789"),
            json!("rev:"),
            json!("id:"),
            json!("id:a/../b"),
            json!("ns:99999999999999999999/x"),
            json!("ns:1/fuzz/a.txt"),
            json!("/"),
            json!("//fuzz//a.txt"),
            json!("/fuzz/a.txt/below"),
            json!("/../../etc/passwd"),
            json!("/\u{0}"),
            json!("/a\\b"),
            json!("/fuzz/a.txt "),
            json!("/thumbs.db"),
            json!("http://"),
            json!("file:///etc/passwd"),
            json!("9999-99-99T99:99:99Z"),
            json!("0000-01-01T00:00:00Z"),
            json!("f".repeat(64)),
            json!(format!("/{long}")),
            json!(format!("/{parts}")),
            json!(format!("/{any}")),
            json!(any),
        ])
        .unwrap()
}

/// Cuts, overwrites, repeats or takes out some bytes.
pub(super) fn damage(random: &mut Rng, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..random.usize(1..4) {
        let at = random.usize(..bytes.len());
        let end = (at + random.usize(1..20)).min(bytes.len());
        match random.u8(..5) {
            0 => bytes.truncate(at.max(1)),
            1 => bytes[at] = random.u8(..),
            2 => drop(bytes.splice(at..at, vec![random.u8(..); 3])),
            3 if bytes.len() > end - at => drop(bytes.drain(at..end)),
            _ => bytes[at] = *random.choice(b"{}[]\",:0ntf.\\u").unwrap(),
        }
    }
    bytes
}
