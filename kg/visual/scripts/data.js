/* The terms, what links them, the documents and their years, as Python wrote them into the page: shortly. What
   packing.py left out is put back here, so that everything after this reads plain values. */

const data = JSON.parse(document.getElementById('graph-data').textContent);

// What is not said is empty.
const BLANK = {
  english: [], own: '', alt_labels: [], spellings: [], subjects: [], years: [], unknown: [], wholes: [], definitions: [], listings: [],
  sentences: [], references: [], open: [], pinyin: '', numeral: null, count: 0,
};
const NO_YEAR = { body: 0, box: 0, per10k: 0, listed: 0, digest: false };

for (const term of data.terms) term.id ??= data.base + term.label;
const idOf = (number) => data.terms[number].id;
data.edges.forEach((edge, id) => Object.assign(edge, { id, from: idOf(edge.from), to: idOf(edge.to) }));
data.nodes = data.nodes.map(({ id, label = data.terms[id].label, box: [x, y, width, height, size], colours, left }) => ({
  id: idOf(id), label, x, y, font: { size }, widthConstraint: { minimum: width }, heightConstraint: { minimum: height },
  colours: Object.fromEntries(Object.keys(data.colours).map((name, at) => [name, colours[at]])), left,
}));

/** A term with all that is said of it; a sentence of a text that the page has is read there. */
function unpacked(term, number) {
  const lists = (those = []) => those.map((one) => ({
    ...one,
    components: one.components.map(({ term: at, ...part }) =>
      (at === undefined ? part : { text: data.terms[at].label, ...part, iri: idOf(at) })),
  }));
  const sentences = (those = [], kind) => those.map((one) =>
    sentenceAt(one, data.documents[one.document].id, number, kind ?? one.kind));
  const years = (term.years ?? []).map((year) => ({ ...NO_YEAR, ...year }));
  return {
    ...BLANK, address: term.label, seen: years.map(({ year }) => year), ...term, years, links: [],
    definitions: lists(term.definitions), listings: lists(term.listings),
    sentences: sentences(term.sentences, 'core'), references: sentences(term.references), open: sentences(term.open, 'open'),
    wholes: (term.wholes ?? []).map(idOf),
  };
}
const terms = new Map(data.terms.map((term, number) => [term.id, unpacked(term, number)]));
const all = [...terms.values()];

const PARTS = ['component', 'listed']; // the kinds of links that make a star
for (const node of data.nodes) terms.get(node.id).node = node;
for (const edge of data.edges) {
  const [one, other] = [terms.get(edge.from), terms.get(edge.to)];
  one.links.push({ ...edge, edge, other, forward: true });
  if (one !== other) other.links.push({ ...edge, edge, other: one, forward: false });
}
for (const term of all) {
  term.wholes = term.wholes.map((id) => terms.get(id));
  term.parts = [...new Set(
    term.links.filter(({ kind, forward }) => forward && PARTS.includes(kind)).map(({ other }) => other))];
}

// ---- years -------------------------------------------------------------------------------------

const known = [...data.documents.map((doc) => doc.year), ...all.flatMap((term) => term.seen)]
  .filter(Number.isInteger);
const axis = known.length === 0 ? []
  : Array.from({ length: Math.max(...known) - Math.min(...known) + 1 }, (_, index) => Math.min(...known) + index);

const documentsOf = (year) => data.documents.filter((doc) => doc.year === year);
const fullTextsOf = (year) => documentsOf(year).filter((doc) => doc.kind !== 'abridgement');
const onlyDigests = (year) => documentsOf(year).length > 0 && fullTextsOf(year).length === 0;
const fullYears = axis.filter((year) => fullTextsOf(year).length > 0);

/** How a term stands in a year: named, named-with-parts, listed, digest, absent or unknown. */
function presence(term, year) {
  const entry = term.years.find((one) => one.year === year);
  if (entry) return entry.digest ? 'digest' : entry.state;
  return fullTextsOf(year).length === 0 || term.unknown.includes(year) ? 'unknown' : 'absent';
}

/** Whether a full text of the year has the term: named, or all its parts listed. */
const saidIn = (term, year) => ['named', 'named-with-parts', 'listed'].includes(presence(term, year));

/** Whether the name stands in the year where it could be a homonym's. */
const openIn = (term, year) => term.open.some((sentence) => data.documents[sentence.document]?.year === year);

// ---- names -------------------------------------------------------------------------------------

/** A text as it is compared: without width, case, accents, spaces, quotes and other punctuation. */
function folding(text) {
  return text.normalize('NFKD').toLowerCase().replace(/[\s\p{M}\p{P}]/gu, '');
}

/** The term that an IRI, a label, an alias or an address means. */
function find(name) {
  const wanted = folding(name);
  return terms.get(name)
    ?? all.find((term) => term.address === name)
    ?? all.find((term) => [term.label, ...term.english, ...term.alt_labels].some((label) => folding(label) === wanted))
    ?? null;
}
