/* What a reader takes away: a link, a picture, a table. */

/** Offers a file that was made here. */
function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = element('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** A file's name: the selected term or the title, without what file systems refuse. */
function fileName(ending) {
  const name = (state.selected?.label ?? document.title).replace(/[\\/:*?"<>|\s\p{Cc}]+/gu, '-').slice(0, 60);
  return `${name}.${ending}`;
}

const copyLink = () => copy(location.href.split('#')[0] + addressOf());

/** What is on the screen, on the ground of the page. */
function paintedView() {
  const sheet = element('canvas');
  const drawn = canvas.querySelector('canvas');
  [sheet.width, sheet.height] = [drawn.width, drawn.height];
  const context = sheet.getContext('2d');
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.drawImage(drawn, 0, 0);
  return sheet;
}

const savePng = () => paintedView().toBlob((blob) => download(fileName('png'), blob), 'image/png');

// ---- SVG ---------------------------------------------------------------------------------------

const LETTERS = 'Microsoft YaHei, PingFang SC, Noto Sans CJK SC, SimHei, sans-serif';

/** A text for XML: what could end it is escaped, what XML has no place for is left out. */
const forXml = (text) => String(text).replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
  .replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

const tag = (name, attributes, inside = '') => {
  const told = Object.entries(attributes).map(([key, value]) => ` ${key}="${forXml(value)}"`).join('');
  return inside === '' ? `<${name}${told}/>` : `<${name}${told}>${inside}</${name}>`;
};

/** Where the line from the middle of a box towards a point leaves the box. */
function edgeOfBox(term, { x, y }) {
  const { node } = term;
  const [dx, dy] = [x - node.x, y - node.y];
  const share = Math.min(1, (node.widthConstraint.minimum / 2) / Math.abs(dx || 1e-9),
    (node.heightConstraint.minimum / 2) / Math.abs(dy || 1e-9));
  return { x: node.x + dx * share, y: node.y + dy * share };
}

/** Everything that is shown, whole, as an SVG that Word opens: attributes only, no styles, no markers. */
function svgOfShown() {
  const focus = focused();
  const folded = rays.map(([term]) => term);
  const [left, top, right, bottom] = frameAround([...shown, ...folded]);
  const margin = 24;
  const [width, height] = [right - left + 2 * margin, bottom - top + 2 * margin];
  const lines = data.edges.filter(({ from, to }) => from !== to && shown.has(terms.get(from)) && shown.has(terms.get(to)))
    .flatMap((edge) => lineInSvg(edge, focus));
  const dots = rays.flatMap(([term, whole]) => {
    const colour = colourOf(groupOf(whole)).line;
    return [
      tag('line', { x1: whole.node.x, y1: whole.node.y, x2: term.node.x, y2: term.node.y, stroke: colour, 'stroke-opacity': 0.35 }),
      tag('circle', { cx: term.node.x, cy: term.node.y, r: 6, fill: colour, 'fill-opacity': 0.6 }),
    ];
  });
  const boxes = [...shown].flatMap((term) => boxInSvg(term, standing(term, focus)));
  const ground = tag('rect', { x: left - margin, y: top - margin, width, height, fill: colours.ground });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag('svg', {
    xmlns: 'http://www.w3.org/2000/svg', viewBox: [left - margin, top - margin, width, height].join(' '), width, height,
  }, ['', ground, ...dots, ...lines, ...boxes, ''].join('\n'))}\n`;
}

function lineInSvg(edge, focus) {
  const { hidden, width, color, opacity } = strand(edge, focus);
  if (hidden) return [];
  const { dashes, arrow } = lineOf(edge.kind);
  const [one, other] = [terms.get(edge.from), terms.get(edge.to)];
  const end = edgeOfBox(other, one.node);
  const drawn = [tag('line', {
    x1: one.node.x, y1: one.node.y, x2: end.x.toFixed(1), y2: end.y.toFixed(1), stroke: color, 'stroke-width': width,
    'stroke-opacity': opacity, ...(dashes ? { 'stroke-dasharray': dashes.join(' ') } : {}),
  })];
  if (arrow) {
    const angle = Math.atan2(end.y - one.node.y, end.x - one.node.x);
    const corner = (turn) => [Math.cos(angle + turn), Math.sin(angle + turn)];
    const points = [[0, 0], corner(2.7), corner(-2.7)]
      .map(([x, y]) => `${(end.x + 12 * x).toFixed(1)},${(end.y + 12 * y).toFixed(1)}`);
    drawn.push(tag('polygon', { points: points.join(' '), fill: color }));
  }
  return drawn;
}

function boxInSvg(term, stands) {
  const { node, role } = term;
  const { background, border, ink, borderWidth } = look(term, stands);
  const [x, y, right, bottom] = frameOf(term, false);
  const size = node.font.size;
  return [
    tag('rect', {
      x, y, width: right - x, height: bottom - y, rx: RADIUS, fill: background, stroke: border, 'stroke-width': borderWidth,
      ...(role === 'candidate' ? { 'stroke-dasharray': '5 4' } : {}),
    }),
    // The baseline is said outright: Word does not know how to centre on the height.
    tag('text', {
      x: node.x, y: (node.y + 0.36 * size).toFixed(1), 'text-anchor': 'middle', 'font-family': LETTERS, 'font-size': size,
      fill: ink,
    }, forXml(node.label)),
  ];
}

const saveSvg = () => download(fileName('svg'), new Blob([svgOfShown()], { type: 'image/svg+xml' }));

// ---- CSV ---------------------------------------------------------------------------------------

/** A cell of a table; one that a spreadsheet would take for a formula begins with an apostrophe. */
function cell(value) {
  const text = String(value ?? '');
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** The terms that are shown, in the order of the list, as a table that spreadsheets open. */
function csvOfShown() {
  const columns = ['term', 'type', 'subjects', 'years', 'count', 'part-of', 'definition', 'source'];
  const rows = all.filter((term) => shown.has(term)).map((term) => {
    const [definition] = term.definitions.slice(-1); // the newest
    return [
      term.label, named('role', term.role), listed(term.subjects), term.seen.join(' '), term.count,
      listed(term.wholes.map(({ label }) => label)), definition?.text,
      definition && gbt7714(data.documents[definition.document]),
    ];
  });
  const head = columns.map((name) => word(`csv.${name}`));
  return `\ufeff${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

const saveCsv = () => download(fileName('csv'), new Blob([csvOfShown()], { type: 'text/csv;charset=utf-8' }));

// What is folded away on the screen is open on paper.
let opened = [];
window.addEventListener('beforeprint', () => {
  const shown = byId('card').hidden ? byId('news') : byId('card');
  for (const more of shown.querySelectorAll('.more')) more.click();
  opened = [...shown.querySelectorAll('details:not([open])')];
  for (const details of opened) details.open = true;
});
window.addEventListener('afterprint', () => { for (const details of opened) details.open = false; });
