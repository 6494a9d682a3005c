//! PNG: checked, and put together again without what does not draw: texts, colour profiles, animation.
//!
//! The pixels are not unpacked. The picture cannot have more of them than its size says, so a browser stops there too.

use super::{Logo, LogoError};

/// The first bytes of every PNG.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The chunks that draw. Of these, only the pixels may come more than once.
const KEPT: [&[u8; 4]; 9] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs",
];

/// The largest of those chunks besides the pixels: a palette of 256 colours.
const LARGEST: usize = 768;

/// Puts a PNG together again.
pub(super) fn rebuild(bytes: &[u8]) -> Result<Vec<u8>, LogoError> {
    let mut rest = bytes.strip_prefix(SIGNATURE).ok_or(LogoError::NoPicture)?;
    let mut picture = SIGNATURE.to_vec();
    let mut seen: Vec<[u8; 4]> = Vec::new();
    loop {
        let (chunk, after) = Chunk::read(rest).ok_or(LogoError::Damaged)?;
        rest = after;
        let is_pixels = chunk.name == *b"IDAT";
        let is_first = !seen.contains(&chunk.name);
        match (&chunk.name, seen.first()) {
            (b"IHDR", None) => check_header(chunk.data)?,
            (b"IHDR", Some(_)) | (_, None) => return Err(LogoError::Damaged),
            (b"IEND", _) if !seen.contains(b"IDAT") => return Err(LogoError::Damaged),
            _ => {}
        }
        if KEPT.contains(&&chunk.name) {
            if !is_pixels && (!is_first || chunk.data.len() > LARGEST) {
                return Err(LogoError::Damaged);
            }
            picture.extend_from_slice(chunk.whole);
            if is_first {
                seen.push(chunk.name);
            }
        } else if chunk.name[0].is_ascii_uppercase() {
            // A picture cannot be drawn without such a chunk.
            return Err(LogoError::Damaged);
        }
        if chunk.name == *b"IEND" {
            return Ok(picture);
        }
    }
}

/// A part of a PNG.
struct Chunk<'b> {
    name: [u8; 4],
    data: &'b [u8],
    /// All of it, with its length and checksum.
    whole: &'b [u8],
}

impl<'b> Chunk<'b> {
    /// Reads a chunk, and returns what follows. `None` if it is incomplete or its checksum is wrong.
    fn read(bytes: &'b [u8]) -> Option<(Self, &'b [u8])> {
        let length = u32::from_be_bytes(*bytes.first_chunk()?);
        let end = usize::try_from(length).ok()?.checked_add(8)?;
        let checked = bytes.get(4..end)?;
        let sum = u32::from_be_bytes(*bytes.get(end..)?.first_chunk()?);
        let name = *checked.first_chunk()?;
        let (whole, rest) = bytes.split_at_checked(end + 4)?;
        let data = checked.get(4..)?;
        (checksum(checked) == sum).then_some((Self { name, data, whole }, rest))
    }
}

/// Checks the size, and that the kind of pixels is one that exists.
fn check_header(data: &[u8]) -> Result<(), LogoError> {
    let (Some(width), Some(height)) = (number(data, 0), number(data, 4)) else {
        return Err(LogoError::Damaged);
    };
    let is_known = match data.get(8..) {
        Some([depth, colour, 0, 0, 0 | 1]) => match colour {
            0 => matches!(depth, 1 | 2 | 4 | 8 | 16),
            3 => matches!(depth, 1 | 2 | 4 | 8),
            2 | 4 | 6 => matches!(depth, 8 | 16),
            _ => false,
        },
        _ => false,
    };
    if !is_known {
        return Err(LogoError::Damaged);
    }
    let is_size = |pixels: u32| (1..=Logo::MAX_PIXELS).contains(&pixels);
    if is_size(width) && is_size(height) {
        Ok(())
    } else {
        Err(LogoError::Size)
    }
}

fn number(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*data.get(at..)?.first_chunk()?))
}

/// The checksum of a chunk: CRC-32.
fn checksum(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    let step = |sum: u32, byte: &u8| TABLE[((sum ^ u32::from(*byte)) & 255) as usize] ^ sum >> 8;
    !bytes.iter().fold(u32::MAX, step)
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut nr = 0;
    while nr < 256 {
        #[allow(clippy::cast_possible_truncation, reason = "at most 255")]
        let mut sum = nr as u32;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 {
                0xEDB8_8320 ^ sum >> 1
            } else {
                sum >> 1
            };
            bit += 1;
        }
        table[nr] = sum;
        nr += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
        let mut checked = name.to_vec();
        checked.extend_from_slice(data);
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        let sum = checksum(&checked).to_be_bytes();
        [&length[..], &checked, &sum].concat()
    }

    fn header(width: u32, height: u32) -> Vec<u8> {
        let mut data = [width.to_be_bytes(), height.to_be_bytes()].concat();
        data.extend([8, 6, 0, 0, 0]);
        chunk(*b"IHDR", &data)
    }

    fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
        [SIGNATURE, &chunks.concat()].concat()
    }

    #[test]
    fn only_chunks_that_draw_are_kept() {
        assert_eq!(checksum(b"IEND"), 0xAE42_6082);
        let (pixels, end) = (chunk(*b"IDAT", b"pixels"), chunk(*b"IEND", b""));
        let text = chunk(*b"tEXt", b"Comment\0<script>");
        let profile = chunk(*b"iCCP", &[0; 2000]);
        let whole = [
            header(3, 2),
            text,
            profile,
            pixels.clone(),
            pixels.clone(),
            end.clone(),
            b"PK\x03\x04".to_vec(),
        ];
        let kept = png(&[header(3, 2), pixels.clone(), pixels, end]);
        assert_eq!(rebuild(&png(&whole)), Ok(kept));
    }

    #[test]
    fn bombs_are_refused_by_their_size() {
        let (pixels, end) = (chunk(*b"IDAT", b"pixels"), chunk(*b"IEND", b""));
        for (width, height) in [(0, 1), (1, 3001), (50_000, 50_000), (u32::MAX, 1)] {
            let picture = png(&[header(width, height), pixels.clone(), end.clone()]);
            assert_eq!(rebuild(&picture), Err(LogoError::Size));
        }
    }

    #[test]
    fn damaged_pictures_are_refused() {
        let (pixels, end) = (chunk(*b"IDAT", b"pixels"), chunk(*b"IEND", b""));
        let good = png(&[header(1, 1), pixels.clone(), end.clone()]);
        for length in 8..good.len() {
            assert_eq!(
                rebuild(&good[..length]),
                Err(LogoError::Damaged),
                "{length}"
            );
        }
        for at in 8..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert!(rebuild(&bad).is_err(), "{at}");
        }
        for chunks in [
            vec![pixels.clone(), end.clone()],
            vec![header(1, 1), end.clone()],
            vec![header(1, 1), header(1, 1), pixels.clone(), end.clone()],
            vec![
                header(1, 1),
                chunk(*b"ABCD", b""),
                pixels.clone(),
                end.clone(),
            ],
            vec![header(1, 1), chunk(*b"tRNS", &[0; 769]), pixels, end],
        ] {
            assert_eq!(rebuild(&png(&chunks)), Err(LogoError::Damaged));
        }
    }
}
