//! The stems of units.

use crate::value::fold;

/// A stem that is the same for singular and plural, in Dutch and English: `huis` and `huizen`, `week` and `weken`, `collega`
/// and `collega's`.
pub(super) fn stem(word: &str) -> String {
    /// Plurals that change inside, as the ends of longer words: `teamleden`.
    const IRREGULAR: [(&str, &str); 4] = [
        ("kinderen", "kind"),
        ("leden", "lid"),
        ("heden", "heid"),
        ("steden", "stad"),
    ];

    let mut stem = fold(word);
    stem.retain(char::is_alphabetic);
    for (many, one) in IRREGULAR {
        if stem.ends_with(many) {
            stem.truncate(stem.len() - many.len());
            stem.push_str(one);
        }
    }
    // Words that end in -en themselves: `ketens`, `redenen`.
    if stem.ends_with("ens") {
        cut(&mut stem, "s");
    }
    cut(&mut stem, "en");
    cut(&mut stem, "en");
    if let Some(last @ ('v' | 'z')) = stem.chars().last() {
        stem.pop();
        stem.push(if last == 'v' { 'f' } else { 's' });
    }
    undouble(&mut stem);
    cut(&mut stem, "s");
    cut(&mut stem, "e");
    undouble(&mut stem);
    let mut single = String::with_capacity(stem.len());
    for letter in stem.chars() {
        if !("aeou".contains(letter) && single.ends_with(letter)) {
            single.push(letter);
        }
    }
    single
}

/// Cuts off an ending, unless too little of the word would be left.
fn cut(word: &mut String, ending: &str) {
    if word.ends_with(ending) && word.chars().count() >= ending.len() + 2 {
        word.truncate(word.len() - ending.len());
    }
}

/// Makes a double last letter single.
fn undouble(word: &mut String) {
    let mut letters = word.chars().rev();
    if let (Some(last), Some(before)) = (letters.next(), letters.next())
        && last == before
    {
        word.pop();
    }
}
