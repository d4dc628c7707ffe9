//! Where the heads and bodies of HTTP/1.1 messages begin and end in a stream of bytes.

/// What some bytes of a stream of messages are.
pub(super) enum MessagePart {
    Head { first_line: String, length: u64 },
    Body(u64),
    End,
}

/// Follows the messages of one direction.
#[derive(Default)]
pub(super) struct Framing {
    position: Position,
    /// A head or a line that has not ended yet.
    line: Vec<u8>,
}

#[derive(Default)]
enum Position {
    #[default]
    Head,
    /// So many bytes of the body are to come.
    Body(u64),
    ChunkSize,
    Chunk(u64),
    /// The line after a chunk.
    ChunkEnd,
    /// The lines after the last chunk.
    Trailer,
    UntilClosed,
}

impl Framing {
    pub(super) fn read(&mut self, mut bytes: &[u8]) -> Vec<MessagePart> {
        let mut parts = Vec::new();
        while !bytes.is_empty() {
            match self.position {
                Position::Body(left) | Position::Chunk(left) => {
                    let taken = left.min(bytes.len() as u64);
                    bytes = &bytes[taken as usize..];
                    parts.push(MessagePart::Body(taken));
                    self.position = match (&self.position, left - taken) {
                        (Position::Body(_), 0) => {
                            parts.push(MessagePart::End);
                            Position::Head
                        }
                        (Position::Body(_), left) => Position::Body(left),
                        (_, 0) => Position::ChunkEnd,
                        (_, left) => Position::Chunk(left),
                    };
                }
                Position::UntilClosed => {
                    parts.push(MessagePart::Body(bytes.len() as u64));
                    bytes = &[];
                }
                Position::Head | Position::ChunkSize | Position::ChunkEnd | Position::Trailer => {
                    let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
                    self.line.extend_from_slice(&bytes[..end]);
                    bytes = &bytes[end..];
                    if self.line.ends_with(b"\n") {
                        self.line_ended(&mut parts);
                    }
                }
            }
        }
        parts
    }

    fn line_ended(&mut self, parts: &mut Vec<MessagePart>) {
        match self.position {
            Position::Head => {
                if !self.line.ends_with(b"\r\n\r\n") {
                    return;
                }
                let head = String::from_utf8_lossy(&self.line).into_owned();
                self.head_ended(&head, parts);
            }
            Position::ChunkSize => {
                let line = String::from_utf8_lossy(&self.line);
                let size = line.trim().split(';').next().unwrap_or_default();
                self.position = match u64::from_str_radix(size, 16) {
                    Ok(0) => Position::Trailer,
                    Ok(size) => Position::Chunk(size),
                    Err(_) => Position::UntilClosed,
                };
            }
            Position::ChunkEnd => self.position = Position::ChunkSize,
            Position::Trailer if self.line == b"\r\n" => {
                parts.push(MessagePart::End);
                self.position = Position::Head;
            }
            _ => {}
        }
        self.line.clear();
    }

    fn head_ended(&mut self, head: &str, parts: &mut Vec<MessagePart>) {
        let mut lines = head.lines();
        let first_line = lines.next().unwrap_or_default().to_owned();
        let header = |name: &str| {
            lines.clone().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let status = first_line.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
        if status.is_some_and(|status| status.starts_with('1')) {
            return;
        }
        let length = header("content-length").and_then(|length| length.parse().ok());
        let chunked = header("transfer-encoding").is_some_and(|encoding| encoding.contains("chunked"));
        let bodiless = matches!(status, Some("204" | "304"));
        self.position = match length {
            _ if bodiless => Position::Head,
            _ if chunked => Position::ChunkSize,
            Some(length) if length > 0 => Position::Body(length),
            None if status.is_some() => Position::UntilClosed,
            Some(_) | None => Position::Head,
        };
        parts.push(MessagePart::Head { first_line, length: length.unwrap_or(0) });
        if matches!(self.position, Position::Head) {
            parts.push(MessagePart::End);
        }
    }
}
