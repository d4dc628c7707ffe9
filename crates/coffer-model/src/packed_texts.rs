//! Very many short texts, such as names and revisions, packed: one after the other in one string. Each takes 8 bytes and
//! those of its text, a third of a string of its own.

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackedTexts {
    text: String,
    /// Where each text ends. It begins where the one before ends.
    ends: Vec<usize>,
}

impl PackedTexts {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end);
        self.text.get(start..end)
    }

    /// The memory that is in use.
    #[cfg(test)]
    pub(super) fn size_bytes(&self) -> usize {
        self.text.len() + size_of_val(&self.ends[..])
    }
}

#[cfg(test)]
mod tests {
    use super::PackedTexts;

    #[test]
    fn every_text_comes_out_as_it_went_in() {
        let mut packed = PackedTexts::default();
        let texts = ["", "a", "", "Größe.txt", "b"];
        for text in texts {
            packed.push(text);
        }
        let unpacked: Vec<&str> = (0..packed.len()).filter_map(|index| packed.get(index)).collect();
        assert_eq!(unpacked, texts);
        assert_eq!(packed.get(texts.len()), None);
    }
}
