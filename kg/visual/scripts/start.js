/* Selecting, switches and keys; then the page begins. */

/** Selects a term, or nothing; shows it in the panel and in the picture. */
function select(term, { step = true, animation = motion() } = {}) {
  const changed = term !== state.selected;
  if (pathFrom && term) showPath(term);
  else if (state.path && !state.path.includes(term)) state.path = null;
  state.selected = term;
  if (changed || state.path) refresh();
  if (term) {
    lookAtFocus({ animation });
    if (matchMedia('(max-width: 760px)').matches) byId('stage').scrollIntoView();
  } else stopAsking();
  if (changed && step) remember({ step: true });
  tellViews();
}

/** Tells the other views which term is selected. */
function tellViews() {
  document.dispatchEvent(new CustomEvent('kg-select', { detail: all.indexOf(state.selected) }));
}

/** Shows what the address says. */
function follow({ animation = motion(), first = false } = {}) {
  state.selected = obeyAddress();
  stopAsking();
  relight();
  if (first) overview({ animation, smallest: READABLE_SCALE });
  lookAtFocus({ animation });
  tellViews();
}
window.addEventListener('hashchange', () => follow());

// The list is in the page already; here its links are found again, to say which is selected.
const linkOf = new Map();
byId('glossary').querySelectorAll('li > a').forEach((link, index) => {
  linkOf.set(all[index], link);
});

// A link to a term leads from any view to the picture, and what is chosen there stays chosen.
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#term="]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const term = find(decodeURIComponent(link.hash.slice('#term='.length)));
  if (!term) return;
  event.preventDefault();
  location.hash = addressOf({ selected: term });
});

const isDark = () => matchMedia(byId('dark').media).matches;
function relight() {
  byId('theme').textContent = word(isDark() ? 'page.light' : 'page.dark');
  paint();
  showFilters();
  showCard();
  showNews();
}

const actions = {
  skip: () => byId('panel').focus(),
  theme: () => {
    byId('dark').media = isDark() ? 'not all' : 'screen'; // paper is always light
    relight();
  },
  language: () => {
    speak(LANGUAGES[1 - LANGUAGES.indexOf(language)]);
    remember();
    relight();
  },
  closer: () => zoom(1.4),
  farther: () => zoom(1 / 1.4),
  overview: () => overview(),
  clear: clearFilters,
  'filters-open': () => {
    const open = document.body.classList.toggle('filtering');
    byId('filters-open').setAttribute('aria-expanded', String(open));
  },
  'asking-end': stopAsking,
  link: copyLink,
  png: savePng,
  svg: saveSvg,
  csv: saveCsv,
  print: () => window.print(),
};
for (const [id, act] of Object.entries(actions)) byId(id).addEventListener('click', act);
for (const one of document.querySelectorAll('[data-hops]')) one.addEventListener('click', () => focusOn(one.dataset.hops));
for (const one of document.querySelectorAll('[data-measure]')) {
  one.addEventListener('click', () => measureBy(one.dataset.measure));
}
for (const one of document.querySelectorAll('[data-colouring]')) {
  one.addEventListener('click', () => colourBy(one.dataset.colouring));
}
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', relight);

// The menu of what to take away closes when it has done its work.
byId('take').addEventListener('click', (event) => { if (event.target.closest('#take button')) byId('take').open = false; });
document.addEventListener('click', (event) => { if (!event.target.closest('#take')) byId('take').open = false; });

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') {
    if (byId('take').open) byId('take').open = false;
    else if (pathFrom) stopAsking();
    else select(null);
  }
  if (event.key === '/' && event.target !== search) {
    event.preventDefault();
    search.select();
  }
});

views.follow();
follow({ animation: false, first: true });
// Who comes without a term in mind begins by typing; not where a keyboard would cover the screen.
if (views.open === 'graph' && !state.selected && !matchMedia('(pointer: coarse), (max-width: 760px)').matches) {
  search.focus({ preventScroll: true });
}

window.kg = {
  /** Fulfilled when the picture has been drawn for the first time. */
  ready: new Promise((resolve) => { network.once('afterDrawing', () => resolve()); }),
  /** Selects the term that an IRI, a label or an alias names; null selects nothing. Gives whether it is there. */
  select(name) {
    const term = name === null ? null : find(name);
    if (name === null || term) select(term);
    return name === null || term !== null;
  },
  network,
  /** What Python wrote into the page, and the terms as plain values. */
  data,
  get terms() { return all.map(({ node, links, parts, wholes, ...term }) => ({ ...term, wholes: wholes.map(({ id }) => id) })); },
  /** What the takeaways write, as text, and the comparison of two years. */
  svg: svgOfShown,
  csv: csvOfShown,
  compare,
};
