/* Sentences with the term marked, and how to cite them. What is not known of a source stays unknown. */

const MOST_QUOTES = 6; // of a kind, before a button shows the rest

const titleOf = (number) => data.documents[number]?.title ?? '';

/** The reference of a document after GB/T 7714—2015, as Python wrote it: the reports show the same. */
const gbt7714 = ({ citation }) => citation;

/** The same as an entry of BibTeX, as Python wrote it. */
const bibtex = ({ bibtex: entry }) => entry;

/** Copies a text; where the browser has no clipboard for files, the old way. Says how it went. */
async function copy(text) {
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const holder = element('textarea', { class: 'holder', 'aria-hidden': 'true' });
    holder.value = text;
    document.body.append(holder);
    holder.select();
    done = document.execCommand('copy');
    holder.remove();
  }
  tell(word(done ? 'copy.done' : 'copy.failed'));
}

const periodOf = (covers) => (covers.length === 0 ? ''
  : covers.length === 1 ? String(covers[0]) : `${Math.min(...covers)}–${Math.max(...covers)}`);

const source = (...parts) => chinese('cite', {}, parts.filter(Boolean).join(' · '));

/** The buttons that copy a text with its source. */
function citing(text, number, place) {
  const doc = data.documents[number];
  if (!doc) return null;
  const quotation = `“${text}”${place ? `（${place}）` : ''}`;
  const copier = (name, cite) => button(name, () => copy(`${quotation}\n${cite(doc)}`),
    { 'aria-label': word('copy.quote', { style: name }), title: word('copy.quote', { style: name }) });
  return element('span', { class: 'citing' }, copier('GB/T 7714', gbt7714), copier('BibTeX', bibtex));
}

/** The link to a place in a text that the page has; what is chosen stays chosen. */
function inPlace(doc, start) {
  if (start === undefined || !data.texts.includes(doc?.id)) return null;
  const place = `#view=reports&doc=${encodeURIComponent(doc.id)}&at=${start}`;
  return element('a', { class: 'inplace', href: [place, addressOf().slice(1)].filter(Boolean).join('&') }, word('page.in-place'));
}

/** A mention with its sentence, where it stands, and what its section speaks of. */
function sentence({ left = '', exact, right = '', document: number, section: place, covers = [], kind, context, start }) {
  const heading = data.sections[place] ?? place ?? ''; // its number, or what the text itself says
  const doc = data.documents[number];
  const span = periodOf(covers);
  return element('blockquote', { class: 'sentence' },
    chinese('p', {}, left, element('mark', {}, exact), right),
    source(titleOf(number), heading, doc?.year, span && word('quote.period', { years: span }),
      context && context !== 'body' && named('context', context), kind && named('kind', kind),
      doc?.kind === 'abridgement' && word('quote.digest')),
    citing(`${left}${exact}${right}`, number, heading),
    inPlace(doc, start));
}

const quotes = (sentences) => beginning(sentences.map(sentence), MOST_QUOTES);
