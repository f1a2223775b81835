'use strict';
/* What an annotated edition does: its notes fold, its interface speaks another language, its colours turn. */
(() => {
  const byId = (id) => document.getElementById(id);
  const words = JSON.parse(byId('words').textContent);
  const boxes = [...document.querySelectorAll('details.box')];
  let language = 0; // the place of the language in each word
  let folded = false;

  const word = (name, values) => words[name][language].replace(/\{([\w]+)\}/g, (_, key) => values[key] ?? '');
  const isDark = () => matchMedia(byId('dark').media).matches;

  function speak() {
    document.documentElement.lang = ['zh-Hans', 'en'][language];
    byId('fold').dataset.word = folded ? 'unfold' : 'fold';
    byId('theme').dataset.word = isDark() ? 'light' : 'dark';
    for (const place of document.querySelectorAll('[data-word]')) place.textContent = word(place.dataset.word, place.dataset);
    for (const place of document.querySelectorAll('[data-word-title]')) place.title = word(place.dataset.wordTitle, place.dataset);
  }

  function fold(next) {
    folded = next;
    for (const box of boxes) box.open = !folded;
    speak();
  }

  /** What a link leads to is opened before it is gone to. */
  function reveal() {
    const target = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    const box = target && target.closest('details');
    if (!box || box.open) return;
    box.open = true;
    target.scrollIntoView();
  }

  byId('fold').addEventListener('click', () => fold(!folded));
  byId('language').addEventListener('click', () => { language = 1 - language; speak(); });
  byId('theme').addEventListener('click', () => {
    byId('dark').media = isDark() ? 'not all' : 'screen'; // paper is always light
    speak();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', speak);
  addEventListener('hashchange', reveal);
  addEventListener('beforeprint', () => { for (const box of boxes) box.open = true; });
  document.querySelector('.menu').hidden = false;
  speak();
  reveal();
})();
