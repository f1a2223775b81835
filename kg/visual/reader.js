/* The reports as one reads them: a tap on a mark says what the term means; from mention to mention of a term;
   a sentence with its source. Offsets are code points of the text of record, JavaScript counts in UTF-16 units:
   wherever an offset meets a string, the string is spread into code points first. */
'use strict';

(() => {
  const byId = (id) => document.getElementById(id);
  const reports = byId('reports');
  if (!reports) return; // no texts were given

  const kinds = reports.dataset.kinds.split('|');
  const docs = [...reports.querySelectorAll('.report')].map((article) => ({
    article,
    id: article.dataset.doc,
    title: article.getAttribute('aria-label'),
    year: Number(article.dataset.year) || null,
    headings: JSON.parse(article.dataset.headings)
      .map(([start, length, level, until]) => ({ start, length, level, until })),
    mentions: JSON.parse(article.dataset.mentions)
      .map(([start, length, kind, ...terms], number) => ({ number, start, end: start + length, kind, terms })),
  }));
  const narrow = matchMedia('(max-width: 760px)');
  let doc = docs[0];
  let current = null; // the mention at which the reader is
  let spot = null; // or the place, where it is no mention
  let followed = -1; // the term whose mentions are counted

  const make = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  // ---- where things stand ----------------------------------------------------------------------

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

  // ---- showing -----------------------------------------------------------------------------------

  function openDoc(one) {
    doc = one;
    byId('doc').value = one.id;
    for (const { article } of docs) article.hidden = article !== one.article;
    const outline = one.article.querySelector('.outline ol');
    if (outline.childElementCount > 0) return;
    outline.append(...one.headings.map((heading) => make('li', { class: `level-${Math.min(heading.level, 4)}` },
      make('a', { href: `#d${docs.indexOf(one)}-${heading.start}`, 'data-place': heading.start }, nameOf(one, heading)))));
  }

  /** Marks the place and the mentions of the term that is followed, and says which of them it is. */
  function dress() {
    for (const mark of reports.querySelectorAll('.here, .followed')) mark.classList.remove('here', 'followed');
    const every = mentionsOf(followed);
    for (const { one, mention } of every.filter((each) => each.one === doc)) {
      for (const mark of marksOf(one, mention)) mark.classList.add('followed');
    }
    if (current) for (const mark of marksOf(doc, current)) mark.classList.add('here');
    else if (spot !== null) blockAt(doc, spot)?.block.classList.add('here');
    const place = every.findIndex(({ one, mention }) => one === doc && mention === current);
    byId('follow').hidden = followed < 0;
    byId('earlier').disabled = byId('later').disabled = every.length === 0;
    if (followed < 0) return;
    const here = every.filter(({ one }) => one === doc).length;
    byId('place').textContent = every.length === 0 ? `“${labelOf(followed)}”不见于所收全文`
      : `“${labelOf(followed)}”${place < 0 ? '' : `第 ${place + 1} / `}${every.length} 处（本文 ${here}）`;
  }

  const calm = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth');

  /** Goes to a mention; `quick` without a ride, where the text has only just been opened. */
  function reach(one, mention, { quick = one !== doc } = {}) {
    closeGloss();
    openDoc(one);
    [current, spot] = [mention, null];
    dress();
    const [mark] = marksOf(one, mention);
    mark?.scrollIntoView({ block: 'center', behavior: quick ? 'auto' : calm() });
    mark?.focus({ preventScroll: true });
    views.note('reports', place());
  }

  function place() {
    const at = current?.start ?? spot;
    return at === null ? { doc: doc.id } : { doc: doc.id, at };
  }

  /** The next mention of the term, or the one before: from document to document, and round. */
  function step(by) {
    const every = mentionsOf(followed);
    if (every.length === 0) return;
    const at = every.findIndex(({ one, mention }) => one === doc && mention === current);
    const first = every.findIndex(({ one }) => one === doc);
    const next = at >= 0 ? (at + by + every.length) % every.length : Math.max(0, first);
    reach(every[next].one, every[next].mention);
  }

  /** Opens an address: a document, and a place in it, be it a mention or not. */
  function show({ doc: id, at, ...more }) {
    closeGloss();
    followed = views.selected.number;
    const [target = ''] = Object.keys(more);
    const [, number, start] = /^d(\d+)-(\d+)$/.exec(target) ?? []; // a line of an outline, opened in a tab of its own
    const one = docs[number] ?? docs.find((each) => each.id === id);
    const offset = Number(start ?? at ?? NaN);
    if (!one || Number.isNaN(offset)) {
      if (one && one !== doc) {
        [current, spot] = [null, null];
        openDoc(one);
      }
      if (!one && followed >= 0 && !current?.terms.includes(followed)) step(0);
      dress();
      return views.note('reports', place());
    }
    const mention = mentionAt(one, offset, views.selected.number);
    if (mention) return reach(one, mention, { quick: true });
    openDoc(one);
    [current, spot] = [null, offset];
    dress();
    blockAt(one, offset)?.block.scrollIntoView({ block: start === undefined ? 'center' : 'start' });
  }

  // ---- what a mark means -------------------------------------------------------------------------

  const card = (number) => byId(`t${number}`); // the glossary has the words already
  const labelOf = (number) => card(number)?.querySelector('a').textContent ?? '';
  const gloss = make('div', { id: 'gloss', role: 'dialog', tabindex: '-1' });
  let opener = null;

  function explain(number, kind) {
    const told = card(number).querySelector('.said') ?? card(number).querySelector('.of');
    const link = make('a', { href: card(number).querySelector('a').hash, class: 'go' }, '在图谱中看 →');
    link.setAttribute('aria-label', `在图谱中看“${labelOf(number)}”`);
    const source = told?.querySelector('cite')?.textContent ?? '';
    const words = (told?.textContent ?? '').replace(source, '').trim();
    return [
      make('h3', {}, labelOf(number), ...(kinds[kind] ? [make('small', {}, kinds[kind])] : [])),
      make('p', { class: 'said' }, words),
      ...(source ? [make('cite', {}, source)] : []),
      make('p', { class: 'acts' }, link),
    ];
  }

  function openGloss(mark) {
    const mentions = mark.dataset.m.split(' ').map((number) => doc.mentions[number]);
    closeGloss();
    [current, spot] = [mentions[0], null];
    const close = make('button', { type: 'button', class: 'close', 'aria-label': '关闭 Close' }, '×');
    close.addEventListener('click', () => closeGloss({ back: true }));
    gloss.replaceChildren(close,
      ...mentions.flatMap(({ kind, terms }) => terms.flatMap((term) => explain(term, kind))));
    gloss.setAttribute('aria-label', labelOf(current.terms[0]));
    opener = mark;
    mark.closest('[data-at]').after(gloss);
    if (!narrow.matches) { // below the mark, within the column; on a phone at the foot of the screen
      const [column, line] = [gloss.offsetParent.getBoundingClientRect(), mark.getClientRects()[0]];
      gloss.style.top = `${line.bottom - column.top + 8}px`;
      gloss.style.left = `${Math.max(0, Math.min(line.left - column.left - 16, column.width - gloss.offsetWidth))}px`;
      gloss.scrollIntoView({ block: 'nearest' });
    }
    gloss.focus({ preventScroll: true });
    followed = current.terms[0];
    // The term is selected in the whole page, so that the picture and the address know it too.
    window.kg?.select(decodeURIComponent(card(followed).querySelector('a').hash.slice('#term='.length)));
    views.note('reports', place());
    dress();
  }

  function closeGloss({ back = false } = {}) {
    gloss.remove();
    gloss.removeAttribute('style');
    if (back) opener?.focus({ preventScroll: true });
    opener = null;
  }

  // ---- a quotation with its source ---------------------------------------------------------------

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

  // The panel's sentences stand in the texts already; they are read there when they are shown.
  views.sentence = (told, id) => {
    const one = docs.find((each) => each.id === id);
    if ('exact' in told || !one) return told;
    let read = null;
    const sentence = () => read ??= sentenceOf(one, one.mentions.find(({ start, kind }) => start === told.start && kind === 0));
    return {
      ...told,
      get left() { return [...sentence().left].slice(-FAR).join(''); },
      get exact() { return sentence().exact; },
      get right() { return [...sentence().right].slice(0, FAR).join(''); },
      get section() { return headingsOver(one, told.start) || null; },
    };
  };

  /** Words with their source: the reference of the document, the headings over them, and whose voice it is. */
  function quotation(words, one, offset) {
    const voice = blockAt(one, offset)?.block.closest('.box')?.dataset.voice;
    const where = [headingsOver(one, offset), voice].filter(Boolean).join('；');
    return `${words}\n——${one.article.dataset.citation}${where ? `（${where}）` : ''}`;
  }

  async function quote() {
    const chosen = getSelection();
    const within = !chosen.isCollapsed && chosen.anchorNode.parentElement?.closest('[data-at]');
    const text = within && doc.article.contains(within)
      ? quotation(chosen.toString().trim(), doc, Number(within.dataset.at))
      : current ? quotation(Object.values(sentenceOf(doc, current)).join(''), doc, current.start) : doc.article.dataset.citation;
    try {
      await navigator.clipboard.writeText(text);
      byId('copied').textContent = current || within ? '引文与出处已复制' : '出处已复制';
    } catch {
      byId('copied').textContent = '浏览器不许复制：请选中文字后按 Ctrl+C';
    }
    setTimeout(() => { byId('copied').textContent = ''; }, 4000);
  }

  // ---- what the reader does ----------------------------------------------------------------------

  reports.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
    const mark = event.target.closest('[data-m]');
    const line = event.target.closest('[data-place]');
    if (mark) {
      event.preventDefault();
      openGloss(mark);
    } else if (line) {
      event.preventDefault();
      [current, spot] = [null, null];
      closeGloss();
      dress();
      byId(decodeURIComponent(line.hash.slice(1)))?.scrollIntoView({ behavior: calm() });
      if (narrow.matches) line.closest('details').open = false;
      views.note('reports', { doc: doc.id, at: line.dataset.place });
    } else if (!event.target.closest('#gloss, .bar')) {
      closeGloss();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !gloss.isConnected) return;
    event.stopPropagation(); // the first Escape closes this, the next one is the page's
    closeGloss({ back: true });
  }, true);
  byId('earlier').addEventListener('click', () => step(-1));
  byId('later').addEventListener('click', () => step(1));
  byId('quote').addEventListener('click', quote);
  byId('doc').addEventListener('change', () => {
    const one = docs.find(({ id }) => id === byId('doc').value);
    [current, spot] = [null, null];
    views.go('reports', { doc: one.id });
    one.article.scrollIntoView();
  });
  if (narrow.matches) for (const outline of reports.querySelectorAll('.outline')) outline.open = false;

  openDoc(doc);
  views.on('reports', {
    show,
    place,
    term(number) {
      if (number === followed) return dress();
      followed = number;
      if (number < 0) closeGloss();
      if (number >= 0 && !current?.terms.includes(number)) return step(0);
      return dress();
    },
  });
})();
