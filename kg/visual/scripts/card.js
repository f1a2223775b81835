/* The panel of a term: all that the sources say of it. */

/** The links of a term by what they tell; each kind stands under one heading. */
const RELATIONS = [
  ['history', ['successor', 'builds-on', 'redefinition']],
  ['names', ['variant', 'abbreviation']],
  ['part', ['part']],
  ['homonym', ['homonym']],
  ['co-mentioned', ['co-mentioned']],
  ['tie', ['tie']],
];

let told = null; // the term that the panel tells of

function showCard() {
  const card = byId('card');
  const term = state.selected;
  card.hidden = !term;
  byId('news').hidden = Boolean(term);
  document.querySelector('#glossary a[aria-current]')?.removeAttribute('aria-current');
  if (!term) told = null;
  if (!term) return card.replaceChildren();
  linkOf.get(term)?.setAttribute('aria-current', 'true');
  const said = (kind) => term.references.filter((reference) => (reference.kind === 'listed') === kind);
  card.replaceChildren(...[
    element('div', { class: 'head' },
      chinese('h2', {}, term.label),
      button('×', () => select(null), { class: 'close', 'aria-label': word('card.close'), title: word('card.close-key') })),
    term.english.length ? element('p', { class: 'english', lang: 'en' }, term.english.join('; ')) : null,
    facts(term),
    element('p', { class: 'deeds' },
      button(word('take.link'), copyLink, { class: 'deed' }),
      button(word('path.ask'), () => askForPath(term), { class: 'deed', id: 'path-from' }),
      button(word('take.print'), () => window.print(), { class: 'deed' })),
    passes(term) ? null : element('p', { class: 'notice' }, word('card.filtered'), ' ',
      button(word('filter.clear'), clearFilters)),
    ...pathSteps(),
    ...definitions(term),
    ...section(word('card.years'), chartOf(term)),
    ...section(word('card.wholes'), term.wholes.length > 0 && termButtons(term.wholes)),
    ...RELATIONS.flatMap(([heading, those]) => section(word(`relations.${heading}`), relations(term, those))),
    term.sentences.length > 0 && element('h3', { id: 'sentences', tabindex: '-1' }, word('card.sentences', { n: term.sentences.length })),
    ...quotes(term.sentences),
    ...section(word('card.open'), quotes(term.open)),
    ...section(word('card.listed'), quotes(said(true))),
    ...section(word('card.references'), quotes(said(false))),
  ].filter(Boolean));
  if (term !== told) byId('panel').scrollTop = 0; // a filter leaves the reader where he reads
  told = term;
}

function facts(term) {
  const years = term.years.filter(({ digest }) => !digest).map(({ year }) => year);
  const inDigests = term.years.some(({ digest }) => digest);
  const count = term.count ? word('card.count', { n: term.count })
    : word(inDigests && !years.length ? 'card.digest-only' : 'card.uncounted');
  const chips = [
    named('role', term.role), ...term.subjects,
    years.length > 0 && word('card.in-years', { years: inYearsOf(years) }),
    term.sentences.length > 0 ? button(count, toSentences, { title: word('card.to-sentences') }) : count,
    term.numeral?.includes('+') && word('card.numeral', { numeral: term.numeral }),
    term.alt_labels.length > 0 && word('card.also', { names: listed(term.alt_labels) }),
  ].filter(Boolean);
  return element('ul', { class: 'facts' }, chips.map((chip) => element('li', {}, chip)));
}

/** From the number of mentions to the sentences: a long definition stands between them. */
function toSentences() {
  byId('sentences').scrollIntoView({ behavior: motion() ? 'smooth' : 'auto' });
  byId('sentences').focus({ preventScroll: true });
}

// ---- definitions and components ----------------------------------------------------------------

function definitions(term) {
  const list = (one) => one.components.map(({ text, group }) => `${group}/${text}`).join();
  const decided = term.own && element('div', { class: 'definition' },
    chinese('p', {}, term.own), source(named('voice', 'person')));
  const own = term.definitions.map((definition, index) => {
    const { text, document: number, year, voice, components: parts } = definition;
    const repeated = index > 0 && list(definition) === list(term.definitions[index - 1]);
    return element('div', { class: 'definition' },
      chinese('p', {}, text),
      source(titleOf(number), year, named('voice', voice)), citing(text, number),
      repeated ? null : section(word('card.components', { n: parts.length }), components(parts)),
      agreement(definition));
  });
  const listings = term.listings.map(({ document: number, year, components: parts }) =>
    element('div', { class: 'definition listing' },
      section(word('card.listing', { n: parts.length }), components(parts)),
      source(titleOf(number), year)));
  const glosses = own.length ? [] : term.wholes.flatMap((whole) => whole.definitions.flatMap((definition) =>
    definition.components.filter(({ iri, gloss }) => iri === term.id && gloss).map(({ gloss }) =>
      element('div', { class: 'definition' },
        chinese('p', {}, gloss),
        source(word('card.gloss', { whole: whole.label }), titleOf(definition.document), definition.year)))));
  const missing = !decided && own.length + glosses.length === 0 && element('p', { class: 'missing' }, word('card.undefined'));
  return [decided, ...own, ...glosses, missing, ...listings].filter(Boolean);
}

/** The components of a list, numbered through, each group under its name. */
function components(parts) {
  if (parts.length === 0) return null;
  const plain = parts.every(({ gloss }) => !gloss);
  return chinese('ol', { class: plain ? 'components plain' : 'components' }, parts.flatMap((component, index) => {
    const term = terms.get(component.iri);
    const opens = component.group && component.group !== parts[index - 1]?.group;
    return [
      opens ? element('li', { class: 'group' }, component.group) : null,
      element('li', {}, element('div', {},
        term && term !== state.selected ? termButton(term, component.text) : component.text,
        component.gloss ? element('p', {}, component.gloss) : null)),
    ];
  }));
}

function agreement({ numeral, expected, agrees, components: parts }) {
  if (agrees === null || agrees === undefined) return null;
  const sum = String(numeral ?? '').includes('+') ? `${numeral} = ${expected}` : `${expected ?? numeral}`;
  return agrees
    ? element('p', { class: 'key' }, word('card.agrees', { sum }))
    : element('p', { class: 'notice disagrees' }, word('card.disagrees', { sum, n: parts.length }));
}

// ---- relations ---------------------------------------------------------------------------------

/** The links of these kinds: which way, what came and went, how sure, and the words that bear it out. */
function relations(term, those) {
  const links = those.flatMap((kind) => term.links.filter((link) => link.kind === kind));
  if (['co-mentioned', 'tie'].includes(those[0])) {
    return links.length > 0 && termButtons([...new Set(links.map(({ other }) => other))]);
  }
  return links.map((link) => element('div', { class: 'relation' },
    element('p', {}, element('span', { class: 'way' }, wayOf(link)), ' ',
      link.other === term ? null : termButton(link.other)),
    change('added', link), change('dropped', link),
    evidence(link)));
}

const wayOf = ({ kind, forward }) => {
  const name = `way.${kind}.${forward ? 'to' : 'from'}`;
  return knowsWord(name) ? word(name) : named('relation', kind);
};

const change = (which, { [which]: texts = [] }) => texts.length > 0
  && element('p', { class: `change ${which}` }, word(`card.${which}`), ' ', chinese('span', {}, listed(texts)));

function evidence({ evidence: all = [], confidence }) {
  if (all.length === 0) return null;
  return element('details', {},
    element('summary', {}, word('card.evidence', { percent: Math.round(100 * confidence) })),
    all.map(({ words, document: number }) => element('blockquote', { class: 'sentence' },
      chinese('p', {}, words), source(titleOf(number), data.documents[number]?.year))));
}

// ---- paths -------------------------------------------------------------------------------------

/** The steps from the one end of the path to the other, if one is shown. */
function pathSteps() {
  if (!state.path) return [];
  const steps = state.path.flatMap((term, index) => {
    const link = index > 0 && linkBetween(state.path[index - 1], term);
    return [
      link && element('li', { class: 'way' }, wayOf(link)),
      element('li', {}, term === state.selected ? chinese('strong', {}, term.label) : termButton(term)),
    ].filter(Boolean);
  });
  return [element('div', { class: 'notice', id: 'path' },
    element('p', {}, word('path.found', { n: state.path.length - 1 })),
    element('ol', { class: 'path' }, steps),
    button(word('path.leave'), leavePath))];
}

let pathFrom = null; // the term for which the other end is being chosen

function askForPath(term) {
  pathFrom = term;
  byId('asking').hidden = false;
  byId('asking-from').textContent = word('path.choose', { term: term.label });
  byId('search').value = '';
  byId('search').focus();
  overview(); // so that the other one can be clicked, too
}

function stopAsking() {
  pathFrom = null;
  byId('asking').hidden = true;
}

/** Shows the path to a term that was just chosen; says so where there is none. */
function showPath(to) {
  const from = pathFrom;
  stopAsking();
  state.path = from === to ? null : shortestPath(from, to);
  if (from !== to && !state.path) tell(word('path.none', { from: from.label, to: to.label }));
}

function leavePath() {
  state.path = null;
  remember();
  refresh();
}
