//! planmaker builds implementation plans: one YAML file in the twelve sections of the handreiking *Van plan naar actie*
//! (Tonnon, 2021), checked and rendered.
//!
//! Data flows one way, and each module does one thing with it:
//!
//! ```text
//! text ─▶ Document ─▶ Plan ─▶ Facts ─▶ rules ─▶ Findings ─┬─▶ report   text · json · sarif · github
//!         tree+spans  types   derived                     │   + words, + places
//!                                                         └─▶ view ─▶ render   html · markdown · json · yaml
//! ```
//!
//! No module depends on a later one. A rule names what is wrong, [`document`] knows where a path is in the source, and
//! [`words`] knows how to say it; they meet only in [`report`]. [`checked`] runs the flow from text to findings. The
//! library never prints and never writes a file.
//!
//! ```
//! use planmaker::checked::Checked;
//!
//! let checked = Checked::read("versie: 1\nplan: {titel: Een begin}\n");
//! let mut findings = checked.findings.iter();
//! assert!(findings.any(|finding| finding.rule.name == "onderdeel-ontbreekt"));
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
