//! Packs a file: `planmaker-pack FILE PACKED [--quick]`.

use std::env;
use std::error::Error;
use std::fs;
use std::io::Write;

use lzma_rust2::{LzmaOptions, LzmaWriter};

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = env::args().skip(1);
    let (Some(file), Some(packed)) = (files.next(), files.next()) else {
        return Err("planmaker-pack FILE PACKED".into());
    };
    let contents = fs::read(file)?;
    let is_quick = files.next().is_some_and(|option| option == "--quick");
    let mut options = LzmaOptions::with_preset(if is_quick { 0 } else { 9 });
    options.dict_size = u32::try_from(contents.len().next_power_of_two())?;
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, Some(contents.len() as u64))?;
    writer.write_all(&contents)?;
    fs::write(packed, writer.finish()?)?;
    Ok(())
}
