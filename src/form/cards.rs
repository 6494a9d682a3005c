//! The cards of a screen, each written once as long as it does not change.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use minijinja::value::Serde;
use minijinja::{Error, context};

use super::block::Block;
use super::templates;
use crate::words::Words;

/// The cards that were written for the last screen, by the hash of what is in them.
#[derive(Debug, Default)]
pub(super) struct Cards {
    hasher: RandomState,
    written: HashMap<u64, String>,
}

impl Cards {
    /// Writes the outermost cards in a block, or takes them from the last screen.
    pub fn write(&mut self, block: &mut Block, words: Words) -> Result<(), Error> {
        let mut last = std::mem::take(&mut self.written);
        self.write_in(block, &mut last, words)
    }

    fn write_in(
        &mut self,
        block: &mut Block,
        last: &mut HashMap<u64, String>,
        words: Words,
    ) -> Result<(), Error> {
        for inner in &mut block.blocks {
            if inner.shape != "card" {
                self.write_in(inner, last, words)?;
                continue;
            }
            let hash = self.hasher.hash_one((words.language(), &*inner));
            let html = match last.remove(&hash) {
                Some(html) => html,
                None => {
                    templates::render(words, "form/card.j2", context! { card => Serde(&*inner) })?
                }
            };
            inner.ready = Some(html.clone());
            inner.blocks.clear();
            self.written.insert(hash, html);
        }
        Ok(())
    }
}
