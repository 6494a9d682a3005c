//! Limits on the prose of a plan that is read as Markdown.
//!
//! They bound the time and memory that hostile texts take. They are applied to all prose of the plan, in its order, before
//! anything is rendered, so that a text that is shown twice is shown in the same way twice.

use std::collections::HashSet;
use std::fmt;

use serde::Serialize;
use serde::ser::{self, Serializer};

use crate::plan::Plan;

/// Longer texts, in bytes, are shown as written: as a tree they would take a few hundred times their own memory.
const LONGEST: usize = 128 << 10;

/// The bytes of prose that are read as Markdown: more than forty thousand words. The prose after them is shown as written.
const MOST_READ: usize = 256 << 10;

/// The texts of a plan that are read as Markdown.
#[derive(Debug, Default)]
pub(super) struct Budget {
    read: usize,
    /// The texts beyond the limit.
    as_written: HashSet<String>,
}

impl Budget {
    pub fn of(plan: &Plan) -> Self {
        let mut walk = Walk::default();
        // Nothing of a plan makes the walk fail.
        let _ = plan.serialize(&mut walk);
        walk.budget
    }

    /// Whether a text is read as Markdown rather than shown as written.
    pub fn allows(&self, text: &str) -> bool {
        text.len() <= LONGEST && !self.as_written.contains(text)
    }

    fn add(&mut self, text: &str) {
        if text.len() > LONGEST {
            return;
        }
        self.read += text.len();
        if self.read > MOST_READ {
            self.as_written.insert(text.to_owned());
        }
    }
}

/// A walk over a plan: a serializer that only picks out the prose.
#[derive(Debug, Default)]
struct Walk {
    budget: Budget,
    in_prose: bool,
}

macro_rules! ignore {
    ($($method:ident($($value:ty),*);)+) => {
        $(fn $method(self $(, _: $value)*) -> fmt::Result {
            Ok(())
        })+
    };
}

macro_rules! walk_into {
    ($($method:ident($($about:ty),*) -> $walk:ident;)+) => {
        $(type $walk = Self;)+
        $(fn $method(self $(, _: $about)*) -> Result<Self, fmt::Error> {
            Ok(self)
        })+
    };
}

impl Serializer for &mut Walk {
    type Ok = ();
    type Error = fmt::Error;

    ignore! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_char(char);
        serialize_bytes(&[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(&'static str);
        serialize_unit_variant(&'static str, u32, &'static str);
    }

    walk_into! {
        serialize_seq(Option<usize>) -> SerializeSeq;
        serialize_tuple(usize) -> SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
        serialize_map(Option<usize>) -> SerializeMap;
        serialize_struct(&'static str, usize) -> SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant;
    }

    fn serialize_str(self, text: &str) -> fmt::Result {
        if self.in_prose {
            self.budget.add(text);
        }
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> fmt::Result {
        self.in_prose = name == "Prose";
        let walked = value.serialize(&mut *self);
        self.in_prose = false;
        walked
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> fmt::Result {
        value.serialize(self)
    }
}

macro_rules! walk_items {
    ($($container:ident: $($method:ident($($key:ty)?)),+;)+) => {
        $(impl ser::$container for &mut Walk {
            type Ok = ();
            type Error = fmt::Error;

            $(fn $method<T: Serialize + ?Sized>(&mut self, $(_: $key,)? item: &T) -> fmt::Result {
                item.serialize(&mut **self)
            })+

            fn end(self) -> fmt::Result {
                Ok(())
            }
        })+
    };
}

walk_items! {
    SerializeSeq: serialize_element();
    SerializeTuple: serialize_element();
    SerializeTupleStruct: serialize_field();
    SerializeTupleVariant: serialize_field();
    SerializeMap: serialize_key(), serialize_value();
    SerializeStruct: serialize_field(&'static str);
    SerializeStructVariant: serialize_field(&'static str);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::finding::Findings;
    use crate::reading;

    #[test]
    fn prose_beyond_the_limit_is_shown_as_written() {
        let text = |mark: &str| mark.repeat(100 << 10);
        let [name, first, second, third] = ["n", "a", "b", "c"].map(text);
        let too_long = "d".repeat(LONGEST + 1);
        let plan = format!(
            "plan: {{titel: {name}, samenvatting: {first}}}
beschrijving_interventie: {{beschrijving: {second}}}
contextanalyse: {{toelichting: {too_long}}}
literatuur: {{l: {{tekst: {third}}}, m: {{tekst: {first}}}}}
"
        );
        let mut findings = Findings::default();
        let document = Document::read(plan.as_bytes(), &mut findings);
        let (plan, _) = reading::read(&document, &mut findings);
        let budget = Budget::of(&plan);
        assert!(budget.allows(&name) && budget.allows(&second));
        assert!(!budget.allows(&third) && !budget.allows(&too_long));
        // It occurs within the limit and beyond it.
        assert!(!budget.allows(&first));
    }
}
