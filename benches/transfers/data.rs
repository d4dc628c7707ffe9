//! The files that are sent: noise, which nothing can make smaller, and pictures.

use image::{ExtendedColorType, codecs::jpeg::JpegEncoder};
use std::fs::{self, File};
use std::io::{BufReader, Read, Write as _};
use std::path::{Path, PathBuf};

pub const SMALL_BYTES: usize = 4096;
const FOLDERS: usize = 50;
/// Sides of the pictures, in pixels.
const PICTURE: (u32, u32) = (400, 300);

/// A file of noise, made once.
pub fn large(path: &Path, bytes: u64) {
    if path.metadata().is_ok_and(|metadata| metadata.len() == bytes) {
        return;
    }
    let mut random = fastrand::Rng::with_seed(bytes);
    let mut file = File::create(path).unwrap();
    let mut buffer = vec![0; 1024 * 1024];
    let mut left = bytes;
    while left > 0 {
        random.fill(&mut buffer);
        let piece = left.min(buffer.len() as u64);
        file.write_all(&buffer[..piece as usize]).unwrap();
        left -= piece;
    }
    file.sync_all().unwrap();
}

/// Small files of noise in folders, made once.
pub fn tree(folder: &Path, files: usize) {
    if folder.exists() {
        return;
    }
    let mut buffer = vec![0; SMALL_BYTES];
    for number in 0..files {
        let parent = folder.join(format!("folder {:02}", number * FOLDERS / files));
        fs::create_dir_all(&parent).unwrap();
        fastrand::Rng::with_seed(number as u64).fill(&mut buffer);
        fs::write(parent.join(format!("file {number:05}.bin")), &buffer).unwrap();
    }
}

/// Pictures that all differ, made once.
pub fn pictures(folder: &Path, count: usize) {
    if folder.exists() {
        return;
    }
    fs::create_dir_all(folder).unwrap();
    let (width, height) = PICTURE;
    for number in 0..count {
        let mut random = fastrand::Rng::with_seed(number as u64);
        let colours: [[f32; 3]; 4] = std::array::from_fn(|_| std::array::from_fn(|_| random.f32() * 230.0));
        let mut pixels = Vec::with_capacity((width * height * 3) as usize);
        for y in 0..height {
            for x in 0..width {
                let (right, down) = (x as f32 / width as f32, y as f32 / height as f32);
                let grain = random.f32() * 25.0;
                pixels.extend(blend(&colours, right, down).map(|part| (part + grain) as u8));
            }
        }
        let file = File::create(folder.join(format!("picture {number:04}.jpg"))).unwrap();
        JpegEncoder::new_with_quality(file, 85)
            .encode(&pixels, width, height, ExtendedColorType::Rgb8)
            .unwrap();
    }
}

/// One JPEG of this size with fine detail all over, so that it is as long as a photograph.
pub fn large_picture(path: &Path, width: u32, height: u32) {
    let mut random = fastrand::Rng::with_seed(108);
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
    for row in 0..height {
        for column in 0..width {
            let light = ((row / 7 + column / 11) % 200) as u8;
            pixels.extend([light, light.wrapping_add(random.u8(..30)), 255 - light]);
        }
    }
    let file = File::create(path).unwrap();
    JpegEncoder::new_with_quality(file, 85).encode(&pixels, width, height, ExtendedColorType::Rgb8).unwrap();
}

/// The colour at a place between four corners.
fn blend(corners: &[[f32; 3]; 4], right: f32, down: f32) -> [f32; 3] {
    std::array::from_fn(|channel| {
        let [first, second, third, fourth] = corners.map(|corner| corner[channel]);
        let above = first * (1.0 - right) + second * right;
        let below = third * (1.0 - right) + fourth * right;
        above * (1.0 - down) + below * down
    })
}

/// Files below a folder, by their paths in it, sorted.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for item in fs::read_dir(&next).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// Whether two folders hold the same files with the same bytes, and nothing else.
pub fn same_trees(one: &Path, other: &Path) -> bool {
    let names = files_below(one);
    names == files_below(other)
        && names.iter().all(|name| fs::read(one.join(name)).unwrap() == fs::read(other.join(name)).unwrap())
}

/// Whether two files have the same bytes.
pub fn same_files(one: &Path, other: &Path) -> bool {
    let (Ok(one), Ok(other)) = (File::open(one), File::open(other)) else { return false };
    if one.metadata().unwrap().len() != other.metadata().unwrap().len() {
        return false;
    }
    let (mut one, mut other) = (BufReader::new(one), BufReader::new(other));
    let (mut left, mut right) = (vec![0; 1 << 20], vec![0; 1 << 20]);
    loop {
        let read = one.read(&mut left).unwrap();
        if read == 0 {
            return true;
        }
        other.read_exact(&mut right[..read]).unwrap();
        if left[..read] != right[..read] {
            return false;
        }
    }
}
