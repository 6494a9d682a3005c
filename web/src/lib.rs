//! The boundary between the page's script and the library's form: JSON in, JSON and bytes out, through memory that both reach.
//!
//! The script writes a request in the memory that [`room`] returns, and calls [`call`]. That returns the address of the answer:
//! the length of the JSON and of the bytes after it, each as 32 bits with the lowest byte first, and then both. There is one
//! session in each instance.

use std::cell::RefCell;

use planmaker::form::Session;

thread_local! {
    static PAGE: RefCell<Page> = RefCell::default();
}

#[derive(Default)]
struct Page {
    session: Session,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Page {
    fn call(&mut self, length: usize) -> Result<(), serde_json::Error> {
        let request = self.request.get(..length).unwrap_or_default();
        let event = serde_json::from_slice(request)?;
        let reply = self.session.handle(event);
        let json = serde_json::to_vec(&reply)?;
        self.answer(&json, &reply.bytes);
        Ok(())
    }

    fn answer(&mut self, json: &[u8], bytes: &[u8]) {
        self.answer.clear();
        for part in [json, bytes] {
            let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
            self.answer.extend(length.to_le_bytes());
        }
        self.answer.extend(json);
        self.answer.extend(bytes);
    }
}

/// Returns memory for a request of that length.
// SAFETY: no other item of the program has this name.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    PAGE.with_borrow_mut(|page| {
        page.request.clear();
        page.request.resize(length, 0);
        page.request.as_mut_ptr()
    })
}

/// Handles the request of that length and returns the address of the answer, which is valid until the next call.
// SAFETY: no other item of the program has this name.
#[unsafe(no_mangle)]
pub extern "C" fn call(length: usize) -> *const u8 {
    PAGE.with_borrow_mut(|page| {
        if let Err(error) = page.call(length) {
            // A mistake of the script, which throws it.
            let json = serde_json::json!({ "broken": error.to_string() });
            page.answer(json.to_string().as_bytes(), &[]);
        }
        page.answer.as_ptr()
    })
}
