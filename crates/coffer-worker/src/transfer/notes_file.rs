//! The file that notes are appended to, one JSON array a line. What could be written in part only, for want of room
//! say, is taken away again: the next line stands by itself.

use serde_json::Value;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

#[derive(Debug)]
pub struct NotesFile<F = File> {
    file: F,
    /// Of the lines that are whole.
    length: u64,
    /// Something may stand behind them.
    torn: bool,
}

/// A file that is appended to and can be made shorter.
pub trait Cut: Write {
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Cut for File {
    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}

impl NotesFile {
    pub fn new(file: File) -> io::Result<Self> {
        let length = file.metadata()?.len();
        Ok(Self { file, length, torn: false })
    }

    /// All notes, newer ones in place of older ones. A line that was torn by a kill is cut off.
    pub fn read(&mut self) -> io::Result<HashMap<String, Value>> {
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(0))?;
        self.file.read_to_end(&mut bytes)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
        self.length = whole as u64;
        self.torn = whole < bytes.len();
        self.mend()?;
        let lines = bytes.get(..whole).unwrap_or_default().split(|byte| *byte == b'\n');
        Ok(lines.filter_map(note).collect())
    }
}

impl<F: Cut> NotesFile<F> {
    /// Writes all of these lines or none.
    pub fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        self.mend()?;
        let written = self.file.write_all(lines);
        if written.is_ok() {
            self.length += lines.len() as u64;
        } else {
            self.torn = true;
            // What cannot be mended now is mended before the next lines, or when it is read.
            let _ = self.mend();
        }
        written
    }

    fn mend(&mut self) -> io::Result<()> {
        if self.torn {
            self.file.cut(self.length)?;
            self.torn = false;
        }
        Ok(())
    }
}

/// The note in a line. It may stand behind what is left of one that was torn.
fn note(line: &[u8]) -> Option<(String, Value)> {
    let starts = line.windows(2).enumerate().filter(|(_, bytes)| bytes == b"[\"");
    starts.map(|(start, _)| &line[start..]).find_map(|text| serde_json::from_slice(text).ok())
}

#[cfg(test)]
mod tests {
    use super::{Cut, NotesFile};
    use std::collections::HashMap;
    use std::io::{self, Write};

    /// A file on a disk with room for so many bytes.
    struct Small {
        bytes: Vec<u8>,
        room: usize,
        /// It cannot be made shorter.
        stuck: bool,
    }

    impl Write for Small {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let fits = bytes.len().min(self.room - self.bytes.len());
            if fits == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.bytes.extend_from_slice(&bytes[..fits]);
            Ok(fits)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Cut for Small {
        fn cut(&mut self, length: u64) -> io::Result<()> {
            if self.stuck {
                return Err(io::ErrorKind::Other.into());
            }
            self.bytes.truncate(length as usize);
            Ok(())
        }
    }

    #[test]
    fn lines_for_which_there_is_no_room_leave_nothing_and_can_be_written_later() {
        let file = Small { bytes: vec![], room: 16, stuck: false };
        let mut notes = NotesFile { file, length: 0, torn: false };
        notes.append(b"[\"one\",1]\n").unwrap();
        notes.append(b"[\"two\",2]\n").unwrap_err();
        assert_eq!(notes.file.bytes, b"[\"one\",1]\n");
        notes.file.room = 100;
        notes.append(b"[\"two\",2]\n").unwrap();
        assert_eq!(notes.file.bytes, b"[\"one\",1]\n[\"two\",2]\n");
    }

    #[test]
    fn nothing_is_written_behind_what_could_not_be_taken_away() {
        let file = Small { bytes: vec![], room: 16, stuck: true };
        let mut notes = NotesFile { file, length: 0, torn: false };
        notes.append(b"[\"one\",1]\n").unwrap();
        notes.append(b"[\"two\",2]\n").unwrap_err();
        notes.file.room = 100;
        notes.append(b"[\"two\",2]\n").unwrap_err();
        notes.file.stuck = false;
        notes.append(b"[\"two\",2]\n").unwrap();
        assert_eq!(notes.file.bytes, b"[\"one\",1]\n[\"two\",2]\n");
    }

    #[test]
    fn a_torn_line_hides_none_of_those_behind_it() {
        let mut file = tempfile::tempfile().unwrap();
        let text = concat!(
            "[\"one\",1]\n",
            "[\"torn\",[[\"a\",\"b\"],[\"c[\"two\",[[\"d\",\"e\"]]]\n",
            "nothing at all\n",
            "[\"three\",3]\n",
            "[\"four\",{\"of"
        );
        file.write_all(text.as_bytes()).unwrap();
        let mut notes = NotesFile::new(file).unwrap();
        let expected = [("one", "1"), ("two", "[[\"d\",\"e\"]]"), ("three", "3")];
        let expected: HashMap<String, serde_json::Value> = expected
            .map(|(key, value)| (key.to_owned(), serde_json::from_str(value).unwrap()))
            .into_iter()
            .collect();
        assert_eq!(notes.read().unwrap(), expected);
        assert_eq!(notes.file.metadata().unwrap().len() as usize, text.len() - "[\"four\",{\"of".len());
    }
}
