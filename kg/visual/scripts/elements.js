/* Elements. Text of the data only ever becomes a text node or an attribute's value. */

const byId = (id) => document.getElementById(id);

/** An element. Children that are strings become text; null and false are left out. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined));
  return made;
}

const button = (text, act, attributes = {}) =>
  element('button', { type: 'button', onclick: act, ...attributes }, text);

/** Words of the texts: their language is Chinese, whatever that of the interface. */
const chinese = (tag, attributes, ...children) => element(tag, { lang: 'zh-Hans', ...attributes }, ...children);

const termButton = (term, text = term.label) =>
  button(text, () => select(term), { class: 'term', lang: 'zh-Hans' });

const termButtons = (those) => element('div', { class: 'terms' }, those.map((term) => termButton(term)));

/** A heading and what stands below it; nothing where there is nothing. */
function section(title, ...content) {
  return content.flat().some(Boolean) ? [element('h3', {}, title), ...content.flat()] : [];
}

/** A long list that shows its beginning; a button shows the rest. */
function beginning(made, few) {
  if (made.length <= few + 1) return made;
  const more = button(word('text.more', { n: made.length - few }), () => {
    more.replaceWith(...made.slice(few));
    (made[few].matches('button') ? made[few] : made[few].querySelector('button'))?.focus({ preventScroll: true });
  }, { class: 'more' });
  return [...made.slice(0, few), more];
}

/** A click means this one; with Shift, or twice, only this one: so it can be done by keyboard too. */
function onToggle(target, toggle, only) {
  target.addEventListener('click', (event) => (event.shiftKey ? only() : toggle()));
  target.addEventListener('dblclick', (event) => { if (!event.shiftKey) only(); });
}

/** Says something in passing, to eyes and to screen readers. */
function tell(text) {
  byId('told').textContent = text;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { byId('told').textContent = ''; }, 4000);
}
