//! The sound server of the desktop, `PulseAudio` or `PipeWire` in its place: it takes samples as it needs them, and tells how
//! many of them were heard.

use super::decoder::SoundFormat;
use super::{OutputFailure, Played, Samples};
use crate::blocking;
use futures_util::TryStreamExt as _;
use futures_util::stream;
use pulseaudio::protocol::stream::{BufferAttr, StreamFlags};
use pulseaudio::protocol::{
    ChannelMap, ChannelPosition, ChannelVolume, DEFAULT_SINK, PlaybackStreamParams, SampleFormat, SampleSpec,
};
use pulseaudio::{Client, ClientError, PlaybackStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;
use std::{fs, io};
use tokio::sync::mpsc::Receiver;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// So often it is told how far it is.
const TELL_EVERY: Duration = Duration::from_millis(100);

/// Between a sample that is handed over and the same one that is heard: long enough for a computer that is busy.
const LATENCY: Duration = Duration::from_millis(400);

const BYTES_A_SAMPLE: u64 = size_of::<f32>() as u64;

const COOKIE_BYTES: usize = 256;

/// In the order in which channels are stored in recordings.
const POSITIONS: [ChannelPosition; 8] = [
    ChannelPosition::FrontLeft,
    ChannelPosition::FrontRight,
    ChannelPosition::FrontCenter,
    ChannelPosition::Lfe,
    ChannelPosition::RearLeft,
    ChannelPosition::RearRight,
    ChannelPosition::SideLeft,
    ChannelPosition::SideRight,
];

impl From<ClientError> for OutputFailure {
    fn from(error: ClientError) -> Self {
        Self::Refused(error.to_string())
    }
}

pub(super) struct SoundOutput {
    stream: PlaybackStream,
    ended: Pin<Box<dyn Future<Output = Result<(), ClientError>> + Send>>,
    ticks: Interval,
    bytes_a_second: u64,
}

impl SoundOutput {
    /// Begins to play. `server` is the socket of another server than that of the desktop.
    pub(super) async fn open(
        server: Option<PathBuf>,
        format: SoundFormat,
        samples: Receiver<Samples>,
    ) -> Result<Self, OutputFailure> {
        let client = blocking(move || connect(server)).await.map_err(OutputFailure::Internal)?;
        let client = client.map_err(|error| {
            tracing::info!(%error, "no sound server");
            OutputFailure::NoServer
        })?;
        let SoundFormat { rate, channels } = format;
        let bytes_a_second = u64::from(rate) * u64::from(channels) * BYTES_A_SAMPLE;
        let params = PlaybackStreamParams {
            sample_spec: SampleSpec { format: SampleFormat::Float32Le, channels, sample_rate: rate },
            channel_map: match channels {
                1 => ChannelMap::mono(),
                _ => ChannelMap::new(POSITIONS.into_iter().take(channels.into())),
            },
            cvolume: Some(ChannelVolume::norm(channels)),
            sink_name: Some(DEFAULT_SINK.to_owned()),
            buffer_attr: BufferAttr {
                target_length: (bytes_a_second as f64 * LATENCY.as_secs_f64()) as u32,
                ..BufferAttr::default()
            },
            flags: StreamFlags { adjust_latency: true, ..StreamFlags::default() },
            ..PlaybackStreamParams::default()
        };
        let stream = client.create_playback_stream(params, into_bytes(samples)).await?;
        let whole = stream.clone();
        let mut ticks = interval(TELL_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Ok(Self { stream, ended: Box::pin(async move { whole.play_all().await }), ticks, bytes_a_second })
    }

    /// Waits a little; `None` when everything was heard.
    pub(super) async fn next(&mut self) -> Result<Option<Played>, OutputFailure> {
        tokio::select! {
            ended = &mut self.ended => {
                ended?;
                return Ok(None);
            }
            _ = self.ticks.tick() => {}
        }
        let timing = self.stream.timing_info().await?;
        let taken = u64::try_from(timing.read_offset).unwrap_or(0) as f64 / self.bytes_a_second as f64;
        let time = Duration::from_secs_f64(taken).saturating_sub(Duration::from_micros(timing.sink_usec));
        Ok(Some(Played { time, is_waiting: timing.underrun_for > 0 }))
    }
}

fn connect(server: Option<PathBuf>) -> Result<Client, ClientError> {
    let path = server.or_else(pulseaudio::socket_path_from_env).ok_or(ClientError::ServerUnavailable)?;
    let cookie = pulseaudio::cookie_path_from_env().and_then(|path| fs::read(path).ok());
    // A server that asks for none still wants one of the right length.
    let cookie = cookie.unwrap_or_else(|| vec![0; COOKIE_BYTES]);
    Client::new_unix(c"Coffer", UnixStream::connect(path)?, Some(cookie))
}

fn into_bytes(mut samples: Receiver<Samples>) -> impl futures_util::io::AsyncRead + Send {
    let pieces = stream::poll_fn(move |context| samples.poll_recv(context));
    let bytes = stream::StreamExt::map(pieces, |piece: Samples| {
        Ok::<_, io::Error>(piece.into_iter().flat_map(f32::to_le_bytes).collect::<Vec<u8>>())
    });
    bytes.into_async_read()
}
