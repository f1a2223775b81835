/* The address says what is chosen: a link to it shows the same. Nothing is stored anywhere else. */

/** The part of the address behind #, with what differs from the start. */
function addressOf({ selected = state.selected } = {}) {
  const start = defaults();
  const list = (values) => [...values].map((value) => encodeURIComponent(value)).join(',');
  const groupNames = [...state.groups].map((group) => (group === null ? '-' : data.colours[state.colouring][group]));
  const told = [
    selected && ['term', encodeURIComponent(selected.address)],
    state.years.size > 0 && ['year', list([...state.years].sort())],
    !sameSet(state.roles, start.roles) && ['type', list(state.roles)],
    !sameSet(state.relations, start.relations) && ['relation', list(state.relations)],
    state.colouring !== start.colouring && ['colour', state.colouring],
    state.groups.size < groupsOf(state.colouring).length && ['group', list(groupNames)],
    state.measure !== start.measure && ['measure', state.measure],
    state.hops !== start.hops && ['focus', state.hops],
    state.path && ['path', list([state.path[0], state.path.at(-1)].map((term) => term.address))],
    state.compared && ['compare', list(state.compared)],
    language !== LANGUAGES[0] && ['lang', language],
  ].filter(Boolean);
  return told.length ? `#${told.map((pair) => pair.join('=')).join('&')}` : '';
}

/** Writes the address; selecting a term is a step that the Back button takes back, filtering is none. */
function remember({ step = false } = {}) {
  const own = views.open === 'graph' ? [] : location.hash.slice(1).split('&').filter((pair) => /^(view|doc|at)=/.test(pair));
  const told = [...own, addressOf().slice(1)].filter(Boolean).join('&');
  const address = location.pathname + location.search + (told && `#${told}`);
  if (step) history.pushState(null, '', address);
  else history.replaceState(null, '', address);
}

/** The values of the address by name; one that was cut in the middle of a character is left out. */
function addressed() {
  const found = {};
  for (const pair of location.hash.slice(1).split('&')) {
    const [name, ...rest] = pair.split('=');
    try {
      if (rest.length) found[name] = rest.join('=').split(',').map(decodeURIComponent);
    } catch {
      // a link that lost its end on the way
    }
  }
  return found;
}

/** Takes from the address what is chosen there; what it does not know is as at the start. */
function obeyAddress() {
  const told = addressed();
  Object.assign(state, defaults());
  const chosen = (name, allowed) => (told[name] ? allowed.filter((value) => told[name].includes(String(value))) : null);
  state.years = new Set(chosen('year', axis) ?? []);
  state.roles = new Set(chosen('type', roles) ?? state.roles);
  state.relations = new Set(chosen('relation', kinds) ?? state.relations);
  state.colouring = chosen('colour', Object.keys(data.colours))?.[0] ?? state.colouring;
  const groups = groupsOf(state.colouring);
  state.groups = new Set(told.group
    ? groups.filter((group) => told.group.includes(group === null ? '-' : data.colours[state.colouring][group]))
    : groups);
  state.measure = chosen('measure', MEASURES)?.[0] ?? state.measure;
  state.hops = chosen('focus', HOPS)?.[0] ?? state.hops;
  state.compared = told.compare?.length === 2 ? told.compare.map(Number).filter((year) => axis.includes(year)) : null;
  if (state.compared?.length !== 2) state.compared = null;
  const ends = (told.path ?? []).map(find);
  state.path = ends.length === 2 && ends.every(Boolean) ? shortestPath(...ends) : null;
  const next = chosen('lang', LANGUAGES)?.[0] ?? LANGUAGES[0];
  if (next !== language) speak(next);
  return told.term ? find(told.term.join(',')) : null;
}
