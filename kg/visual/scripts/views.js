/* Which view is open, and the address that says so: #view=reports&doc=…&at=…&term=…
   A term alone means the picture. This listens before the picture does, so that a link that leaves a view
   has left it when the picture selects the term; what the picture selects by itself stays in the view. */

const views = (() => {
  const root = document.documentElement;
  const panels = { graph: 'stage', reports: 'reports', years: 'lives', wording: 'revised', terms: 'glossary' };
  const own = ['view', 'doc', 'at']; // the rest of the address is the picture's
  const handlers = {}; // of each view: show(address), term(number), speak()
  const scrolled = {}; // how far each view is; on a phone all share one scroll bar
  const list = document.getElementById('views');
  const tabs = [...list.querySelectorAll('[data-view]')];
  const selected = { number: -1 }; // the place in the glossary of the term that is selected
  let open = null;

  /** The address as names and values; of a link that was cut within a character the rest is left. */
  function address(hash = location.hash) {
    const found = {};
    for (const pair of hash.slice(1).split('&').filter(Boolean)) {
      const [, name, value = ''] = /^([^=]*)=?(.*)$/s.exec(pair);
      try {
        found[name] = decodeURIComponent(value);
      } catch { /* not a value that this page wrote */ }
    }
    return found;
  }

  /** The view that an address means: one of its own, or one of which it names an element. */
  function viewOf(found) {
    if (found.view in panels) return document.getElementById(panels[found.view]) ? found.view : 'graph';
    const [first = ''] = Object.keys(found);
    const target = first && document.getElementById(first);
    const [view] = Object.entries(panels).find(([, id]) => target && target.closest(`#${id}`)) ?? ['graph'];
    return view;
  }

  /** The present address with another view, document and place in it. */
  function withView(view, { doc, at } = {}) {
    const kept = location.hash.slice(1).split('&')
      .filter((pair) => /=/.test(pair) && !own.includes(pair.split('=')[0]));
    const told = view === 'graph' ? [] : [`view=${view}`];
    if (doc !== undefined) told.push(`doc=${encodeURIComponent(doc)}`);
    if (at !== undefined) told.push(`at=${at}`);
    const pairs = [...told, ...kept];
    return pairs.length ? `#${pairs.join('&')}` : location.pathname + location.search;
  }

  /** Shows a view without telling the address. */
  function show(view) {
    if (view === open) return;
    const box = (name) => document.getElementById(panels[name]);
    if (open) scrolled[open] = [window.scrollY, box(open).scrollTop];
    open = view;
    root.dataset.view = view;
    for (const tab of tabs) {
      const here = tab.dataset.view === view;
      tab.setAttribute('aria-selected', String(here));
      tab.tabIndex = here ? 0 : -1;
    }
    const [page, inside] = scrolled[view] ?? [0, 0];
    window.scrollTo(0, page);
    box(view).scrollTop = inside;
  }

  /** Opens what the address says. */
  function follow() {
    const found = address();
    show(viewOf(found));
    handlers[open]?.show?.(found);
  }

  /** Opens a view at a place and writes it into the address, as a new step or in place of the present one. */
  function go(view, place = {}, { replace = false } = {}) {
    history[replace ? 'replaceState' : 'pushState'](null, '', withView(view, place));
    follow();
  }

  /** Writes where the reader is, without moving. */
  const note = (view, place) => history.replaceState(null, '', withView(view, place));

  list.setAttribute('role', 'tablist');
  for (const tab of tabs) {
    tab.setAttribute('role', 'tab');
    tab.id = `tab-${tab.dataset.view}`;
    const panel = document.getElementById(panels[tab.dataset.view]);
    tab.setAttribute('aria-controls', panel.id);
    if (tab.dataset.view !== 'graph') panel.setAttribute('role', 'tabpanel');
    tab.addEventListener('click', (event) => {
      event.preventDefault();
      if (tab.dataset.view !== open) go(tab.dataset.view);
    });
  }
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const at = tabs.indexOf(document.activeElement);
    const next = Number.isFinite(step) ? (at + step + tabs.length) % tabs.length : step < 0 ? 0 : tabs.length - 1;
    tabs[next].focus();
    tabs[next].click();
  });

  window.addEventListener('hashchange', follow);
  window.addEventListener('popstate', () => { if (viewOf(address()) !== open) follow(); });
  document.addEventListener('kg-select', ({ detail }) => {
    selected.number = detail;
    // A selection that the picture wrote into the address by itself, from the search box say, stays in this view.
    if (open !== 'graph' && viewOf(address()) === 'graph') note(open, handlers[open]?.place?.() ?? {});
    handlers[open]?.term?.(detail);
  });

  return {
    /** Tells a view what happens to it: show(address), term(number), speak(), and asks for its place(). */
    on(view, handler) {
      handlers[view] = handler;
      if (view === open) handler.show?.(address());
    },
    follow, go, note, selected,
    /** The interface has changed its language. */
    speak() { for (const { speak } of Object.values(handlers)) speak?.(); },
    get open() { return open; },
  };
})();
