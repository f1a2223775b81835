/* Years as bars: every year on the axis, gaps shown, digests hatched because they are not counted. */

const HEIGHT = 48; // of the tallest bar, in pixels
const isLong = () => axis.length > 16; // then there is no room for numbers, nor for the name of each year

const rate = (number) => (number >= 10 ? String(Math.round(number)) : number.toFixed(1));

function bar(share, kind = '') {
  const made = element('span', { class: `bar ${kind}` });
  made.style.height = `${Math.max(share > 0 ? 2 : 0, Math.round(HEIGHT * share))}px`;
  return made;
}

/** What stands below a column: the year; of a few its last digits, of many only the decade. */
function yearLabel(year) {
  const text = isLong() ? (year % 10 ? '\u00a0' : year) : axis.length > 6 ? String(year).slice(2) : year;
  return element('span', { class: 'year' }, String(text));
}

const chart = (columns) => element('ol', { class: isLong() ? 'chart long' : 'chart' }, columns);

/** A column of a chart: `{ number, told, bars }` of a year; with `act` it is a button. */
function column(year, { number, told, bars, kind = null }, act) {
  const said = word('chart.year', { year, told });
  const inside = [element('span', { class: 'number' }, number), ...bars.filter(Boolean), yearLabel(year)];
  if (!act) return element('li', { class: kind, title: said, 'aria-label': said }, inside);
  const made = element('button', {
    type: 'button', class: kind, title: `${said} ${word('filter.how')}`, 'aria-label': said, 'data-year': year,
    'aria-pressed': String(state.years.has(year)),
  }, inside);
  onToggle(made, act.toggle, act.only);
  return element('li', {}, made);
}

/** What a year says of a term: its counts, or why there is none. */
function yearOf(term, year, most) {
  const entry = term.years.find((one) => one.year === year);
  const per10k = state.measure === 'per10k';
  const value = entry && (per10k ? entry.per10k : entry.body + entry.box);
  if (entry && entry.body + entry.box > 0) {
    const share = value / most;
    const boxShare = share * entry.box / (entry.body + entry.box);
    return {
      number: per10k ? rate(value) : String(value),
      told: word('chart.counts', entry),
      bars: [entry.box > 0 && bar(boxShare, 'box'), entry.body > 0 && bar(share - boxShare)],
    };
  }
  if (entry?.state === 'listed') {
    return { number: word('chart.listed-sign'), told: word('chart.listed'), bars: [bar(0.25, 'parts')], kind: 'parts' };
  }
  if (entry?.digest) {
    return { number: word('chart.digest-sign'), told: word('chart.digest'), bars: [bar(1 / 3)], kind: 'digest' };
  }
  if (entry) return { number: word('chart.otherwise-sign'), told: word('chart.otherwise'), bars: [bar(0.25, 'parts')], kind: 'parts' };
  if (documentsOf(year).length === 0) return { number: '–', told: word('chart.nothing'), bars: [], kind: 'gap' };
  if (onlyDigests(year)) return { number: '–', told: word('chart.not-in-digest'), bars: [] };
  return term.unknown.includes(year)
    ? { number: '?', told: word('chart.unknown'), bars: [] }
    : { number: '0', told: word('chart.absent'), bars: [] };
}

/** When a term is said; of one that is only listed, the years of the definitions that list it. */
function chartOf(term) {
  if (term.years.length === 0) {
    return term.seen.length ? element('p', {}, word('chart.only-listed', { years: inYearsOf(term.seen) })) : null;
  }
  const value = ({ body, box, per10k }) => (state.measure === 'per10k' ? per10k : body + box);
  const most = Math.max(...term.years.map(value)) || 1;
  return element('figure', {},
    chart(axis.map((year) => column(year, yearOf(term, year, most)))),
    element('figcaption', { class: 'key' }, word('chart.key')));
}

/** All mentions of a year, counted or for every 10,000 characters; a digest only says how many terms it has. */
function totalsOf(year) {
  const entries = all.flatMap((term) => term.years.filter((entry) => entry.year === year));
  const full = fullTextsOf(year);
  const length = full.reduce((sum, doc) => sum + doc.length, 0);
  const body = entries.reduce((sum, entry) => sum + entry.body, 0);
  const box = entries.reduce((sum, entry) => sum + entry.box, 0);
  const each = (count) => (state.measure === 'per10k' ? count * 10000 / (length || 1) : count);
  return { body, box, value: each(body + box), each, terms: entries.length };
}

/** The chart of the whole, by which years are chosen. */
function chartOfAll(choose) {
  const totals = new Map(axis.map((year) => [year, totalsOf(year)]));
  const most = Math.max(1e-9, ...[...totals.values()].map(({ value }) => value));
  const columns = axis.map((year) => {
    const { body, box, value, each, terms: count } = totals.get(year);
    if (documentsOf(year).length === 0) {
      return column(year, { number: '–', told: word('chart.nothing'), bars: [], kind: 'gap' });
    }
    const shownAs = onlyDigests(year)
      ? { number: word('chart.digest-sign'), told: word('chart.digest-terms', { n: count }), bars: [bar(1 / 3)], kind: 'digest' }
      : {
        number: state.measure === 'per10k' ? rate(value) : String(value),
        told: word('chart.counts', { body, box }),
        bars: [box > 0 && bar(each(box) / most, 'box'), body > 0 && bar(each(body) / most)],
      };
    return column(year, shownAs, choose(year));
  });
  return chart(columns);
}
