//! What fits on a sheet of paper, decided before a page is laid out: the lines of each text are counted, and rows are chosen.
//!
//! The reader's font is unknown, so letters have the width of the wider of the usual ones. A text that breaks at more places
//! than counted here takes fewer lines, never more.

use minijinja::Value;
use serde::Serialize;

/// The kind of text on paper, with the sizes that templates/sheet.css gives it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    /// The font size, in points.
    pub points: f64,
    pub is_bold: bool,
}

impl Type {
    /// Running text.
    pub const TEXT: Self = Self {
        points: 10.0,
        is_bold: false,
    };
}

/// Millimetres in a point.
const POINT: f64 = 25.4 / 72.0;

/// A bold letter, relative to a regular one.
const BOLD: f64 = 1.07;

/// The number of lines that a text takes in a column of that many millimetres. A word that is wider than the column breaks
/// anywhere.
pub(super) fn lines(text: &str, column: f64, kind: Type) -> usize {
    let letter = kind.points * POINT * if kind.is_bold { BOLD } else { 1.0 } / 100.0;
    let room = column / letter;
    let paragraphs = text.lines().filter(|line| !line.trim().is_empty());
    paragraphs.map(|line| lines_of_paragraph(line, room)).sum()
}

/// The number of lines in a column as wide as `room` hundredths of the font size.
fn lines_of_paragraph(text: &str, room: f64) -> usize {
    let space = f64::from(advance(' '));
    // A line that breaks within a word may have room left for almost a letter.
    let broken = (room - f64::from(WIDEST)).max(f64::from(WIDEST));
    let (mut lines, mut used) = (1, 0.0);
    for word in text.split([' ', '\t']).filter(|word| !word.is_empty()) {
        let mut width: f64 = word.chars().map(|c| f64::from(advance(c))).sum();
        if used > 0.0 && used + space + width <= room {
            used += space + width;
            continue;
        }
        lines += usize::from(used > 0.0);
        // A letter alone is not broken.
        while width > room.max(f64::from(WIDEST)) {
            lines += 1;
            width -= broken;
        }
        used = width.max(f64::MIN_POSITIVE);
    }
    lines
}

/// The widest letter, in hundredths of the font size.
const WIDEST: u32 = 105;

/// The width of a letter in hundredths of the font size: that of Arial and its likes, rounded up. Wider fonts are provided for by
/// [`RESERVE`].
fn advance(c: char) -> u32 {
    match c {
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => 0,
        'i' | 'j' | 'l' | '\'' | '‘' | '’' => 23,
        'f' | 't' | 'I' | '|' | '.' | ',' | ':' | ';' | '!' | '/' | '[' | ']' | ' ' | '\u{a0}' => {
            28
        }
        'r' | '-' | '(' | ')' | '"' | '“' | '”' | '*' => 36,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 50,
        'w' => 73,
        'm' | 'M' => 84,
        'W' | '@' | '%' => 100,
        '\u{2010}'..='\u{2013}' | '€' => 56,
        '\u{1100}'.. => WIDEST,
        '\u{370}'.. => 80,
        c if c.is_uppercase() => 75,
        _ => 56,
    }
}

/// A part of a sheet: rows, of which the first ones matter most.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    /// The height of each row in millimetres; none for a row that is too tall for any sheet.
    pub heights: Vec<Option<f64>>,
    /// The number of things, of which only the first may have been measured.
    pub total: usize,
}

impl Rows {
    /// Whether there is a row left out.
    fn has_more(&self, chosen: &[usize]) -> bool {
        self.total > chosen.len()
    }

    /// The height with those rows: a heading, the rows, and a line about the others.
    fn height(&self, chosen: &[usize]) -> f64 {
        if self.total == 0 {
            return 0.0;
        }
        let rows: f64 = chosen.iter().filter_map(|row| self.heights[*row]).sum();
        let rest = if self.has_more(chosen) { REST } else { 0.0 };
        HEADING + rows + rest
    }
}

/// The height of a heading with the space around it, in millimetres.
const HEADING: f64 = 9.6;

/// The height of the head of a table.
const TABLE_HEAD: f64 = 6.5;

/// The height of the line about what is not on the sheet.
const REST: f64 = 5.0;

/// The height that is left open, in millimetres, for fonts that are wider than the one measured.
const RESERVE: f64 = 8.0;

/// The number of rows of each part that come before more goals.
const FIRST: usize = 3;

/// The rows that fit, by index.
#[derive(Debug, Default, PartialEq, Serialize)]
pub(super) struct Chosen {
    #[serde(rename = "doelen")]
    pub goals: Vec<usize>,
    #[serde(rename = "belemmeringen")]
    pub barriers: Vec<usize>,
    #[serde(rename = "risicos")]
    pub risks: Vec<usize>,
}

/// Chooses the rows of a decision note that fit in that many millimetres: three goals, three barriers, three risks, and then
/// more goals. Barriers and risks are side by side.
pub(super) fn choose(room: f64, goals: &Rows, barriers: &Rows, risks: &Rows) -> Chosen {
    let height = |chosen: &Chosen| {
        let pair = barriers
            .height(&chosen.barriers)
            .max(risks.height(&chosen.risks));
        let head = if chosen.goals.is_empty() {
            0.0
        } else {
            TABLE_HEAD
        };
        goals.height(&chosen.goals) + head + pair
    };
    let mut chosen = Chosen::default();
    // One row of each part before the second of any.
    let mut steps: Vec<(Part, usize)> = Vec::new();
    for row in 1..=FIRST {
        steps.extend([
            (Part::Goals, row),
            (Part::Barriers, row),
            (Part::Risks, row),
        ]);
    }
    steps.push((Part::Goals, usize::MAX));
    for (part, most) in steps {
        let rows = match part {
            Part::Goals => goals,
            Part::Barriers => barriers,
            Part::Risks => risks,
        };
        for row in 0..rows.heights.len() {
            let of_part = chosen.of(part);
            if of_part.len() >= most {
                break;
            }
            if rows.heights[row].is_none() || of_part.contains(&row) {
                continue;
            }
            of_part.push(row);
            if height(&chosen) > room - RESERVE {
                chosen.of(part).pop();
                // A lighter row does not take the place of a heavier one.
                if !chosen.of(part).is_empty() {
                    break;
                }
            }
        }
    }
    for part in [Part::Goals, Part::Barriers, Part::Risks] {
        chosen.of(part).sort_unstable();
    }
    chosen
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Goals,
    Barriers,
    Risks,
}

impl Chosen {
    const fn of(&mut self, part: Part) -> &mut Vec<usize> {
        match part {
            Part::Goals => &mut self.goals,
            Part::Barriers => &mut self.barriers,
            Part::Risks => &mut self.risks,
        }
    }
}

/// The most lines of a row; a longer one is left to the plan.
const TALLEST: usize = 6;

/// The height of a line of a table, and of the space around a row, in millimetres.
const TABLE_LINE: f64 = 4.3;
const ROW: f64 = 1.8;

/// The font of tables and of lists in two columns.
const TABLE: Type = Type {
    points: 9.5,
    is_bold: false,
};

/// The height of a row, given the text of each cell and its width in millimetres. A cell without a text is one that cannot be
/// measured, such as a table in a cell.
pub(super) fn row_height<'c>(
    cells: impl IntoIterator<Item = (Option<&'c str>, f64)>,
) -> Option<f64> {
    let mut most = 1;
    for (text, column) in cells {
        most = most.max(lines(text?, column, TABLE));
    }
    (most <= TALLEST).then(|| ROW + TABLE_LINE * count(most))
}

/// A number of lines as a factor of a height.
fn count(lines: usize) -> f64 {
    f64::from(u32::try_from(lines).unwrap_or(u32::MAX))
}

/// The rows of a part as templates give them: a list of rows, each a list of cells, each a text and its width.
pub(super) fn rows(part: &Value, total: usize) -> Result<Rows, minijinja::Error> {
    let cell = |cell: Value| {
        let text = cell.get_item_by_index(0).unwrap_or_default();
        let width = cell
            .get_item_by_index(1)
            .and_then(f64::try_from)
            .unwrap_or(0.0);
        (text, width)
    };
    let mut heights = Vec::new();
    for row in part.try_iter()? {
        let cells: Vec<(Value, f64)> = row.try_iter()?.map(cell).collect();
        heights.push(row_height(
            cells.iter().map(|(text, width)| (text.as_str(), *width)),
        ));
    }
    Ok(Rows { heights, total })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_and_words_wider_than_the_column_break() {
        let lines = |text: &str, column| lines(text, column, Type::TEXT);
        assert_eq!(lines("", 80.0), 0);
        assert_eq!(lines("Workshop", 80.0), 1);
        assert_eq!(lines("een twee drie vier", 12.0), 4);
        // Words that are held together by a hard space stay on one line.
        assert_eq!(lines("op 4\u{a0}januari\u{a0}2027", 27.0), 2);
        let long = "Schuldhulpverleningssamenwerkingsverband".repeat(10);
        assert!(lines(&long, 80.0) >= 10, "{}", lines(&long, 80.0));
        assert!(lines(&"W".repeat(5_000), 80.0) > 200);
        assert_eq!(lines("\u{1f600} \u{1f600}", 1.0), 2);
        assert!(lines("a\nb", 80.0) == 2);
    }

    #[test]
    fn soft_hyphens_take_no_room() {
        let word = "schuld\u{ad}hulp\u{ad}verlening";
        assert_eq!(lines(word, 40.0, Type::TEXT), 1);
    }

    fn part(heights: &[f64]) -> Rows {
        Rows {
            heights: heights.iter().copied().map(Some).collect(),
            total: heights.len(),
        }
    }

    #[test]
    fn rows_are_chosen_in_order_until_the_sheet_is_full() {
        let goals = part(&[6.0; 12]);
        let pair = part(&[10.0; 8]);
        let chosen = choose(170.0, &goals, &pair, &pair);
        assert_eq!(chosen.barriers, [0, 1, 2]);
        assert_eq!(chosen.risks, [0, 1, 2]);
        assert_eq!(chosen.goals, (0..12).collect::<Vec<_>>());
        let chosen = choose(95.0, &goals, &pair, &pair);
        assert_eq!((chosen.barriers.len(), chosen.risks.len()), (3, 3));
        assert!((2..=4).contains(&chosen.goals.len()), "{chosen:?}");
        assert_eq!(choose(10.0, &goals, &pair, &pair), Chosen::default());
    }

    #[test]
    fn a_row_that_is_too_tall_leaves_room_for_the_next() {
        let mut goals = part(&[6.0, 6.0]);
        goals.heights[0] = None;
        let chosen = choose(110.0, &goals, &Rows::default(), &part(&[200.0, 6.0]));
        assert_eq!(chosen.goals, [1]);
        assert_eq!(chosen.risks, [1]);
    }

    #[test]
    fn no_row_has_more_than_six_lines() {
        let text = "woord ".repeat(40);
        assert!(row_height([(Some(text.as_str()), 90.0), (Some("ja"), 20.0)]).is_some());
        let text = "woord ".repeat(400);
        assert_eq!(row_height([(Some(text.as_str()), 90.0)]), None);
        assert_eq!(row_height([(None, 90.0)]), None);
    }
}
