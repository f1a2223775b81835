/* What is new in the newest year with a full text, and two years beside each other. */

const MOST_NEWS = 14;

/** Slogans first; what is only the component of others last, since a common word proves little. */
const NEWS_ORDER = ['slogan', 'candidate', 'component'];
const byNews = (one, other) =>
  NEWS_ORDER.indexOf(one.role) - NEWS_ORDER.indexOf(other.role) || other.count - one.count;

/** The terms of a year that no earlier full text says; what could be a homonym's is not called new. */
function newIn(year) {
  const before = fullYears.filter((other) => other < year);
  return all.filter((term) => saidIn(term, year)
    && !before.some((other) => saidIn(term, other) || openIn(term, other))).sort(byNews);
}

/** The terms of two years as `kg compare` tells them; the parts of what both define, where they differ. */
function compare(old, recent) {
  const [before, after] = [old, recent].map((year) => all.filter((term) => saidIn(term, year)));
  const partsIn = (term, year) => new Set(term.definitions
    .filter((definition) => definition.year === year)
    .flatMap((definition) => definition.components.map(({ text }) => text)));
  return {
    came: after.filter((term) => !before.includes(term) && !openIn(term, old)).sort(byNews),
    went: before.filter((term) => !after.includes(term) && !openIn(term, recent)).sort(byNews),
    kept: before.filter((term) => after.includes(term)).sort(byNews),
    redefined: all.flatMap((term) => {
      const [one, other] = [partsIn(term, old), partsIn(term, recent)];
      if (one.size === 0 || other.size === 0 || sameSet(one, other)) return [];
      return [{ term, added: [...other].filter((part) => !one.has(part)), dropped: [...one].filter((part) => !other.has(part)) }];
    }),
  };
}

function showNews() {
  byId('news').replaceChildren(...newsOfYear(), ...comparison());
}

function newsOfYear() {
  const year = fullYears.at(-1);
  if (year === undefined) return [];
  const before = fullYears.slice(0, -1);
  const later = axis.filter((other) => other > year && onlyDigests(other));
  const found = newIn(year);
  const told = before.length
    ? word('news.against', { n: found.length, years: inYearsOf(before) }) : word('news.only-year', { n: found.length });
  const hint = later.length ? word('news.digests', { years: inYearsOf(later) }) : '';
  return [
    element('h2', {}, word('news.title', { year })),
    element('p', { class: 'hint' }, told, ' ', hint),
    element('div', { class: 'terms' }, beginning(found.map((term) => termButton(term)), MOST_NEWS)),
  ];
}

/** Two years to choose, and what came, went, stayed and was redefined between them. */
function comparison() {
  if (fullYears.length < 2 && axis.length < 2) return [];
  const chosen = state.compared ?? [fullYears.at(-2) ?? axis[0], fullYears.at(-1) ?? axis.at(-1)];
  const choice = (at) => {
    const made = element('select', { id: `compare-${at}`, 'aria-label': word(`compare.year-${at}`) },
      axis.map((year) => element('option', { value: year, selected: chosen[at] === year && 'selected' }, String(year))));
    made.addEventListener('change', () => {
      state.compared = chosen.map((year, place) => (place === at ? Number(made.value) : year));
      remember();
      showNews();
      byId(`compare-${at}`).focus();
    });
    return made;
  };
  return [
    element('h2', {}, word('compare.title')),
    element('p', { class: 'years' }, choice(0), ' → ', choice(1)),
    element('div', { id: 'compared', 'aria-live': 'polite' }, comparedYears(...chosen)),
  ];
}

function comparedYears(old, recent) {
  const poor = [...new Set([old, recent])].filter((year) => fullTextsOf(year).length === 0);
  if (poor.length) {
    return [element('p', { class: 'notice' },
      word('compare.refused', { years: inYearsOf(poor), known: fullYears.length ? inYearsOf(fullYears) : '–' }))];
  }
  const { redefined, ...groups } = compare(old, recent);
  const opened = (name, number, content) => element('details', { 'data-compared': name },
    element('summary', {}, word(`compare.${name}`), ' ', element('span', { class: 'number' }, String(number))), content);
  return [
    ...Object.entries(groups).map(([name, those]) => opened(name, those.length, termButtons(those))),
    opened('redefined', redefined.length, redefined.map((one) => element('div', { class: 'relation' },
      termButton(one.term), change('added', one), change('dropped', one)))),
  ];
}
