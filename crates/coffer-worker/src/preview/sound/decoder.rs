//! Turns the bytes of a recording into samples.

use super::super::recording;
use super::super::remote_file::RemoteFile;
use super::Samples;
use std::time::Duration;
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatReader, SeekMode, SeekTo, TrackType};
use symphonia::core::units::Time;

/// How samples follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SoundFormat {
    /// In Hz.
    pub rate: u32,
    pub channels: u8,
}

/// More channels than a sound server takes.
const MOST_CHANNELS: usize = 8;

pub(super) struct Decoder {
    reader: Box<dyn FormatReader>,
    codec: Box<dyn AudioDecoder>,
    track: u32,
    pub format: SoundFormat,
    /// Where it begins.
    pub from: Duration,
    pub length: Option<Duration>,
    /// The one by which the format is known.
    first: Option<Samples>,
}

impl Decoder {
    /// `None` when the file is damaged, or of a kind that the library can't decode.
    pub(super) fn open(remote: RemoteFile, name: &str, from: Duration) -> Option<Self> {
        let mut reader = recording::open(remote, name)?;
        let length = recording::length(&*reader);
        let track = reader.default_track(TrackType::Audio)?;
        let (id, time_base) = (track.id, track.time_base);
        let params = track.codec_params.as_ref()?.audio()?;
        let options = AudioDecoderOptions::default();
        let mut codec = symphonia::default::get_codecs().make_audio_decoder(params, &options).ok()?;
        let mut begins = Duration::ZERO;
        if !from.is_zero() {
            let to = SeekTo::Time { time: Time::try_from_secs_f64(from.as_secs_f64())?, track_id: Some(id) };
            // An exact leap would read, and so download, all that is before it.
            let at = reader.seek(SeekMode::Coarse, to).ok()?.actual_ts;
            codec.reset();
            let secs = time_base?.calc_time(at)?.as_secs_f64();
            begins = Duration::try_from_secs_f64(secs.max(0.0)).ok()?;
        }
        let format = SoundFormat { rate: 0, channels: 0 };
        let mut opened = Self { reader, codec, track: id, format, from: begins, length, first: None };
        let (format, first) = opened.decode()?;
        opened.format = format;
        opened.first = Some(first);
        Some(opened)
    }

    /// The next samples; `None` at the end.
    pub(super) fn next_piece(&mut self) -> Option<Samples> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        // What is joined from recordings of other formats can't be played in one go.
        let (format, piece) = self.decode()?;
        (format == self.format).then_some(piece)
    }

    fn decode(&mut self) -> Option<(SoundFormat, Samples)> {
        loop {
            let packet = self.reader.next_packet().ok()??;
            if packet.track_id != self.track {
                continue;
            }
            let buffer = match self.codec.decode(&packet) {
                Ok(buffer) => buffer,
                // A damaged piece is left out, as every player does.
                Err(Error::DecodeError(_) | Error::IoError(_)) => continue,
                Err(_) => return None,
            };
            let channels = buffer.spec().channels().count();
            if buffer.frames() == 0 || channels == 0 || channels > MOST_CHANNELS {
                continue;
            }
            let format = SoundFormat { rate: buffer.spec().rate(), channels: channels as u8 };
            let mut samples = Samples::new();
            buffer.copy_to_vec_interleaved(&mut samples);
            return Some((format, samples));
        }
    }
}
