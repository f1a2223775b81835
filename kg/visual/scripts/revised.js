/* What changed from report to report: one pair is open, and the address says which. */

(() => {
  const revised = byId('revised');
  if (!revised) return; // no two reports of an issuer, or nothing changed

  const choice = byId('revised-pair');
  const pairs = [...revised.querySelectorAll('.pair')];

  function open(id) {
    const pair = pairs.find((one) => one.dataset.pair === id) ?? pairs[0];
    for (const one of pairs) one.hidden = one !== pair;
    choice.value = pair.dataset.pair;
  }

  choice.addEventListener('change', () => {
    views.go('wording', { doc: choice.value });
    revised.scrollTop = 0;
  });
  open();
  views.on('wording', {
    show: ({ doc }) => open(doc),
    place: () => ({ doc: choice.value }),
  });
})();
