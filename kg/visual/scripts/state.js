/* What is chosen, and which terms are therefore shown. */

const KINDS = ['component', 'listed', 'part', 'successor', 'builds-on', 'redefinition', 'variant', 'abbreviation',
  'homonym', 'co-mentioned', 'tie'];
const ON_DEMAND = 'co-mentioned'; // of all terms there are many, and they say little
const kinds = [...new Set([...KINDS, ...data.edges.map(({ kind }) => kind)])]
  .filter((kind) => data.edges.some((edge) => edge.kind === kind));
const roles = ['slogan', 'component', 'candidate'];
const MEASURES = ['count', 'per10k'];
const HOPS = ['1', '2', 'all'];

/** The groups of a colouring: the numbers of its colours, and null for what has no colour of its own. */
const groupsOf = (colouring) => [...data.colours[colouring].keys(), null]
  .filter((group) => all.some((term) => term.node.colours[colouring] === group));

const defaults = () => ({
  selected: null,
  years: new Set(), // none chosen: all years
  roles: new Set(data.opening),
  relations: new Set(kinds.filter((kind) => data.part || kind !== ON_DEMAND)),
  colouring: data.colouring,
  groups: new Set(groupsOf(data.colouring)),
  measure: MEASURES[0],
  hops: HOPS[0],
  path: null, // the terms of a path, from one end to the other
  compared: null, // two years
});
const state = defaults();

const groupOf = (term) => term.node.colours[state.colouring];
const inYears = (term) => state.years.size === 0 || term.seen.some((year) => state.years.has(year));

/** Whether the filters leave a term in. Its type is not asked: what is selected is unfolded whatever it is. */
const passes = (term) => inYears(term) && state.groups.has(groupOf(term));

const sameSet = (one, other) => one.size === other.size && [...one].every((value) => other.has(value));

function isFiltered() {
  const start = defaults();
  return state.years.size > 0 || !sameSet(state.roles, start.roles) || !sameSet(state.relations, start.relations)
    || state.groups.size < groupsOf(state.colouring).length;
}

/** The terms that so many steps over the links in sight lead to, the term itself among them. */
function reach(term, steps) {
  const found = new Set([term]);
  for (let step = 0; step < steps; step += 1) {
    for (const one of [...found]) {
      for (const { kind, other } of one.links) if (state.relations.has(kind)) found.add(other);
    }
  }
  return found;
}

/** The terms that are in focus; null where all are. */
function focused() {
  if (state.path) return new Set(state.path);
  if (!state.selected || state.hops === 'all') return null;
  return reach(state.selected, Number(state.hops));
}

/** The terms that selecting one brings to light, whatever their type: its star, or the stars it is in. */
function unfolded() {
  const term = state.selected;
  if (!term) return new Set();
  const near = reach(term, state.hops === 'all' ? 1 : Number(state.hops));
  return new Set([...near, ...term.wholes.flatMap((whole) => whole.parts)]);
}

function shownTerms() {
  const open = unfolded();
  const path = new Set(state.path ?? []);
  return new Set(all.filter((term) =>
    path.has(term) || (passes(term) && ((state.roles.has(term.role) && !term.node.left) || open.has(term)))));
}

/** A shortest path between two terms over links of any kind but sharing a name; null where there is none. */
function shortestPath(from, to) {
  const before = new Map([[from, null]]);
  for (const term of before.keys()) { // grows while it is walked through: breadth first
    if (term === to) break;
    for (const { kind, other } of term.links) {
      if (kind !== 'homonym' && !before.has(other)) before.set(other, term);
    }
  }
  if (!before.has(to)) return null;
  const path = [];
  for (let term = to; term; term = before.get(term)) path.unshift(term);
  return path;
}

/** The link that a step of a path takes: the most telling kind, if there are several. */
const linkBetween = (one, other) => one.links.filter((link) => link.other === other && link.kind !== 'homonym')
  .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))[0];
