/* The reports as one reads them: a tap on a mark says what the term means; from mention to mention of a term;
   a sentence with its source. Where things stand in them is said by texts.js. */

(() => {
  const reports = byId('reports');
  if (!reports) return; // no texts were given

  const narrow = matchMedia('(max-width: 760px)');
  let doc = docs[0];
  let current = null; // the mention at which the reader is
  let spot = null; // or the place, where it is no mention
  let followed = -1; // the term whose mentions are counted

  // ---- showing -----------------------------------------------------------------------------------

  function openDoc(one) {
    doc = one;
    byId('doc').value = one.id;
    for (const { article } of docs) article.hidden = article !== one.article;
    byId('annotated').hidden = one.article.dataset.notes === '[]';
    annotate();
    const outline = one.article.querySelector('.outline ol');
    if (outline.childElementCount > 0) return;
    outline.append(...one.headings.map((heading) => element('li', { class: `level-${Math.min(heading.level, 4)}` },
      element('a', { href: `#d${docs.indexOf(one)}-${heading.start}`, 'data-place': heading.start }, nameOf(one, heading)))));
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
    const name = every.length === 0 ? 'report.nowhere' : place < 0 ? 'report.places' : 'report.place';
    byId('place').textContent = word(name, { term: labelOf(followed), n: place + 1, all: every.length, here });
  }

  const calm = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth');

  /** Goes to a mention; `quick` without a ride, where the text has only just been opened. */
  function reach(one, mention, { quick = one !== doc } = {}) {
    closeGloss();
    openDoc(one);
    [current, spot] = [mention, null];
    dress();
    const [mark] = marksOf(one, mention);
    if (mark?.closest('.box')) annotate(false); // the report's own boxes are hidden behind the notes
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
  const gloss = element('div', { id: 'gloss', role: 'dialog', tabindex: '-1' });
  let opener = null;

  function explain(number, kind) {
    const told = card(number).querySelector('.said') ?? card(number).querySelector('.of');
    const link = element('a', {
      href: card(number).querySelector('a').hash, class: 'go', 'aria-label': word('report.see-term', { term: labelOf(number) }),
    }, word('report.see'));
    const source = told?.querySelector('cite')?.textContent ?? '';
    const words = (told?.textContent ?? '').replace(source, '').trim();
    return [
      chinese('h3', {}, labelOf(number), kind !== 'core' && element('small', { lang: word('text.lang') }, named('kind', kind))),
      element('p', { class: 'said', lang: told?.matches('.said') && 'zh-Hans' }, words),
      source && chinese('cite', {}, source),
      element('p', { class: 'acts' }, link),
    ];
  }

  function openGloss(mark) {
    const mentions = mark.dataset.m.split(' ').map((number) => doc.mentions[number]);
    closeGloss();
    [current, spot] = [mentions[0], null];
    const close = element('button', { type: 'button', class: 'close', 'aria-label': word('card.close') }, '×');
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
    select(all[followed]);
    views.note('reports', place());
    dress();
  }

  function closeGloss({ back = false } = {}) {
    gloss.remove();
    gloss.removeAttribute('style');
    if (back) opener?.focus({ preventScroll: true });
    opener = null;
  }

  // ---- the annotated edition: what terms mean, behind the paragraphs that take them up ------------

  /** Of the definitions of a term the one for this report: its own, else the nearest in time. */
  function meaning(number) {
    const said = [...card(number).querySelectorAll('.said')];
    const far = (one) => {
      const source = one.querySelector('cite').textContent;
      const [, year] = /· (\d{4}) ·/.exec(source) ?? [];
      return source.startsWith(`${doc.title} ·`) ? -1 : Math.abs((Number(year) || 9999) - (doc.year ?? 9999));
    };
    return said.reduce((best, one) => (far(one) < far(best) ? one : best), said[0]);
  }

  function annotate(on = byId('annotated').getAttribute('aria-pressed') === 'true') {
    byId('annotated').setAttribute('aria-pressed', String(on));
    for (const { article } of docs) article.classList.toggle('annotated', on);
    if (!on || doc.noted) return;
    doc.noted = true;
    for (const [at, ...terms] of JSON.parse(doc.article.dataset.notes)) {
      const { block } = blockAt(doc, at);
      const told = terms.map((number) => {
        const words = meaning(number).cloneNode(true);
        words.prepend(element('b', {}, element('a', { href: card(number).querySelector('a').hash }, labelOf(number))), ' ');
        return words;
      });
      block.after(chinese('aside', { class: 'notes' }, told));
    }
  }

  // ---- a quotation with its source ---------------------------------------------------------------

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
      byId('copied').textContent = word(current || within ? 'report.copied' : 'report.copied-source');
    } catch {
      byId('copied').textContent = word('report.refused');
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
  byId('annotated').addEventListener('click', () => annotate(byId('annotated').getAttribute('aria-pressed') !== 'true'));
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
    speak() {
      closeGloss();
      dress();
    },
    term(number) {
      if (number === followed) return dress();
      followed = number;
      if (number < 0) closeGloss();
      if (number >= 0 && !current?.terms.includes(number)) return step(0);
      return dress();
    },
  });
})();
