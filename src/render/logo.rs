//! The logo of an organisation: a picture that becomes part of a page.
//!
//! No byte of the file reaches the page as it is. A PNG is put together again from the parts that draw it ([`png`]), an SVG from
//! the elements and attributes that do ([`svg`]). The page shows it as an image, in which browsers run and fetch nothing.

mod png;
mod svg;

/// A logo, ready for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// The picture as an address.
    address: String,
}

/// The reason that a file is rejected as a logo.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogoError {
    /// It is larger than [`Logo::MAX_BYTES`].
    #[error("larger than {} bytes", Logo::MAX_BYTES)]
    TooLarge,
    /// It is neither SVG nor PNG.
    #[error("neither SVG nor PNG")]
    NoPicture,
    /// The picture is damaged.
    #[error("damaged")]
    Damaged,
    /// The picture has no size, or is wider or higher than [`Logo::MAX_PIXELS`].
    #[error("no size, or larger than {} pixels", Logo::MAX_PIXELS)]
    Size,
    /// The drawing has too many elements, or repeats them too often.
    #[error("too many elements")]
    TooComplex,
    /// The drawing has a part that may do more than draw.
    #[error("`{0}` may do more than draw")]
    Unsafe(String),
}

impl Logo {
    /// The maximum size of the file.
    pub const MAX_BYTES: usize = 1 << 20;

    /// The maximum width and height of a PNG: a browser takes four bytes of memory per pixel, however small the file is.
    pub const MAX_PIXELS: u32 = 3000;

    /// Reads an SVG or PNG, whatever the name of its file.
    ///
    /// # Errors
    ///
    /// If it is no picture, or one that a page cannot have.
    pub fn read(bytes: &[u8]) -> Result<Self, LogoError> {
        if bytes.len() > Self::MAX_BYTES {
            return Err(LogoError::TooLarge);
        }
        let (kind, picture) = if bytes.starts_with(png::SIGNATURE) {
            ("png", png::rebuild(bytes)?)
        } else {
            let text = std::str::from_utf8(bytes).map_err(|_| LogoError::NoPicture)?;
            let text = text.trim_start_matches('\u{feff}').trim_start();
            if !text.starts_with('<') {
                return Err(LogoError::NoPicture);
            }
            ("svg+xml", svg::rebuild(text)?.into_bytes())
        };
        Ok(Self {
            address: format!("data:image/{kind};base64,{}", base64(&picture)),
        })
    }

    /// The picture as the address of an image.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// Bytes as text (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |nr: usize| u32::from(three.get(nr).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for nr in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * nr) & 63) as usize];
            text.push(if nr <= three.len() {
                char::from(sign)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_base64() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
            ("\u{7ff}\u{fff}", "37_gv78=".replace('_', "/").as_str()),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn other_files_are_no_picture() {
        for bytes in [
            &b""[..],
            b"GIF89a",
            b"\xff\xd8\xff\xe0",
            b"%PDF-1.7",
            b"PK\x03\x04",
            b"\x1f\x8b\x08",
            b"logo",
        ] {
            assert_eq!(Logo::read(bytes), Err(LogoError::NoPicture));
        }
        assert_eq!(
            Logo::read(&vec![b'<'; Logo::MAX_BYTES + 1]),
            Err(LogoError::TooLarge)
        );
    }
}
