//! Packs the page's library: `planmaker-pack MODULE PACKED [--quick]`.

mod module;

use std::env;
use std::error::Error;
use std::fs;
use std::io::Write;

use lzma_rust2::{LzmaOptions, LzmaWriter};

/// What the script uses.
const EXPORTS: [&str; 3] = ["memory", "room", "call"];

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = env::args().skip(1);
    let (Some(file), Some(packed)) = (files.next(), files.next()) else {
        return Err("planmaker-pack MODULE PACKED [--quick]".into());
    };
    let contents = module::slim(&fs::read(file)?, &EXPORTS).ok_or("not a WebAssembly module")?;
    let is_quick = files.next().is_some_and(|option| option == "--quick");
    let mut options = LzmaOptions::with_preset(if is_quick { 0 } else { 9 });
    options.dict_size = u32::try_from(contents.len().next_power_of_two())?;
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, Some(contents.len() as u64))?;
    writer.write_all(&contents)?;
    fs::write(packed, writer.finish()?)?;
    Ok(())
}
