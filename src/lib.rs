//! planmaker builds implementation plans: one YAML file in the twelve sections of the handreiking *Van plan naar actie*
//! (Tonnon, 2021), checked and rendered.
//!
//! A plan flows one way, and each module does one thing to it:
//!
//! ```text
//! text ─▶ document ─▶ reading ─▶ plan ─▶ facts ─┬─▶ rule ─▶ finding ─▶ report    text · json · sarif · github
//!         tree+places            types   derived │           rule, path,  + words, + places
//!                                                │           arguments
//!                                                └─▶ view ─▶ render              html · markdown
//! ```
//!
//! Nothing points back. A rule names what is wrong; [`document`] knows where it stands, [`words`] how to say it, and they
//! meet in [`report`] only. The library never prints and never writes a file: that is for the program around it.
//!
//! ```
//! use planmaker::{check, document::Document, finding::Findings};
//!
//! let mut findings = Findings::default();
//! let document = Document::read(b"versie: 1\nplan: {titel: Een begin}\n", &mut findings);
//! check::check(&document, None, &mut findings);
//! assert!(findings.iter().any(|finding| finding.rule == "onderdeel-ontbreekt"));
//! ```

pub mod checked;
pub mod document;
pub mod explain;
pub mod facts;
pub mod finding;
pub mod lint;
pub mod plan;
pub mod reading;
pub mod render;
pub mod report;
pub mod rules;
pub mod scaffold;
pub mod schema;
pub mod value;
pub mod view;
pub mod words;
