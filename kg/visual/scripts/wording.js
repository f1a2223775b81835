/* Two reports side by side: sorts of change and of sentence are chosen, language and colours switched. */

const data = JSON.parse(byId('wording-data').textContent);
const isDark = () => matchMedia(byId('dark').media).matches;
const sayTheme = () => { byId('theme').textContent = word(isDark() ? 'page.light' : 'page.dark'); };
const views = { speak: sayTheme }; // what words.js tells when the language is another

/** A button says whether what it names is shown; with Shift, or twice, only that. */
function sift(buttons, show) {
  const press = (one, on) => {
    one.setAttribute('aria-pressed', String(on));
    show(one, on);
  };
  for (const one of buttons) {
    onToggle(one, () => press(one, one.getAttribute('aria-pressed') === 'false'),
      () => buttons.forEach((other) => press(other, other === one)));
  }
}

sift(document.querySelectorAll('[data-sift]'), (one, on) => {
  for (const change of document.querySelectorAll(`li[data-kind="${one.dataset.sift}"]`)) change.hidden = !on;
});
sift(document.querySelectorAll('[data-look]'), (one, on) => {
  for (const row of document.querySelectorAll(`.row.${one.dataset.look}`)) row.hidden = !on;
});

/** What a link leads to is shown, whatever was chosen or folded. */
function unfold() {
  const goal = location.hash && byId(location.hash.slice(1));
  if (!goal) return;
  goal.hidden = false;
  goal.closest('details')?.setAttribute('open', '');
  goal.scrollIntoView();
}
window.addEventListener('hashchange', unfold);
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link && link.hash === location.hash) unfold();
});

byId('language').addEventListener('click', () => speak(LANGUAGES[1 - LANGUAGES.indexOf(language)]));
byId('theme').addEventListener('click', () => {
  byId('dark').media = isDark() ? 'not all' : 'screen'; // paper is always light
  sayTheme();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', sayTheme);
sayTheme();
unfold();
