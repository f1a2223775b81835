/* What the page does. Text of the data only ever becomes a text node or an attribute's value;
   colours come from page.css; places from Python. */
'use strict';

(() => {
  const MOST_HITS = 30;
  const READABLE_SCALE = 0.38; // below it a slogan's letters are too small
  const RADIUS = 4; // of a box's corners; vis-network adds it to the box, so it stays below half a gap
  const CLOSE_SCALE = 1; // a star is not blown up further than this

  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId('graph-data').textContent);

  // ---- terms and their relations -----------------------------------------------------------

  const terms = new Map(data.terms.map((term) => [term.id, { ...term, parts: [], near: new Set() }]));
  for (const node of data.nodes) terms.get(node.id).node = node;
  for (const { from, to, kind } of data.edges) {
    const [one, other] = [terms.get(from), terms.get(to)];
    one.near.add(other);
    other.near.add(one);
    if (kind === 'component' && !one.parts.includes(other)) one.parts.push(other);
  }
  for (const term of terms.values()) term.wholes = term.wholes.map((id) => terms.get(id));
  const all = [...terms.values()];
  const titles = new Map(data.documents.map(({ id, title }) => [id, title]));

  const years = [...new Set([...data.documents.map((doc) => doc.year), ...all.flatMap((term) => term.seen)])]
    .filter(Number.isInteger).sort((a, b) => a - b);
  const documentsOf = (year) => data.documents.filter((doc) => doc.year === year);
  const onlyDigests = (year) =>
    documentsOf(year).length > 0 && documentsOf(year).every((doc) => doc.kind === 'abridgement');

  const state = {
    selected: null,
    years: new Set(), // none chosen: all years
    roles: new Set(data.crowded ? ['slogan'] : ['slogan', 'component']), // in a crowd components are folded
  };

  const inYears = (term) => state.years.size === 0 || term.seen.some((year) => state.years.has(year));

  /** The terms that selecting one brings to light, whatever their role: its star, or the stars it is in. */
  function unfolded() {
    const term = state.selected;
    if (!term) return new Set();
    return new Set([term, ...term.near, ...term.wholes.flatMap((whole) => whole.parts)]);
  }

  function shownTerms() {
    const open = unfolded();
    return new Set(all.filter((term) => inYears(term) && (state.roles.has(term.role) || open.has(term))));
  }

  // ---- elements ------------------------------------------------------------------------------

  /** An element. Children that are strings become text; null and false are left out. */
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
      else if (value !== null && value !== false) made.setAttribute(name, value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== false));
    return made;
  }

  const button = (text, act, attributes = {}) =>
    element('button', { type: 'button', onclick: act, ...attributes }, text);

  const termButton = (term, text = term.label) => button(text, () => select(term), { class: 'term' });

  // ---- the picture ---------------------------------------------------------------------------

  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const options = JSON.parse(data.options);
  const colours = {};

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    const names = ['ground', 'surface', 'ink', 'quiet', 'dim-fill', 'dim-line', 'dim-ink', 'font'];
    for (const name of names) colours[name] = style.getPropertyValue(`--${name}`).trim();
    colours.community = (number) => ({
      fill: style.getPropertyValue(`--fill-${number ?? 'none'}`).trim(),
      line: style.getPropertyValue(`--line-${number ?? 'none'}`).trim(),
    });
  }

  /** How a term stands in the picture: "hidden", "plain", "dim" or "selected". */
  function standing(term, shown) {
    if (!shown.has(term)) return 'hidden';
    if (!state.selected) return 'plain';
    if (term === state.selected) return 'selected';
    return state.selected.near.has(term) ? 'plain' : 'dim';
  }

  function dressedNode(term, stands) {
    if (stands === 'hidden') return { id: term.id, hidden: true };
    const { fill, line } = colours.community(term.node.colour);
    const filled = term.role === 'slogan';
    const dim = stands === 'dim';
    return {
      id: term.id,
      hidden: false,
      borderWidth: stands === 'selected' ? 3 : 1.5,
      color: dim
        ? { background: filled ? colours['dim-fill'] : colours.ground, border: colours['dim-line'] }
        : {
            background: filled ? fill : colours.surface,
            border: stands === 'selected' ? colours.ink : line,
          },
      font: {
        size: term.node.font.size,
        face: colours.font,
        color: dim ? colours['dim-ink'] : filled ? '#ffffff' : colours.ink,
      },
      shapeProperties: { borderDashes: term.role === 'candidate' ? [5, 4] : false, borderRadius: RADIUS },
    };
  }

  function dressedEdge({ id, from, to, kind }) {
    const [one, other] = [terms.get(from), terms.get(to)];
    const touched = one === state.selected || other === state.selected;
    const component = kind === 'component';
    return {
      id,
      width: touched ? 2 : 1,
      dashes: component ? false : [4, 4],
      color: {
        color: state.selected && !touched ? colours['dim-line'] : colours.community(one.node.colour).line,
        opacity: touched ? 0.9 : component ? 0.55 : 0.45,
      },
    };
  }

  const network = new vis.Network(byId('graph'), { nodes, edges }, options);
  const canvas = byId('graph').firstElementChild;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', '术语图：全部术语也列在旁边的列表里；方向键移动，加减号缩放');

  let dressed = new Map(); // how each term was dressed last, so that only changes are drawn
  let shown = new Set();
  let rays = []; // what is folded away: `[component, slogan]` for each slogan in sight

  /** Brings the picture up to date with the state: one update of the nodes, one of the edges. */
  function draw() {
    shown = shownTerms();
    const changed = all.filter((term) => dressed.get(term) !== standing(term, shown));
    for (const term of changed) dressed.set(term, standing(term, shown));
    nodes.update(changed.map((term) => dressedNode(term, dressed.get(term))));
    edges.update(data.edges.map(dressedEdge));
    rays = all.filter((term) => term.role === 'component' && !shown.has(term) && inYears(term))
      .flatMap((term) => term.wholes.filter((whole) => shown.has(whole)).map((whole) => [term, whole]));
    byId('dots').hidden = rays.length === 0;
    byId('tally').textContent = `显示 ${shown.size} / ${all.length}`;
    byId('clear').hidden = state.years.size === 0;
  }

  function paint() {
    readColours();
    dressed = new Map();
    draw();
  }

  // A folded star still shows how many rays it has, and where they would be.
  network.on('beforeDrawing', (context) => {
    context.lineWidth = 1;
    for (const [term, whole] of rays) {
      const { line } = colours.community(whole.node.colour);
      context.strokeStyle = context.fillStyle = state.selected ? colours['dim-line'] : line;
      context.globalAlpha = 0.35;
      context.beginPath();
      context.moveTo(whole.node.x, whole.node.y);
      context.lineTo(term.node.x, term.node.y);
      context.stroke();
      context.globalAlpha = state.selected ? 0.7 : 0.6;
      context.beginPath();
      context.arc(term.node.x, term.node.y, 6, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  });

  const motion = () =>
    !matchMedia('(prefers-reduced-motion: reduce)').matches && { duration: 350, easingFunction: 'easeInOutQuad' };

  /** Moves the view so that it shows these terms, at a size between `smallest` and CLOSE_SCALE. */
  function look(at, { animation = motion(), smallest = 0 } = {}) {
    if (at.length === 0) return;
    const margin = 20;
    const frames = at.map((term) => {
      const { x, y, widthConstraint: { minimum: width }, heightConstraint: { minimum: height } } = term.node;
      return shown.has(term) ? [x - width / 2, y - height / 2, x + width / 2, y + height / 2] : [x, y, x, y];
    });
    const [left, top] = [0, 1].map((side) => Math.min(...frames.map((frame) => frame[side])));
    const [right, bottom] = [2, 3].map((side) => Math.max(...frames.map((frame) => frame[side])));
    const { clientWidth, clientHeight } = byId('graph');
    const fitting = Math.min(
      (clientWidth - 2 * margin) / (right - left), (clientHeight - 2 * margin) / (bottom - top), CLOSE_SCALE);
    network.moveTo({
      position: { x: (left + right) / 2, y: (top + bottom) / 2 },
      scale: Math.max(fitting, smallest),
      animation,
    });
  }

  /** Shows the whole picture: the terms that are drawn and the dots of those that are folded away. */
  const overview = (how) => look([...shown, ...rays.map(([term]) => term)], how);

  /** The term under a point of the canvas, or the folded one whose dot is there. */
  function termAt({ DOM, canvas: point }) {
    const id = network.getNodeAt(DOM);
    if (id !== undefined) return terms.get(id);
    const reach = Math.max(10, 12 / network.getScale());
    const hit = rays.find(([{ node }]) => Math.hypot(node.x - point.x, node.y - point.y) < reach);
    return hit ? hit[0] : null;
  }

  network.on('click', ({ pointer }) => select(termAt(pointer)));
  network.on('hoverNode', () => { canvas.style.cursor = 'pointer'; });
  network.on('blurNode', () => { canvas.style.cursor = ''; });

  // ---- selecting, and the address that says what is selected ---------------------------------

  /** The term that an IRI, a label, an alias or an address means. */
  function find(name) {
    const wanted = folding(name);
    return terms.get(name)
      ?? all.find((term) => term.address === name)
      ?? all.find((term) => [term.label, ...term.alt_labels].some((label) => folding(label) === wanted))
      ?? null;
  }

  /** Selects a term, or nothing; shows it in the panel and in the picture. */
  function select(term, { remember = true, animation = motion() } = {}) {
    const changed = term !== state.selected;
    if (changed) {
      state.selected = term;
      draw();
      showCard();
    }
    if (term) {
      look([term, ...term.near].filter((one) => shown.has(one)), { animation });
      if (matchMedia('(max-width: 760px)').matches) byId('stage').scrollIntoView();
    }
    if (changed && remember) {
      const here = location.pathname + location.search;
      history.pushState(null, '', term ? `#term=${encodeURIComponent(term.address)}` : here);
    }
  }

  function addressed() {
    const [, value] = /[#&]term=([^&]*)/.exec(location.hash) ?? [];
    try {
      return value ? find(decodeURIComponent(value)) : null;
    } catch {
      return null; // a link that was cut in the middle of a character
    }
  }

  window.addEventListener('hashchange', () => select(addressed(), { remember: false }));

  // ---- the panel -----------------------------------------------------------------------------

  const source = (...parts) => element('cite', {}, parts.filter(Boolean).join(' · '));

  function showCard() {
    const card = byId('card');
    const term = state.selected;
    card.hidden = !term;
    document.querySelector('#glossary a[aria-current]')?.removeAttribute('aria-current');
    if (!term) return card.replaceChildren();
    linkOf.get(term)?.setAttribute('aria-current', 'true');
    card.replaceChildren(...[
      element('div', { class: 'head' },
        element('h2', {}, term.label),
        button('×', () => select(null), { class: 'close', 'aria-label': '关闭，返回全图', title: '关闭（Esc）' })),
      facts(term),
      inYears(term) ? null : element('p', { class: 'notice' },
        '所选年份里没有这个术语，图中不显示。 ', button('清除筛选', clearYears)),
      ...definitions(term),
      ...section('年份', timeline(term)),
      ...section('属于', term.wholes.length > 0
        && element('div', { class: 'terms' }, term.wholes.map((whole) => termButton(whole)))),
      ...section(`原文（${term.sentences.length}）`, ...term.sentences.map(sentence)),
    ].filter(Boolean));
    byId('panel').scrollTop = 0;
  }

  function section(title, ...content) {
    return content.some(Boolean) ? [element('h3', {}, title), ...content] : [];
  }

  function facts(term) {
    const inDigests = term.years.some(({ digest }) => digest);
    const count = term.count ? `出现 ${term.count} 次` : inDigests ? '只见于摘要' : '未计次数';
    const told = [data.roles[term.role] ?? term.role, count];
    if (term.alt_labels.length) told.push(`又称 ${term.alt_labels.join('、')}`);
    return element('ul', { class: 'facts' }, told.map((text) => element('li', {}, text)));
  }

  function definitions(term) {
    const own = term.definitions.map((definition, index) => {
      const list = (one) => one.components.map(({ text, group }) => `${group}/${text}`).join();
      const repeated = index > 0 && list(definition) === list(term.definitions[index - 1]);
      return element('div', { class: 'definition' },
        element('p', {}, definition.text),
        source(titles.get(definition.document), definition.year, data.voices[definition.voice] ?? definition.voice),
        repeated ? null : section(`包含（${definition.components.length}）`, components(definition)),
        agreement(definition));
    });
    if (own.length) return own;
    const glosses = term.wholes.flatMap((whole) => whole.definitions.flatMap((definition) =>
      definition.components.filter(({ iri, gloss }) => iri === term.id && gloss).map(({ gloss }) =>
        element('div', { class: 'definition' },
          element('p', {}, gloss), source(`“${whole.label}”的释义`, titles.get(definition.document), definition.year)))));
    return glosses.length ? glosses : [element('p', { class: 'missing' }, '来源未给出释义')];
  }

  /** The components of a definition, numbered through, each group under its name. */
  function components({ components: listed }) {
    if (listed.length === 0) return null;
    const plain = listed.every(({ gloss }) => !gloss);
    return element('ol', { class: plain ? 'components plain' : 'components' }, listed.flatMap((component, index) => {
      const term = terms.get(component.iri);
      const opens = component.group && component.group !== listed[index - 1]?.group;
      return [
        opens ? element('li', { class: 'group' }, component.group) : null,
        element('li', {}, element('div', {},
          term ? termButton(term, component.text) : component.text,
          component.gloss ? element('p', {}, component.gloss) : null)),
      ];
    }));
  }

  function agreement({ numeral, expected, agrees, components: listed }) {
    if (agrees === null || agrees === undefined) return null;
    const sum = String(numeral ?? '').includes('+') ? `${numeral} = ${expected}` : `${expected ?? numeral}`;
    return agrees
      ? element('p', { class: 'key' }, `数目相符：${sum} 项`)
      : element('p', { class: 'notice disagrees' }, `数目不符：名称说 ${sum} 项，文中列出 ${listed.length} 项`);
  }

  /** When a term is said: its counts, or, where nothing was counted, the definitions that list it. */
  function timeline(term) {
    if (term.years.length) return yearChart(term);
    return term.seen.length ? element('p', {}, `列于 ${term.seen.join('、')} 年的释义；未单独计次`) : null;
  }

  /** Counts per year: the report's text, above it the boxes, hatched where only a digest is known. */
  function yearChart(term) {
    const [first, last] = [years[0], years[years.length - 1]];
    const axis = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const counted = new Map(term.years.map((entry) => [entry.year, entry]));
    const most = Math.max(1, ...term.years.map(({ body, box }) => body + box));
    const everyFew = Math.ceil(axis.length / 8);
    const label = (year) => (axis.length > 6 ? `’${String(year).slice(2)}` : String(year));
    return element('figure', {},
      element('ol', { class: 'chart' }, axis.map((year, index) =>
        yearColumn(year, counted.get(year), most, index % everyFew ? '\u00a0' : label(year)))),
      element('figcaption', { class: 'key' }, '实色：正文；淡色：释义；斜纹：只见于摘要，不计次数'));
  }

  function yearColumn(year, { body = 0, box = 0, digest = false } = {}, most, label) {
    const bar = (count, kind = '') => {
      const made = element('span', { class: `bar ${kind}` });
      made.style.height = `${Math.round(48 * count / most)}px`;
      return made;
    };
    const column = (number, told, bars, kind = null) => {
      const said = `${year} 年：${told}`;
      return element('li', { class: kind, title: said, 'aria-label': said },
        number, bars, element('span', { class: 'year' }, label));
    };
    if (body || box) {
      return column(String(body + box), `正文 ${body} 次，释义 ${box} 次`,
        [box > 0 && bar(box, 'box'), body > 0 && bar(body)]);
    }
    if (digest) return column('摘', '见于摘要，不计次数', [bar(most / 3)], 'digest');
    if (documentsOf(year).length === 0) return column('–', '没有收录文献', []);
    return onlyDigests(year) ? column('–', '摘要中未见', []) : column('0', '未见', []);
  }

  function sentence({ left, exact, right, document: id, section: place, year, covers }) {
    const span = covers.length === 0 ? '' : covers.length === 1 ? `所述 ${covers[0]} 年`
      : `所述 ${Math.min(...covers)}–${Math.max(...covers)} 年`;
    return element('blockquote', { class: 'sentence' },
      element('p', {}, left, element('mark', {}, exact), right),
      source(titles.get(id), place, year, span));
  }

  // The list is in the page already; here its links learn which term they are.
  const linkOf = new Map();
  byId('glossary').querySelectorAll('li > a').forEach((link, index) => {
    linkOf.set(all[index], link);
    link.addEventListener('click', (event) => {
      event.preventDefault();
      select(all[index]);
    });
  });

  // ---- search --------------------------------------------------------------------------------

  /** A text as it is compared: without width, case, accents, spaces, quotes and other punctuation. */
  function folding(text) {
    return text.normalize('NFKD').toLowerCase().replace(/[\s\p{M}\p{P}]/gu, '');
  }

  const indexed = all.map((term) => ({
    term,
    label: folding(term.label),
    aliases: term.alt_labels.map(folding),
    pinyin: folding(term.pinyin),
    initials: term.pinyin.split(' ').map((syllable) => folding(syllable).slice(0, 1)).join(''),
    definition: folding(term.definitions.map(({ text }) => text).join('')),
  }));
  const roleOrder = Object.keys(data.roles);

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

  function hitsFor(text) {
    const wanted = folding(text);
    if (!wanted) return [];
    return indexed
      .map((entry) => ({ term: entry.term, step: rank(entry, wanted) }))
      .filter(({ step }) => step !== null)
      .sort((a, b) => a.step - b.step
        || roleOrder.indexOf(a.term.role) - roleOrder.indexOf(b.term.role)
        || b.term.count - a.term.count)
      .map(({ term }) => term);
  }

  const search = byId('search');
  const list = byId('hits');
  let hits = [];
  let active = -1;

  function showHits() {
    hits = hitsFor(search.value);
    active = hits.length ? 0 : -1;
    const offered = hits.slice(0, MOST_HITS).map((term, index) =>
      element('li', { id: `hit-${index}`, role: 'option', onclick: () => pick(index) },
        term.label,
        element('span', {}, term.definitions[0]?.text
          ?? (term.wholes.length ? `属于“${term.wholes[0].label}”` : '来源未给出释义'))));
    const left = hits.length - offered.length;
    if (left > 0) offered.push(element('li', { class: 'none' }, `还有 ${left} 个，请再输入几个字`));
    if (hits.length === 0) offered.push(element('li', { class: 'none' }, '没有找到'));
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
    search.value = hits[index].label;
    closeHits();
    select(hits[index]);
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

  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') select(null);
    if (event.key === '/' && event.target !== search) {
      event.preventDefault();
      search.select();
    }
  });

  // ---- filters and tools ---------------------------------------------------------------------

  /** Adds a value to a set or takes it out, and shows so on the button. */
  function toggle(set, value, pressed) {
    if (!set.delete(value)) set.add(value);
    pressed.setAttribute('aria-pressed', String(set.has(value)));
  }

  function filtered() {
    draw();
    showCard();
  }

  for (const role of document.querySelectorAll('[data-role]')) {
    role.setAttribute('aria-pressed', String(state.roles.has(role.dataset.role)));
    role.addEventListener('click', () => {
      toggle(state.roles, role.dataset.role, role);
      filtered();
    });
  }

  byId('years').append(...years.map((year) => {
    const digests = onlyDigests(year);
    const count = all.filter((term) => term.seen.includes(year)).length;
    const chosen = element('button', {
      type: 'button', 'data-year': year, 'aria-pressed': 'false',
      title: digests ? '这一年只有摘要：看得出提到了什么，不计次数' : '只看这一年；可以选几年',
    },
    element('i', { class: `swatch ${digests ? 'digest' : 'full'}` }), String(year), element('span', {}, String(count)));
    chosen.addEventListener('click', () => {
      toggle(state.years, year, chosen);
      filtered();
    });
    return chosen;
  }));

  function clearYears() {
    state.years.clear();
    for (const year of document.querySelectorAll('[data-year]')) year.setAttribute('aria-pressed', 'false');
    filtered();
  }
  byId('clear').addEventListener('click', clearYears);

  const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: motion() });
  byId('closer').addEventListener('click', () => zoom(1.4));
  byId('farther').addEventListener('click', () => zoom(1 / 1.4));
  byId('overview').addEventListener('click', () => overview());

  const night = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => matchMedia(byId('dark').media).matches;
  function relight() {
    byId('theme').textContent = isDark() ? '浅色' : '深色';
    paint();
  }
  byId('theme').addEventListener('click', () => {
    byId('dark').media = isDark() ? 'not all' : 'all';
    relight();
  });
  night.addEventListener('change', relight);

  // ---- start ---------------------------------------------------------------------------------

  relight();
  overview({ animation: false, smallest: READABLE_SCALE });
  select(addressed(), { remember: false, animation: false });

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
  };
})();
