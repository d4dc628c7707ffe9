//! Documents that are not plain UTF-8 text, each in the simplest form that its readers accept.

use std::fmt::Write as _;

/// A letter sheet with a heading and lines; what follows a tab stands in a column of its own on the right.
pub(crate) fn pdf(heading: &str, lines: &[String]) -> Vec<u8> {
    let mut content = String::from("0.106 0.498 0.439 rg 0 806 595 36 re f\n0.118 0.137 0.129 rg\n");
    // Writing to a string cannot fail.
    let mut text = |font: &str, size: u32, x: u32, y: u32, words: &str| {
        let words = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        let _ = writeln!(content, "BT /{font} {size} Tf {x} {y} Td ({words}) Tj ET");
    };
    text("F2", 20, 72, 730, heading);
    for (index, line) in lines.iter().enumerate() {
        let y = 690_u32.saturating_sub(20 * index as u32);
        let (left, right) = line.split_once('\t').unwrap_or((line, ""));
        text("F1", 11, 72, y, left);
        text("F1", 11, 430, y, right);
    }
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}endstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let table = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(file, "{place:010} 00000 n ");
    }
    let _ =
        write!(file, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}

/// An archive of files that are stored as they are.
pub(crate) fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    // 1 January 2026, midnight, as these archives write it.
    const DATE: [u8; 4] = [0, 0, 0x21, 0x5C];
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let start = archive.len() as u32;
        // Version 1.0, UTF-8 name, stored.
        let mut common = vec![10, 0, 0, 8, 0, 0];
        common.extend(DATE);
        common.extend(checksum(text.as_bytes()).to_le_bytes());
        common.extend((text.len() as u32).to_le_bytes());
        common.extend((text.len() as u32).to_le_bytes());
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&common);
        archive.extend(name.as_bytes());
        archive.extend(text.as_bytes());
        directory.extend(b"PK\x01\x02\x0A\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (start, count) = (archive.len() as u32, (files.len() as u16).to_le_bytes());
    let size = directory.len() as u32;
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend(count);
    archive.extend(count);
    archive.extend(size.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0, 0]);
    archive
}

/// CRC-32 as ZIP wants it.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 },
        )
    })
}

/// Text as it was written before Unicode; a letter that Latin-1 lacks becomes a question mark.
pub(crate) fn latin1(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_everybody_uses() {
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn the_places_in_a_pdf_are_where_its_objects_begin() {
        let file = String::from_utf8(pdf("Heading (one)", &["left\tright".into()])).unwrap();
        let table = file.rsplit("startxref\n").next().unwrap().lines().next().unwrap();
        let rows = file[table.parse::<usize>().unwrap()..].lines().skip(3).take(6);
        for (index, row) in rows.enumerate() {
            let place: usize = row[..10].parse().unwrap();
            assert!(file[place..].starts_with(&format!("{} 0 obj", index + 1)), "object {index}: {row}");
        }
        assert!(file.contains("(Heading \\(one\\))"));
    }

    #[test]
    fn latin1_has_one_byte_a_letter() {
        assert_eq!(latin1("Küße £½ 日"), b"K\xFC\xDFe \xA3\xBD ?");
    }
}
