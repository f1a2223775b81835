/* Years, types, colours and relations: legends that filter. */

/** After a filter changed: everything that shows the state shows it anew; the address follows. */
function refresh() {
  draw();
  showFilters();
  showCard();
}

function filtered() {
  remember();
  refresh();
}

/** Adds a value to a set or takes it out. */
function toggle(set, value) {
  if (!set.delete(value)) set.add(value);
}

/** Only this one; where it is the only one already, all of them again. */
function only(set, value, everything) {
  const next = set.size === 1 && set.has(value) ? everything : [value];
  set.clear();
  for (const one of next) set.add(one);
}

/** The two things that a legend's entry does. */
const choosing = (set, value, everything) => ({
  toggle: () => { toggle(set, value); filtered(); },
  only: () => { only(set, value, everything); filtered(); },
});

/** An entry of a legend: a sample, a name, a number. */
function entry(set, value, everything, { sample, name, number, attributes }) {
  const made = element('button', {
    type: 'button', 'aria-pressed': String(set.has(value)), title: `${name}\n${word('filter.how')}`, ...attributes,
  }, sample, element('span', { class: 'name' }, name), element('span', { class: 'number' }, String(number)));
  const act = choosing(set, value, everything);
  onToggle(made, act.toggle, act.only);
  return made;
}

/** Draws the filters anew and keeps the keyboard where it was. */
function showFilters() {
  const focus = document.activeElement?.closest('#filters') ? document.activeElement : null;
  const place = ['data-year', 'data-role', 'data-group', 'data-kind', 'data-measure', 'data-colouring']
    .map((name) => focus?.hasAttribute(name) && `#filters [${name}="${CSS.escape(focus.getAttribute(name))}"]`)
    .find(Boolean);
  const scrolled = byId('years').firstChild?.scrollLeft;
  byId('years').replaceChildren(chartOfAll((year) => choosing(state.years, year, [])));
  byId('years').firstChild.scrollLeft = scrolled ?? 1e6; // a long axis begins with its newest years
  byId('roles').replaceChildren(...roles.map(roleEntry));
  byId('groups').replaceChildren(...groupsOf(state.colouring).map(groupEntry));
  byId('relations').replaceChildren(...kinds.map(kindEntry));
  for (const one of document.querySelectorAll('[data-measure]')) {
    one.setAttribute('aria-pressed', String(one.dataset.measure === state.measure));
  }
  for (const one of document.querySelectorAll('[data-colouring]')) {
    one.setAttribute('aria-pressed', String(one.dataset.colouring === state.colouring));
  }
  for (const one of document.querySelectorAll('[data-hops]')) {
    one.setAttribute('aria-pressed', String(one.dataset.hops === state.hops));
  }
  byId('focus').hidden = !state.selected;
  if (place) document.querySelector(place)?.focus();
}

const roleEntry = (role) => entry(state.roles, role, roles, {
  sample: element('i', { class: `swatch ${role}` }),
  name: named('role', role),
  number: all.filter((term) => term.role === role).length,
  attributes: { 'data-role': role },
});

const groupEntry = (group) => entry(state.groups, group, groupsOf(state.colouring), {
  sample: element('i', { class: `swatch group-${group ?? 'none'}` }),
  name: group === null ? word(`filter.other-${state.colouring}`) : data.colours[state.colouring][group],
  number: all.filter((term) => groupOf(term) === group).length,
  attributes: { 'data-group': group ?? 'none' },
});

const kindEntry = (kind) => entry(state.relations, kind, kinds, {
  sample: lineSample(kind),
  name: named('relation', kind),
  number: data.edges.filter((edge) => edge.kind === kind).length,
  attributes: { 'data-kind': kind },
});

/** A piece of a line as the picture draws it. */
function lineSample(kind) {
  const { width, dashes, arrow } = lineOf(kind);
  const make = (tag, attributes) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const sample = make('svg', { class: 'line', viewBox: '0 0 24 10', width: 24, height: 10, 'aria-hidden': 'true' });
  sample.append(make('line', { x1: 0, y1: 5, x2: arrow ? 18 : 24, y2: 5, 'stroke-width': width, 'stroke-dasharray': (dashes || []).join(' ') }));
  if (arrow) sample.append(make('path', { d: 'M17 1 L24 5 L17 9 Z' }));
  return sample;
}

function clearFilters() {
  const { years, roles: types, relations: links } = defaults();
  Object.assign(state, { years, roles: types, relations: links, groups: new Set(groupsOf(state.colouring)) });
  filtered();
}

function colourBy(colouring) {
  state.colouring = colouring;
  state.groups = new Set(groupsOf(colouring));
  undress(); // every box gets another colour
  filtered();
}

function measureBy(measure) {
  state.measure = measure;
  filtered();
}

function focusOn(hops) {
  state.hops = hops;
  filtered();
  lookAtFocus();
}
