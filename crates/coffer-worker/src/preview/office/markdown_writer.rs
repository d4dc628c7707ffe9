//! Writes what is read of a document as Markdown, which the window draws: headings, paragraphs, lists and tables.

/// A longer text is cut off.
const MOST_BYTES: usize = 512 * 1024;

/// More pictures are left out.
const MOST_PICTURES: usize = 24;

/// More columns of a table are left out.
const MOST_COLUMNS: usize = 24;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ParagraphKind {
    #[default]
    Plain,
    /// From 1.
    Heading(usize),
    /// An item of a list, in so many others, with its number if it has one.
    Item { depth: usize, number: Option<u64> },
}

/// How a run of words is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WordStyle {
    pub strong: bool,
    pub emphasis: bool,
}

#[derive(Default)]
pub(super) struct MarkdownWriter {
    source: String,
    /// The text of the paragraph that is being read, and how it was escaped.
    paragraph: String,
    /// How deep the item above is in lists, from 1; none where no item is above.
    item_depth: usize,
    /// How far in the first item of the list is.
    first_depth: usize,
    /// Of the words that the paragraph ends with.
    style: WordStyle,
    /// What the document calls its pictures, in the order of their numbers in the text.
    pictures: Vec<String>,
    table: Option<TableRows>,
    is_cut: bool,
}

/// A table that is being read. One inside of another becomes words of its cell.
#[derive(Default)]
struct TableRows {
    rows: Vec<Vec<String>>,
    cell: String,
    depth: usize,
}

impl MarkdownWriter {
    pub(super) fn is_full(&self) -> bool {
        self.is_cut
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.is_cut {
            return;
        }
        if self.source.len() + self.paragraph.len() + text.len() > MOST_BYTES {
            self.is_cut = true;
            return;
        }
        for character in text.chars() {
            match character {
                '\n' | '\r' | '\t' => self.paragraph.push(' '),
                _ if character.is_ascii_punctuation() => self.paragraph.extend(['\\', character]),
                _ => self.paragraph.push(character),
            }
        }
    }

    /// Words in bold or italics. Their marks are those of HTML: those of Markdown hold only between certain characters.
    pub(super) fn styled(&mut self, text: &str, style: WordStyle) {
        let goes_on = self.style == style;
        if self.is_cut || style == WordStyle::default() || (text.trim().is_empty() && !goes_on) {
            self.style = WordStyle::default();
            return self.text(text);
        }
        let [open, close] = match (style.strong, style.emphasis) {
            (true, true) => ["<b><i>", "</i></b>"],
            (true, false) => ["<b>", "</b>"],
            _ => ["<i>", "</i>"],
        };
        if goes_on {
            self.paragraph.truncate(self.paragraph.len() - close.len());
        } else {
            self.paragraph.push_str(open);
        }
        self.text(text);
        self.paragraph.push_str(close);
        self.style = style;
    }

    /// A picture, by what the document calls it.
    pub(super) fn picture(&mut self, name: String, description: &str) {
        if self.pictures.len() >= MOST_PICTURES || self.table.is_some() {
            return;
        }
        self.style = WordStyle::default();
        self.paragraph.push_str("![");
        self.text(description);
        self.paragraph.extend(["](", &picture_destination(self.pictures.len()), ")"]);
        self.pictures.push(name);
    }

    pub(super) fn line_break(&mut self) {
        self.style = WordStyle::default();
        if !self.paragraph.is_empty() {
            self.paragraph.push('\n');
        }
    }

    pub(super) fn end_paragraph(&mut self, kind: ParagraphKind) {
        let paragraph = std::mem::take(&mut self.paragraph);
        self.style = WordStyle::default();
        let words = paragraph.trim();
        if words.is_empty() {
            return;
        }
        if let Some(table) = &mut self.table {
            if !table.cell.is_empty() {
                table.cell.push(' ');
            }
            table.cell.push_str(&words.replace('\n', " "));
            return;
        }
        let above = std::mem::take(&mut self.item_depth);
        let is_item = matches!(kind, ParagraphKind::Item { .. });
        if !self.source.is_empty() {
            self.source.push_str(if is_item && above > 0 { "\n" } else { "\n\n" });
        }
        match kind {
            ParagraphKind::Plain => self.source.push_str(&words.replace('\n', "\\\n")),
            ParagraphKind::Heading(level) => {
                self.source.push_str(&"#".repeat(level.clamp(1, 6)));
                self.source.push(' ');
                self.source.push_str(&words.replace('\n', " "));
            }
            ParagraphKind::Item { depth, number } => {
                if above == 0 {
                    self.first_depth = depth;
                }
                // What is further in than an item of the one above would be code.
                let depth = depth.saturating_sub(self.first_depth).min(above).min(8);
                self.item_depth = depth + 1;
                self.source.push_str(&"    ".repeat(depth));
                match number {
                    Some(number) => self.source.extend([number.to_string().as_str(), ". "]),
                    None => self.source.push_str("- "),
                }
                self.source.push_str(&words.replace('\n', " "));
            }
        }
    }

    pub(super) fn begin_table(&mut self) {
        self.end_paragraph(ParagraphKind::Plain);
        self.table.get_or_insert_default().depth += 1;
    }

    pub(super) fn begin_row(&mut self) {
        if let Some(table) = self.table.as_mut().filter(|table| table.depth == 1) {
            table.rows.push(Vec::new());
        }
    }

    pub(super) fn end_cell(&mut self) {
        if let Some(table) = self.table.as_mut().filter(|table| table.depth == 1) {
            let cell = std::mem::take(&mut table.cell);
            if let Some(row) = table.rows.last_mut().filter(|row| row.len() < MOST_COLUMNS) {
                row.push(cell);
            }
        }
    }

    pub(super) fn end_table(&mut self) {
        let Some(table) = &mut self.table else { return };
        table.depth -= 1;
        if table.depth > 0 {
            return;
        }
        let rows = self.table.take().map(|table| table.rows).unwrap_or_default();
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        self.item_depth = 0;
        if !self.source.is_empty() {
            self.source.push_str("\n\n");
        }
        for (index, row) in rows.iter().enumerate() {
            for column in 0..columns {
                self.source.push_str("| ");
                self.source.push_str(row.get(column).map_or("", String::as_str));
                self.source.push(' ');
            }
            self.source.push_str("|\n");
            if index == 0 {
                self.source.push_str(&"|---".repeat(columns));
                self.source.push_str("|\n");
            }
        }
        self.source.truncate(self.source.trim_end().len());
    }

    /// The text with what its pictures are called, and whether it was cut off.
    pub(super) fn finish(mut self) -> WrittenText {
        while self.table.is_some() {
            self.end_table();
        }
        self.end_paragraph(ParagraphKind::Plain);
        WrittenText { source: self.source, pictures: self.pictures, is_cut: self.is_cut }
    }
}

pub(super) struct WrittenText {
    pub source: String,
    pub pictures: Vec<String>,
    pub is_cut: bool,
}

/// What the text calls a picture, by its number.
pub(super) fn picture_destination(number: usize) -> String {
    format!("inside:{number}")
}
