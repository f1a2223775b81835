/* The sheet of years: a term is its row, and a cell says in words what it shows by shape. */

(() => {
  const lives = byId('lives');
  if (!lives) return; // there are none
  const years = lives.querySelector('table').dataset.years.split(' ').map(Number);

  function point() {
    lives.querySelector('.found')?.classList.remove('found');
    const row = byId(`row-${views.selected.number}`);
    row?.classList.add('found');
    row?.scrollIntoView({ block: 'center' });
  }

  /** All that a cell shows: how the term stands in the year, and whether its life begins, pauses or ends there. */
  function wordsOf(cell, term) {
    const year = years[cell.cellIndex - 1];
    const look = cell.classList;
    const ends = ['birth', 'gap', 'death'].filter((sign) => look.contains(sign)).map((sign) => word(`sheet.${sign}`));
    return word('chart.year', { year, told: [yearOf(term, year, 1).told, ...ends].join(word('text.semicolon')) });
  }

  // Said when it is asked for: a long sheet has tens of thousands of cells.
  lives.addEventListener('mouseover', ({ target }) => {
    const cell = target.closest('tbody td:not(.links)');
    const number = cell && /^row-(\d+)$/.exec(cell.parentElement.id)?.[1];
    if (number) cell.title = wordsOf(cell, all[number]);
  });

  views.on('years', { show: point, term: point });
})();
