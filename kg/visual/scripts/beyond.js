/* Of very many mentions the page quotes the newest. The panel says how many more there are, and where. */

new MutationObserver(() => {
  const { label, unquoted } = state.selected ?? {};
  if (!unquoted || byId('unquoted')) return;
  const note = element('p', { class: 'key', id: 'unquoted' }, word('beyond.sentences', { n: unquoted, term: label }));
  const place = byId('sentences');
  if (place) place.after(note); else byId('card').append(note);
}).observe(byId('card'), { childList: true });
