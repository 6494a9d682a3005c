//! A WebAssembly module without what the page does not need: names for debuggers, and functions that dependencies export for tools
//! that are not used here.

/// The sections of custom data, and of exports.
const CUSTOM: u8 = 0;
const EXPORTS: u8 = 7;
/// The bytes before the first section.
const HEADER: usize = 8;

/// Returns the module with only those exports; nothing if it is no module.
pub fn slim(module: &[u8], exports: &[&str]) -> Option<Vec<u8>> {
    let mut reader = Reader(module);
    let mut slim = reader.take(HEADER)?.to_vec();
    while !reader.0.is_empty() {
        let id = reader.byte()?;
        let size = reader.number()?;
        let section = reader.take(size)?;
        match id {
            CUSTOM => {}
            EXPORTS => push(&mut slim, id, &only(section, exports)?),
            _ => push(&mut slim, id, section),
        }
    }
    Some(slim)
}

/// Returns the section of exports with only those that have one of the names.
fn only(section: &[u8], names: &[&str]) -> Option<Vec<u8>> {
    let mut reader = Reader(section);
    let (mut count, mut kept) = (0, Vec::<u8>::new());
    for _ in 0..reader.number()? {
        let start = reader.0;
        let length = reader.number()?;
        let name = reader.take(length)?;
        reader.byte()?;
        reader.number()?;
        if names.iter().any(|it| it.as_bytes() == name) {
            count += 1;
            kept.extend(&start[..start.len() - reader.0.len()]);
        }
    }
    let mut section = Vec::new();
    write(&mut section, count);
    section.extend(kept);
    Some(section)
}

fn push(module: &mut Vec<u8>, id: u8, section: &[u8]) {
    module.push(id);
    write(module, section.len());
    module.extend(section);
}

/// Writes a number in groups of seven bits, the lowest first.
fn write(bytes: &mut Vec<u8>, mut number: usize) {
    loop {
        let group = number.to_le_bytes()[0] & 0x7f;
        number >>= 7;
        if number == 0 {
            bytes.push(group);
            return;
        }
        bytes.push(group | 0x80);
    }
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// Reads a number of at most 32 bits in groups of seven.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let group = self.byte()?;
            number |= usize::from(group & 0x7f).checked_shl(shift)?;
            if group & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}
