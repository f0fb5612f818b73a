//! Circles in a graph.

use std::collections::{BTreeMap, BTreeSet};

/// What each node leads to.
pub type Graph = BTreeMap<String, BTreeSet<String>>;

/// Returns the nodes that lead to each other, each set of them once.
pub fn circles(graph: &Graph) -> BTreeSet<BTreeSet<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = graph
        .keys()
        .map(|node| (node, reached_from(graph, node)))
        .collect();
    let leads_to = |from: &String, to: &String| {
        let reached = reached.get(from);
        reached.is_some_and(|reached| reached.contains(to))
    };
    graph
        .keys()
        .filter(|node| leads_to(node, node))
        .map(|node| {
            let others = reached[node].iter().copied();
            others
                .filter(|other| leads_to(other, node))
                .cloned()
                .collect()
        })
        .collect()
}

fn reached_from<'g>(graph: &'g Graph, start: &'g String) -> BTreeSet<&'g String> {
    let mut reached = BTreeSet::new();
    let mut open = vec![start];
    while let Some(node) = open.pop() {
        let next = graph.get(node).into_iter().flatten();
        open.extend(next.filter(|next| reached.insert(*next)));
    }
    reached
}
