//! The search for the place in the templates at which the process dies.
//!
//! A process that dies cannot say where it was. One that may take fewer steps stops in time and can, so documents are rendered with
//! more and more steps until the process dies.

use std::path::Path;
use std::time::{Duration, Instant};

use planmaker::{OwnTemplates, RenderError, Renderer, Request};
use serde::{Deserialize, Serialize};

use super::{End, Job, Reply, Send, run};

/// Limit on the duration of the search, apart from its last try.
const LONGEST_SEARCH: Duration = Duration::from_secs(8);

/// A place in the templates: a name, and a line if it is known.
pub type Place = (String, Option<usize>);

/// Searches for the place in the templates at which the process dies, from a document on. The last place found is near it.
pub fn place_of_death(folder: &Path, job: &Job, plan: &[u8], document: usize) -> Option<Place> {
    let start = Instant::now();
    let mut search = Search::from_document(document);
    let mut found = None;
    while start.elapsed() < LONGEST_SEARCH {
        let job = Job {
            find: Some(search),
            ..job.clone()
        };
        let mut last = None;
        let end = run(folder, &job, plan, &mut |reply| {
            if let Reply::Survived {
                document,
                steps,
                place,
            } = reply
            {
                last = Some((document, steps, place));
            }
            Ok(())
        });
        let end = end.ok()?;
        if let Some((document, steps, place)) = last {
            search = search.narrowed(document, steps);
            found = place.or(found);
        } else {
            search.to = search.tries().first().copied().unwrap_or(search.to);
        }
        if end == End::Normal || search.to <= search.from + 1 {
            break;
        }
    }
    found
}

/// Numbers of steps to try.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Search {
    document: usize,
    /// The process survives this number of steps.
    from: u64,
    /// It dies at this number or before.
    to: u64,
}

impl Search {
    /// Limit on the processor time of one try, in seconds.
    const SECONDS: u64 = 1;

    /// The numbers of steps to try, in order.
    fn tries(self) -> Vec<u64> {
        const PARTS: u64 = 8;
        let Self { from, to, .. } = self;
        if to / PARTS > from {
            let doubled = std::iter::successors(Some(from.max(1)), |steps| steps.checked_mul(2));
            return doubled
                .skip(1)
                .take_while(|steps| *steps < to)
                .chain([to])
                .collect();
        }
        let part = ((to - from) / PARTS).max(1);
        let parts = (1..PARTS)
            .map(|nr| from + nr * part)
            .take_while(|steps| *steps < to);
        parts.chain([to]).collect()
    }

    /// The search after the process survived that number of steps in a document, and not the next one tried.
    fn narrowed(self, document: usize, steps: u64) -> Self {
        let this = if document == self.document {
            self
        } else {
            Self::from_document(document)
        };
        let next = this.tries().into_iter().find(|tried| *tried > steps);
        Self {
            document,
            from: steps,
            to: next.unwrap_or(this.to),
        }
    }

    const fn from_document(document: usize) -> Self {
        Self {
            document,
            from: 1,
            to: 1 << 26,
        }
    }

    /// Renders a document with more and more steps.
    pub fn document(
        self,
        nr: usize,
        renderer: &Renderer<'_>,
        request: Request<'_>,
        own: &OwnTemplates,
        send: Send<'_>,
        limit: fn(u64),
    ) {
        if nr < self.document {
            return;
        }
        let search = if nr == self.document {
            self
        } else {
            Self::from_document(nr)
        };
        for steps in search.tries() {
            limit(Self::SECONDS);
            let own = own.clone().with_most_steps(steps);
            let templates = Some(&own);
            let place = match renderer.render(Request {
                templates,
                ..request
            }) {
                Err(RenderError::Template(mistake)) if mistake.kind == "te_veel" => {
                    Some((mistake.template, mistake.line))
                }
                Err(RenderError::TooLarge) => None,
                _ => return,
            };
            send(Reply::Survived {
                document: nr,
                steps,
                place,
            });
        }
    }
}
