//! Unpacks the library in the browser: LZMA, with its header.

use std::cell::RefCell;
use std::io::Read;

use lzma_rust2::LzmaReader;

/// Limit on memory, in kB: the window is at least as large as what is packed.
const MOST_MEMORY: u32 = 64 * 1024;

thread_local! {
    static PACKED: RefCell<Vec<u8>> = RefCell::default();
    static UNPACKED: RefCell<Vec<u8>> = RefCell::default();
}

/// Returns memory for packed bytes of that length.
// SAFETY: no other item of the program has this name.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    PACKED.with_borrow_mut(|packed| {
        packed.resize(length, 0);
        packed.as_mut_ptr()
    })
}

/// Unpacks those bytes and returns the length of the result; 0 if they are no such file.
// SAFETY: no other item of the program has this name.
#[unsafe(no_mangle)]
pub extern "C" fn unpack() -> usize {
    PACKED.with_borrow(|packed| {
        UNPACKED.with_borrow_mut(|unpacked| {
            let reader = LzmaReader::new_mem_limit(packed.as_slice(), MOST_MEMORY, None);
            let result = reader.map(|mut reader| reader.read_to_end(unpacked));
            matches!(result, Ok(Ok(_)))
                .then_some(unpacked.len())
                .unwrap_or_default()
        })
    })
}

/// Returns the address of the result.
// SAFETY: no other item of the program has this name.
#[unsafe(no_mangle)]
pub extern "C" fn unpacked() -> *const u8 {
    UNPACKED.with_borrow(Vec::as_ptr)
}
