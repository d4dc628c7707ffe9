//! English as other languages are: about a third longer, and with letters that are not on every keyboard. For tests: words
//! without them are in no catalogue, and what does not fit will not fit in another language either.

/// "Share" is "Shâarêe": each vowel once more, with a circumflex.
fn stretched(text: &str) -> String {
    let mut stretched = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let with_circumflex = match letter {
            'a' => 'â',
            'e' => 'ê',
            'i' => 'î',
            'o' => 'ô',
            'u' => 'û',
            'y' => 'ŷ',
            'A' => 'Â',
            'E' => 'Ê',
            'I' => 'Î',
            'O' => 'Ô',
            'U' => 'Û',
            _ => {
                stretched.push(letter);
                continue;
            }
        };
        stretched.push(with_circumflex);
        stretched.extend(letter.to_lowercase());
    }
    stretched
}

/// All texts of a file of a language, without what stands in braces.
pub(crate) fn stretched_file(file: &str) -> String {
    file.lines().map(stretched_line).collect::<Vec<_>>().join("\n")
}

fn stretched_line(line: &str) -> String {
    // A comment, a text by its key, or one of its forms.
    let text_begins = match line.chars().next() {
        Some('#') | None => return line.to_owned(),
        Some(letter) if letter.is_ascii_lowercase() => line.find('='),
        Some(_) => line.find(']'),
    };
    let is_first_of_forms = line.ends_with("->");
    let Some(text_begins) = text_begins.filter(|_| !is_first_of_forms) else { return line.to_owned() };
    let (begin, text) = line.split_at(text_begins);
    let parts = text.split_inclusive(['{', '}']);
    let parts = parts.map(|part| if part.ends_with('}') { part.to_owned() } else { stretched(part) });
    begin.to_owned() + &parts.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::stretched_file;

    #[test]
    fn texts_are_stretched_and_keys_and_values_are_not() {
        let file = "# Words.\nshare = Share { $name }\nitems = { $count ->\n    [one] { $count } item\n   *[other] { $count } items\n}";
        let expected = "# Words.\nshare = Shâarêe { $name }\nitems = { $count ->\n    [one] { $count } îitêem\n   *[other] { $count } îitêems\n}";
        assert_eq!(stretched_file(file), expected);
    }
}
