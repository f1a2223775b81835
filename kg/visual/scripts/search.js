/* The search box: label, alias, definition, pinyin and initials; safe with an input method. */

const MOST_HITS = 30;
const SURE = 3; // the steps of `rank` up to which a name says which term is meant

const indexed = all.map((term) => ({
  term,
  label: folding(term.label),
  aliases: [...term.english, ...term.alt_labels, ...term.spellings].map(folding),
  pinyin: folding(term.pinyin),
  initials: term.pinyin.split(' ').map((syllable) => folding(syllable).slice(0, 1)).join(''),
  definition: folding(term.definitions.map(({ text }) => text).join('')),
}));

/** How well an entry answers, the best 0; null where it does not. */
function rank({ label, aliases, pinyin, initials, definition }, wanted) {
  const steps = [
    label === wanted,
    aliases.includes(wanted),
    label.startsWith(wanted),
    initials === wanted || pinyin === wanted,
    label.includes(wanted),
    aliases.some((alias) => alias.includes(wanted)),
    initials.startsWith(wanted) || pinyin.startsWith(wanted),
    definition.includes(wanted),
  ];
  const step = steps.indexOf(true);
  return step < 0 ? null : step;
}

function hitsFor(text, worst = Infinity) {
  const wanted = folding(text);
  if (!wanted) return [];
  return indexed
    .map((one) => ({ term: one.term, step: rank(one, wanted) }))
    .filter(({ step }) => step !== null && step <= worst)
    .sort((a, b) => a.step - b.step
      || roles.indexOf(a.term.role) - roles.indexOf(b.term.role) || b.term.count - a.term.count)
    .map(({ term }) => term);
}

/** Two names with a space or an arrow between them ask for the way from one term to the other. */
function pathFor(text) {
  const names = text.split(/\s*(?:→|->)\s*|\s+/).filter(Boolean);
  if (names.length !== 2) return [];
  const ends = names.map((name) => hitsFor(name, SURE)[0]);
  return ends.every(Boolean) && ends[0] !== ends[1] ? [{ path: ends }] : [];
}

const search = byId('search');
const list = byId('hits');
let hits = [];
let active = -1;

/** A line about a term: its definition, else what it is part of. */
const aboutTerm = (term) => (term.own || term.definitions[0]?.text)
  ?? (term.wholes.length ? word('card.part-of', { whole: term.wholes[0].label }) : word('card.undefined'));

function showHits() {
  hits = [...hitsFor(search.value).map((term) => ({ term })), ...pathFor(search.value)];
  active = hits.length ? 0 : -1;
  const offered = hits.slice(0, MOST_HITS).map(({ term, path }, index) =>
    element('li', { id: `hit-${index}`, role: 'option', onclick: () => pick(index), lang: term ? 'zh-Hans' : null },
      ...(term ? [term.label, element('span', {}, aboutTerm(term))]
        : [word('search.path', { from: path[0].label, to: path[1].label })])));
  const left = hits.length - offered.length;
  if (left > 0) offered.push(element('li', { class: 'none' }, word('search.more', { n: left })));
  if (hits.length === 0) offered.push(element('li', { class: 'none' }, word('search.none')));
  list.replaceChildren(...offered);
  const open = folding(search.value) !== '';
  list.hidden = !open;
  search.setAttribute('aria-expanded', String(open));
  activate(active);
}

function activate(index) {
  active = index;
  list.querySelectorAll('[role=option]').forEach((option, at) => {
    option.setAttribute('aria-selected', String(at === active));
    if (at === active) option.scrollIntoView({ block: 'nearest' });
  });
  if (active >= 0) search.setAttribute('aria-activedescendant', `hit-${active}`);
  else search.removeAttribute('aria-activedescendant');
}

function closeHits() {
  list.hidden = true;
  search.setAttribute('aria-expanded', 'false');
  search.removeAttribute('aria-activedescendant');
}

function pick(index) {
  const { term, path } = hits[index];
  search.value = (term ?? path[1]).label;
  closeHits();
  if (path) [pathFrom] = path;
  select(term ?? path[1]);
}

// While an input method composes, nothing is searched, and its keys (229) are its own.
search.addEventListener('input', (event) => { if (!event.isComposing) showHits(); });
search.addEventListener('compositionend', showHits);
search.addEventListener('focus', () => { if (search.value && !state.selected) showHits(); });
search.addEventListener('blur', closeHits);
list.addEventListener('mousedown', (event) => event.preventDefault()); // keeps the focus in the box
search.addEventListener('keydown', (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  const last = Math.min(hits.length, MOST_HITS) - 1;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (list.hidden) showHits();
    else if (last >= 0) activate((active + (event.key === 'ArrowDown' ? 1 : last)) % (last + 1));
  } else if (event.key === 'Enter') {
    event.preventDefault();
    if (list.hidden) showHits();
    if (active >= 0) pick(active);
  } else if (event.key === 'Escape' && (search.value || !list.hidden)) {
    event.preventDefault();
    event.stopPropagation();
    search.value = '';
    closeHits();
  }
});
