/* The glossary from A to Z: its letters, its filter, its way to the printer. */
(() => {
  const MOST_YEARS = 5; // that are told one by one, as in glossary.html.jinja
  const glossary = byId('glossary');
  const letters = [...glossary.querySelectorAll('.letter')];
  let cards = null; // read when they are first sought

  function readCards() {
    cards = [...glossary.querySelectorAll('.letter li')].map((card) => {
      const syllables = (card.dataset.p ?? '').split(' ');
      return {
        card,
        text: folding(card.textContent),
        sound: folding(syllables.join('')),
        initials: folding(syllables.map((syllable) => syllable.slice(0, 1)).join('')),
        defined: card.querySelector('.said') !== null,
      };
    });
  }

  /** Shows the cards that have what is typed, in their words or at the beginning of their pinyin. */
  function sift() {
    if (!cards) readCards();
    const wanted = folding(byId('sift').value);
    const only = byId('defined').checked;
    let count = 0;
    for (const { card, text, sound, initials, defined } of cards) {
      card.hidden = !((!only || defined)
        && (text.includes(wanted) || sound.startsWith(wanted) || initials.startsWith(wanted)));
      if (!card.hidden) count += 1;
    }
    for (const letter of letters) {
      const empty = letter.querySelector('li:not([hidden])') === null;
      letter.hidden = empty;
      const link = glossary.querySelector(`.letters a[href="#${CSS.escape(letter.id)}"]`);
      if (empty) link?.setAttribute('aria-disabled', 'true');
      else link?.removeAttribute('aria-disabled');
    }
    byId('sifted').textContent = wanted || only ? word('filter.shown', { n: count, all: cards.length }) : '';
  }

  /** When a term is said, as the page has it in Chinese from the start. */
  function when({ years, count }) {
    if (years.length > MOST_YEARS) {
      return word('glossary.years', { first: years[0].year, last: years.at(-1).year, n: years.length, count });
    }
    return listed(years.map(({ year, digest, state: how, body, box }) => (
      digest ? word('glossary.digest', { year }) : how === 'listed' ? word('glossary.listed', { year })
        : body + box > 0 ? word('glossary.times', { year, n: body + box }) : String(year))));
  }

  function speak() {
    glossary.querySelectorAll('.letter li').forEach((card, number) => {
      const place = card.querySelector('.when');
      if (place) place.textContent = when(all[number]);
    });
    if (!cards) return;
    cards = null; // their words are others now
    sift();
  }

  function clear() {
    if (!byId('sift').value && !byId('defined').checked) return;
    byId('sift').value = '';
    byId('defined').checked = false;
    sift();
  }

  /** Brings a card into sight and points at it. */
  function point(number) {
    glossary.querySelector('.found')?.classList.remove('found');
    const card = byId(`t${number}`);
    if (!card) return;
    if (card.hidden) clear();
    card.classList.add('found');
    card.scrollIntoView({ block: 'center' });
  }

  byId('sift').addEventListener('input', (event) => { if (!event.isComposing) sift(); });
  byId('sift').addEventListener('compositionend', sift);
  byId('sift').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || !byId('sift').value) return;
    event.stopPropagation(); // the first Escape empties the box, the next one is the page's
    event.preventDefault();
    byId('sift').value = '';
    sift();
  });
  byId('defined').addEventListener('change', sift);
  byId('print-glossary').addEventListener('click', () => window.print());
  glossary.querySelector('.letters').addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (!link) return;
    event.preventDefault(); // the address is the views'
    byId(decodeURIComponent(link.hash.slice(1))).scrollIntoView();
  });

  glossary.addEventListener('click', (event) => {
    const link = event.target.closest('.letter a');
    const [, number] = /^#t(\d+)$/.exec(link?.hash ?? '') ?? [];
    if (number === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault(); // from card to card: the page selects the term, and this view shows it
    select(all[number]);
  });

  views.on('terms', {
    speak,
    show(found) {
      const [, number] = /^t(\d+)$/.exec(Object.keys(found)[0] ?? '') ?? [];
      if (number !== undefined || views.selected.number >= 0) point(number ?? views.selected.number);
    },
    term(number) { if (number >= 0) point(number); },
  });
})();
