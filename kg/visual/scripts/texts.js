/* The texts of record as they stand in the page, with the mentions and the headings in them. Offsets are code points
   of a text, JavaScript counts in UTF-16 units: wherever an offset meets a string, the string is spread into code
   points first. */

const KINDS_OF_MENTIONS = (byId('reports')?.dataset.kinds ?? '').split(' ');
const docs = [...document.querySelectorAll('#reports .report')].map((article) => ({
  article,
  id: article.dataset.doc,
  title: article.getAttribute('aria-label'),
  year: Number(article.dataset.year) || null,
  headings: JSON.parse(article.dataset.headings)
    .map(([start, length, level, until]) => ({ start, length, level, until })),
  mentions: JSON.parse(article.dataset.mentions)
    .map(([start, length, kind, ...terms], number) => ({ number, start, end: start + length, kind: KINDS_OF_MENTIONS[kind], terms })),
}));

const marksOf = (one, { number }) => [...one.article.querySelectorAll(`[data-m~="${number}"]`)];
const blocksOf = (one) => one.blocks ??= [...one.article.querySelectorAll('[data-at]')]
  .map((block) => ({ block, at: Number(block.dataset.at) }));

/** The last of ordered things that does not begin after an offset. */
function before(things, at, begin) {
  let [low, high] = [0, things.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (begin(things[middle]) <= at) low = middle + 1;
    else high = middle;
  }
  return things[low - 1] ?? null;
}
const blockAt = (one, offset) => before(blocksOf(one), offset, ({ at }) => at);

/** The mention at an offset: the one that begins there, else the shortest over it; of `term` where there is one. */
function mentionAt(one, offset, term) {
  const fit = (mention) => [!mention.terms.includes(term), mention.start !== offset, mention.end - mention.start];
  return one.mentions.filter(({ start, end }) => start <= offset && offset < end)
    .sort((a, b) => fit(a).map((value, at) => value - fit(b)[at]).find(Boolean) ?? 0)[0] ?? null;
}

/** Every mention of a term with its document, in the order of the page. */
const mentionsOf = (term) => term < 0 ? [] : docs.flatMap((one) =>
  one.mentions.filter(({ terms }) => terms.includes(term)).map((mention) => ({ one, mention })));

const SENTENCE_END = /[。！？!?][”’）)]*/gu;
const FAR = 120; // characters that the panel shows on each side of a mention at most, as the graph does

/** The sentence of a mention, from its block: what stands before it, the mention, and what follows. */
function sentenceOf(one, { start, end }) {
  const { block, at } = blockAt(one, start);
  const signs = [...block.textContent];
  const [from, to] = [start - at, Math.min(end - at, signs.length)];
  const [left, right] = [signs.slice(0, from).join(''), signs.slice(to).join('')];
  const last = [...left.matchAll(SENTENCE_END)].at(-1);
  const [first] = right.matchAll(SENTENCE_END);
  return {
    left: last ? left.slice(last.index + last[0].length) : left,
    exact: signs.slice(from, to).join(''),
    right: first ? right.slice(0, first.index + first[0].length) : right,
  };
}

/** The name of a heading, as the outline and a citation have it. */
function nameOf(one, { start, length }) {
  const { block, at } = blockAt(one, start);
  return [...block.textContent].slice(start - at, start - at + length).join('').replace(/[。：:]+$/, '');
}

/** The headings over an offset, from the outermost. */
const headingsOver = (one, offset) => one.headings
  .filter(({ start, until }) => start <= offset && offset < until).map((heading) => nameOf(one, heading)).join(' › ');

/** A sentence that is told by its place alone, read when it is shown; any other as it is. */
function sentenceAt(told, id, term, kind) {
  const one = docs.find((each) => each.id === id);
  if ('exact' in told || !one) return told;
  let read = null;
  const sentence = () => read ??= sentenceOf(one, one.mentions.find((mention) =>
    mention.start === told.start && mention.kind === kind && mention.terms.includes(term)));
  return {
    ...told,
    get left() { return [...sentence().left].slice(-FAR).join(''); },
    get exact() { return sentence().exact; },
    get right() { return [...sentence().right].slice(0, FAR).join(''); },
    get section() { return headingsOver(one, told.start) || null; },
  };
}
