//! Work on all cores, with its results in order.

use std::collections::VecDeque;
use std::sync::mpsc;

/// The number of items per core that work may have begun on before their turn. Results wait in memory while an earlier item
/// takes long.
const AHEAD: usize = 8;

/// Works on each item on all cores, and hands on the results one by one, in the order of the items. An error ends the work.
pub fn each<I: Sync, R: Send, E>(
    items: &[I],
    work: impl Fn(&I) -> R + Sync,
    mut hand_on: impl FnMut(&I, R) -> Result<(), E>,
) -> Result<(), E> {
    // Starting threads takes more time than checking one plan.
    if let [only] = items {
        return hand_on(only, work(only));
    }
    let work = &work;
    rayon::in_place_scope(|scope| {
        let most = AHEAD * rayon::current_num_threads();
        let mut rest = items.iter();
        let mut begun = VecDeque::with_capacity(most);
        loop {
            for item in rest.by_ref().take(most - begun.len()) {
                let (sender, result) = mpsc::sync_channel(1);
                scope.spawn(move |_| {
                    // After an error nobody receives it.
                    let _ = sender.send(work(item));
                });
                begun.push_back((item, result));
            }
            let Some((item, result)) = begun.pop_front() else {
                return Ok(());
            };
            // Without a result the work panicked, which the scope passes on.
            let Ok(result) = result.recv() else {
                return Ok(());
            };
            hand_on(item, result)?;
        }
    })
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Condvar, Mutex};
    use std::thread;

    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        let mut found = Vec::new();
        let double = |item: &usize| 2 * item;
        let done = each(&items, double, |item, result| {
            found.push((*item, result));
            Ok::<_, ()>(())
        });
        assert_eq!(done, Ok(()));
        assert!(found.iter().copied().eq((0..1000).map(|nr| (nr, 2 * nr))));
    }

    #[test]
    fn a_slow_first_item_does_not_let_results_pile_up() {
        let most = AHEAD * rayon::current_num_threads();
        let items: Vec<usize> = (0..most + 100).collect();
        let begun = Mutex::new(0);
        let changed = Condvar::new();
        let handed_on = AtomicUsize::new(0);
        let furthest = AtomicUsize::new(0);
        let work = |item: &usize| {
            let mut count = begun.lock().unwrap();
            *count += 1;
            changed.notify_all();
            if *item == 0 && rayon::current_num_threads() > 1 {
                drop(changed.wait_while(count, |count| *count < most).unwrap());
            }
            let ahead = item - handed_on.load(Ordering::SeqCst);
            furthest.fetch_max(ahead, Ordering::SeqCst);
        };
        let done = each(&items, work, |_, ()| {
            handed_on.fetch_add(1, Ordering::SeqCst);
            Ok::<_, ()>(())
        });
        assert_eq!(done, Ok(()));
        assert!(furthest.load(Ordering::SeqCst) < most);
    }

    #[test]
    fn one_item_starts_no_thread() {
        let mut threads = Vec::new();
        let work = |(): &()| thread::current().id();
        let done = each(&[()], work, |(), thread| {
            threads.push(thread);
            Ok::<_, ()>(())
        });
        assert_eq!(done, Ok(()));
        assert_eq!(threads, [thread::current().id()]);
    }

    #[test]
    fn an_error_ends_the_work() {
        let items = vec![(); 10_000];
        let begun = AtomicUsize::new(0);
        let work = |(): &()| begun.fetch_add(1, Ordering::SeqCst);
        assert_eq!(each(&items, work, |(), _| Err("stop")), Err("stop"));
        assert!(begun.load(Ordering::SeqCst) <= AHEAD * rayon::current_num_threads());
    }
}
