/* The language of the interface. Every word of it stands in words.toml; what the texts say is not translated. */

const LANGUAGES = ['zh', 'en'];
let language = LANGUAGES[0];

const knowsWord = (name) => Object.hasOwn(data.words, name);

/** A word of the interface, with `{name}` replaced by a value. */
function word(name, values = {}) {
  const told = data.words[name][LANGUAGES.indexOf(language)];
  return told.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/** The name of one of a kind, as `role.slogan`; what has no name there is shown as it is. */
const named = (kind, one) => (knowsWord(`${kind}.${one}`) ? word(`${kind}.${one}`) : String(one));

const listed = (texts) => texts.join(word('text.comma'));

/** Years in words: each of a few, the first and the last of many. */
function inYearsOf(years) {
  if (years.length <= 6) return word('text.years-few', { years: listed(years) });
  return word('text.years-many', { first: years[0], last: years.at(-1), n: years.length });
}

/** Puts the words of the language into what stands in the page from the start. */
function speak(next) {
  language = next;
  document.documentElement.lang = word('text.lang');
  for (const place of document.querySelectorAll('[data-word]')) {
    place.textContent = word(place.dataset.word, place.dataset);
  }
  for (const attribute of ['title', 'aria-label', 'placeholder']) {
    const source = `data-word-${attribute}`;
    for (const place of document.querySelectorAll(`[${source}]`)) {
      place.setAttribute(attribute, word(place.getAttribute(source), place.dataset));
    }
  }
  views.speak();
}
