//! Previews of recordings and films: what their headers tell. The files are made here, byte by byte.

use super::previewed::preview;
use coffer_model::preview::{PreviewBody, RecordingPreview};
use coffer_testing::house::House;
use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

#[track_caller]
fn recording(house: &mut House, name: &str, bytes: Vec<u8>) -> RecordingPreview {
    let entry = house.put(name, bytes);
    match preview(house, &entry) {
        PreviewBody::Recording(recording) => recording,
        other => panic!("{name} is a recording: {other:?}"),
    }
}

fn secs(recording: &RecordingPreview) -> f64 {
    recording.length.unwrap().as_secs_f64()
}

fn red_cover() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(32, 32, Rgb([255, 0, 0])).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[track_caller]
fn assert_red(recording: &RecordingPreview) {
    let cover = recording.cover.as_ref().expect("it has a cover");
    assert_eq!((cover.width, cover.rgba[0]), (32, [255, 0, 0, 255]));
}

/// Two channels with 16 bits, 44,100 times a second.
fn wav(secs: usize) -> Vec<u8> {
    let data = vec![0; secs * 44_100 * 4];
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + data.len() as u32).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x02\0");
    bytes.extend(44_100_u32.to_le_bytes());
    bytes.extend(176_400_u32.to_le_bytes());
    bytes.extend(b"\x04\0\x10\0data");
    bytes.extend((data.len() as u32).to_le_bytes());
    bytes.extend(data);
    bytes
}

fn comments(texts: &[&str]) -> Vec<u8> {
    let mut bytes = 4_u32.to_le_bytes().to_vec();
    bytes.extend(b"test");
    bytes.extend((texts.len() as u32).to_le_bytes());
    for text in texts {
        bytes.extend((text.len() as u32).to_le_bytes());
        bytes.extend(text.as_bytes());
    }
    bytes
}

/// Three seconds at 48,000 Hz, of which there is only the header.
fn flac(cover: &[u8]) -> Vec<u8> {
    let mut info = vec![0x10, 0, 0x10, 0, 0, 0, 0, 0, 0, 0];
    // 20 bits of the rate, 3 of the channels, 5 of the bits, 36 of the samples.
    info.extend(((48_000_u64 << 44) | (1 << 41) | (15 << 36) | 0x0002_3280).to_be_bytes());
    info.extend([0; 16]);
    let mut picture = 3_u32.to_be_bytes().to_vec();
    picture.extend(9_u32.to_be_bytes());
    picture.extend(b"image/png");
    picture.extend(0_u32.to_be_bytes());
    for number in [32_u32, 32, 24, 0, cover.len() as u32] {
        picture.extend(number.to_be_bytes());
    }
    picture.extend(cover);
    let tags = comments(&["TITLE=Morning", "ARTIST=Ida", "ALBUM=Fjords", "DATE=2024-05-06"]);
    let mut bytes = b"fLaC".to_vec();
    for (kind, block) in [(0, info), (4, tags), (0x80 | 6, picture)] {
        bytes.push(kind);
        bytes.extend(&(block.len() as u32).to_be_bytes()[1..]);
        bytes.extend(block);
    }
    // One frame of silence.
    let mut frame = vec![0xff, 0xf8, 0xca, 0x18, 0];
    frame.push(checksum(&frame, 8, 0x07) as u8);
    frame.extend([0; 6]);
    frame.extend((checksum(&frame, 16, 0x8005) as u16).to_be_bytes());
    bytes.extend(frame);
    bytes
}

/// A cyclic redundancy check of so many bits, from the highest one on.
fn checksum(bytes: &[u8], bits: u32, polynomial: u32) -> u32 {
    let top = 1_u32 << (bits - 1);
    let mask = u32::MAX >> (32 - bits);
    bytes.iter().fold(0, |sum, byte| {
        (0..8).fold(sum ^ (u32::from(*byte) << (bits - 8)), |sum, _| {
            (if sum & top == 0 { sum << 1 } else { (sum << 1) ^ polynomial }) & mask
        })
    })
}

/// With 128 kbit/s at 44,100 Hz: 38.28 frames a second.
fn mp3(frames: usize, cover: &[u8]) -> Vec<u8> {
    let frame = |id: &[u8; 4], content: Vec<u8>| {
        let mut bytes = id.to_vec();
        bytes.extend((content.len() as u32).to_be_bytes());
        bytes.extend([0, 0]);
        bytes.extend(content);
        bytes
    };
    let text = |id, text: &str| frame(id, [&[0], text.as_bytes()].concat());
    let picture = frame(b"APIC", [b"\0image/png\0\x03\0".as_slice(), cover].concat());
    let tags = [text(b"TIT2", "Evening"), text(b"TPE1", "Bo"), text(b"TALB", "Harbours"), picture].concat();
    let length = tags.len() as u32;
    let mut bytes = b"ID3\x03\0\0".to_vec();
    bytes.extend([length >> 21, length >> 14, length >> 7, length].map(|part| (part & 0x7f) as u8));
    bytes.extend(tags);
    for _ in 0..frames {
        bytes.extend([0xff, 0xfb, 0x90, 0x64]);
        bytes.extend([0; 413]);
    }
    bytes
}

fn atom(kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = (content.len() as u32 + 8).to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(content);
    bytes
}

/// A film of 90 seconds, 1,280 by 720 pixels. Its header is after what is seen, of which there are so many bytes.
fn mp4(seen_bytes: usize) -> Vec<u8> {
    let numbers =
        |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_be_bytes()).collect::<Vec<u8>>();
    let mut header = numbers(&[0, 0, 0, 1000, 90_000, 0x0001_0000]);
    header.extend([1, 0]);
    header.extend([0; 70]);
    header.extend(numbers(&[2]));
    let mut track = numbers(&[7, 0, 0, 1, 0, 90_000]);
    track.extend([0; 52]);
    track.extend(numbers(&[1280 << 16, 720 << 16]));
    let media = numbers(&[0, 0, 0, 1000, 90_000, 0x55c4_0000]);
    let handler = [&[0; 8], b"vide".as_slice(), &[0; 13]].concat();
    let mut sample = [0, 0, 0, 0, 0, 0, 0, 1].to_vec();
    sample.extend([0; 16]);
    sample.extend([5, 0, 2, 0xd0]);
    sample.extend(numbers(&[0x0048_0000, 0x0048_0000, 0]));
    sample.extend([0, 1]);
    sample.extend([0; 32]);
    sample.extend([0, 24, 0xff, 0xff]);
    let configuration = atom(*b"avcC", &[1, 66, 0, 30, 0xff, 0xe0, 0]);
    let entry = atom(*b"avc1", &[sample, configuration].concat());
    let table = [
        atom(*b"stsd", &[numbers(&[0, 1]), entry].concat()),
        atom(*b"stts", &numbers(&[0, 1, 1, 90_000])),
        atom(*b"stsc", &numbers(&[0, 1, 1, 1, 1])),
        atom(*b"stsz", &numbers(&[0, 100, 1])),
        atom(*b"stco", &numbers(&[0, 1, 48])),
    ]
    .concat();
    let reference = atom(*b"dref", &[numbers(&[0, 1]), atom(*b"url ", &numbers(&[1]))].concat());
    let information =
        [atom(*b"vmhd", &numbers(&[1, 0, 0])), atom(*b"dinf", &reference), atom(*b"stbl", &table)].concat();
    let media = [atom(*b"mdhd", &media), atom(*b"hdlr", &handler), atom(*b"minf", &information)].concat();
    let track = [atom(*b"tkhd", &track), atom(*b"mdia", &media)].concat();
    let header = [atom(*b"mvhd", &header), atom(*b"trak", &track)].concat();
    [atom(*b"ftyp", b"isom\0\0\0\x01isommp42"), atom(*b"mdat", &vec![7; seen_bytes]), atom(*b"moov", &header)]
        .concat()
}

/// A page of an Ogg file with one packet.
fn ogg_page(kind: u8, granule: u64, number: u32, packet: &[u8]) -> Vec<u8> {
    let mut bytes = b"OggS\0".to_vec();
    bytes.push(kind);
    bytes.extend(granule.to_le_bytes());
    bytes.extend(77_u32.to_le_bytes());
    bytes.extend(number.to_le_bytes());
    bytes.extend([0; 4]);
    bytes.extend([1, packet.len() as u8]);
    bytes.extend(packet);
    let sum = checksum(&bytes, 32, 0x04c1_1db7);
    bytes[22..26].copy_from_slice(&sum.to_le_bytes());
    bytes
}

#[test]
fn the_length_and_the_rates_are_told() {
    let mut house = House::new();
    let found = recording(&mut house, "/tone.wav", wav(3));
    assert!((secs(&found) - 3.0).abs() < 0.01, "{found:?}");
    assert_eq!((found.sample_rate, found.channels, found.is_film), (Some(44_100), Some(2), false));
    assert_eq!(found.bits_per_second.unwrap() / 1000, 1411);
}

#[test]
fn titles_and_covers_are_read_whatever_the_format() {
    let mut house = House::new();
    let found = recording(&mut house, "/morning.flac", flac(&red_cover()));
    let words = [&found.title, &found.artist, &found.album, &found.year].map(|word| word.as_deref().unwrap());
    assert_eq!(words, ["Morning", "Ida", "Fjords", "2024"]);
    assert!((secs(&found) - 3.0).abs() < 0.01);
    assert_red(&found);

    let found = recording(&mut house, "/evening.mp3", mp3(400, &red_cover()));
    let words = [&found.title, &found.artist, &found.album].map(|word| word.as_deref().unwrap());
    assert_eq!(words, ["Evening", "Bo", "Harbours"]);
    assert!((secs(&found) - 10.45).abs() < 0.3, "{found:?}");
    assert_red(&found);

    let head = b"OpusHead\x01\x02\0\0\x80\xbb\0\0\0\0\0";
    let tags = [b"OpusTags".to_vec(), comments(&["TITLE=Night"])].concat();
    let pages =
        [ogg_page(2, 0, 0, head), ogg_page(0, 0, 1, &tags), ogg_page(4, 480_000, 2, &[0xfc; 20])].concat();
    let found = recording(&mut house, "/night.opus", pages);
    assert_eq!(found.title.as_deref(), Some("Night"));
    assert!((secs(&found) - 10.0).abs() < 0.1, "{found:?}");
}

#[test]
fn a_film_tells_its_size_without_being_downloaded() {
    let mut house = House::new();
    let found = recording(&mut house, "/film.mp4", mp4(40 * 1024 * 1024));
    assert_eq!((found.size, found.is_film), (Some((1280, 720)), true));
    assert!((secs(&found) - 90.0).abs() < 0.1, "{found:?}");
}

#[test]
fn damaged_recordings_say_so_and_do_no_harm() {
    let mut house = House::new();
    let damaged = "This recording is damaged, or of a kind that has no preview.";
    for (name, bytes) in
        [("/a.mp3", vec![9; 4000]), ("/b.flac", b"fLaC".to_vec()), ("/c.mp4", mp4(100)[..60].to_vec())]
    {
        let entry = house.put(name, bytes);
        assert_eq!(preview(&mut house, &entry), PreviewBody::None { reason: damaged.to_owned() }, "{name}");
    }
    // A picture in it that is none.
    assert_eq!(recording(&mut house, "/d.mp3", mp3(40, b"no picture")).cover, None);
    let whole = mp4(100);
    let start = whole.len() - 400;
    for place in (start..whole.len()).step_by(7) {
        let mut changed = whole.clone();
        changed[place] ^= 0xff;
        let entry = house.put(&format!("/{place}.mp4"), changed);
        preview(&mut house, &entry);
    }
}
