//! Writes what is read of a document as Markdown, which the window draws: headings, paragraphs, lists and tables.

/// A longer text is cut off.
const MOST_BYTES: usize = 512 * 1024;

/// More columns of a table are left out.
const MOST_COLUMNS: usize = 24;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ParagraphKind {
    #[default]
    Plain,
    /// From 1.
    Heading(usize),
    /// An item of a list, in so many others.
    Item(usize),
}

#[derive(Default)]
pub(super) struct MarkdownWriter {
    source: String,
    /// The text of the paragraph that is being read, and how it was escaped.
    paragraph: String,
    last_was_item: bool,
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

    pub(super) fn line_break(&mut self) {
        if !self.paragraph.is_empty() {
            self.paragraph.push('\n');
        }
    }

    pub(super) fn end_paragraph(&mut self, kind: ParagraphKind) {
        let paragraph = std::mem::take(&mut self.paragraph);
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
        let is_item = matches!(kind, ParagraphKind::Item(_));
        if !self.source.is_empty() {
            self.source.push_str(if is_item && self.last_was_item { "\n" } else { "\n\n" });
        }
        self.last_was_item = is_item;
        match kind {
            ParagraphKind::Plain => self.source.push_str(&words.replace('\n', "\\\n")),
            ParagraphKind::Heading(level) => {
                self.source.push_str(&"#".repeat(level.clamp(1, 6)));
                self.source.push(' ');
                self.source.push_str(&words.replace('\n', " "));
            }
            ParagraphKind::Item(depth) => {
                self.source.push_str(&"  ".repeat(depth.min(8)));
                self.source.push_str("- ");
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
        self.last_was_item = false;
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

    /// The text, and whether it was cut off.
    pub(super) fn finish(mut self) -> (String, bool) {
        while self.table.is_some() {
            self.end_table();
        }
        self.end_paragraph(ParagraphKind::Plain);
        (self.source, self.is_cut)
    }
}
