/* The picture: how nodes and edges are dressed, and where the view stands. Places come from Python, colours
   from page.css. */

const RADIUS = 4; // of a box's corners; vis-network adds it to the box, so it stays below half a gap
const READABLE_SCALE = 0.338; // below it a slogan's letters are too small
const CLOSE_SCALE = 1; // a star is not blown up further than this
const STAR_SCALE = 0.6; // below it a star's components are too small

// How the links of each kind are drawn, here and in the legend. Parts take the colour of their star.
const LINES = {
  component: { width: 1, dashes: false, star: true },
  listed: { width: 1, dashes: [6, 4], star: true },
  part: { width: 1.5, dashes: [2, 4] },
  successor: { width: 2.5, dashes: false, arrow: true },
  'builds-on': { width: 1.5, dashes: false, arrow: true },
  redefinition: { width: 2.5, dashes: [9, 3], arrow: true },
  variant: { width: 1.5, dashes: [10, 4] },
  abbreviation: { width: 1.5, dashes: [10, 4, 2, 4] },
  homonym: { width: 1.5, dashes: [1, 5] },
  'co-mentioned': { width: 1, dashes: [3, 5] },
  tie: { width: 1, dashes: [2, 6] }, // only of what `kg draw` draws
};
const OTHER_LINE = { width: 1, dashes: [4, 4] };
const lineOf = (kind) => (Object.hasOwn(LINES, kind) ? LINES[kind] : OTHER_LINE);

// What is left out of a very large picture joins it, with its lines, when it is asked for.
const drawable = ({ colours: _, left: __, ...node }) => node;
const nodes = new vis.DataSet(data.nodes.filter(({ left }) => !left).map(drawable));
const leftOut = all.filter((term) => term.node.left);
const inPicture = ({ from, to }) => nodes.get(from) !== null && nodes.get(to) !== null;
let lines = data.edges.filter(inPicture);
const edges = new vis.DataSet(lines.map(({ id, from, to }) => ({ id, from, to })));
const network = new vis.Network(byId('graph'), { nodes, edges }, JSON.parse(data.options));
const canvas = byId('graph').firstElementChild;
canvas.setAttribute('role', 'img');
canvas.setAttribute('data-word-aria-label', 'graph.label');
canvas.setAttribute('aria-label', word('graph.label'));

const colours = {};
// How each term and each line was dressed last, so that only changes are drawn.
const dressed = new Map();
const hidden = new Map();
const strung = new Map();
let shown = new Set();
let rays = []; // what is folded away: `[component, slogan]` for each slogan in sight

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  for (const name of ['ground', 'surface', 'ink', 'tie', 'dim-fill', 'dim-line', 'dim-ink', 'font']) {
    colours[name] = value(name);
  }
  colours.group = [...Array(data.shades).keys(), null].map((number) => ({
    fill: value(`fill-${number ?? 'none'}`), line: value(`line-${number ?? 'none'}`),
  }));
}

/** The fill and the line of a group; null is the last. */
const colourOf = (group) => colours.group[group ?? data.shades];

/** How a term stands in the picture: "hidden", "plain", "dim" or "selected". */
function standing(term, focus) {
  if (!shown.has(term)) return 'hidden';
  if (term === state.selected) return 'selected';
  return !focus || focus.has(term) ? 'plain' : 'dim';
}

/** The colours and the frame of a box, for the canvas and for files. */
function look(term, stands) {
  const { fill, line } = colourOf(groupOf(term));
  const filled = term.role === 'slogan';
  if (stands === 'dim') {
    return {
      background: filled ? colours['dim-fill'] : colours.ground,
      border: colours['dim-line'], ink: colours['dim-ink'], borderWidth: 1.5,
    };
  }
  const selected = stands === 'selected';
  return {
    background: filled ? fill : colours.surface,
    border: selected ? colours.ink : line, ink: filled ? '#ffffff' : colours.ink, borderWidth: selected ? 3 : 1.5,
  };
}

/** What has changed of a term in the picture: most filters only hide and show. Null where nothing has. */
function changeOf(term, stands) {
  const gone = stands === 'hidden';
  const same = gone || dressed.get(term) === stands;
  if (same && hidden.get(term) === gone) return null;
  hidden.set(term, gone);
  if (same) return { id: term.id, hidden: gone };
  dressed.set(term, stands);
  const { background, border, ink, borderWidth } = look(term, stands);
  return {
    ...(term.node.left ? drawable(term.node) : {}),
    id: term.id,
    hidden: false,
    borderWidth,
    color: { background, border },
    font: { size: term.node.font.size, face: colours.font, color: ink },
    shapeProperties: { borderDashes: term.role === 'candidate' ? [5, 4] : false, borderRadius: RADIUS },
  };
}

/** Whether, in which colour and how strongly an edge is drawn. */
function strand({ from, to, kind }, focus) {
  const [one, other] = [terms.get(from), terms.get(to)];
  const at = state.path ? state.path.indexOf(one) : -1;
  const onPath = at >= 0 && [state.path[at - 1], state.path[at + 1]].includes(other);
  const touched = onPath || one === state.selected || other === state.selected;
  const { width, star } = lineOf(kind);
  const inFocus = state.path ? onPath : !focus || (focus.has(one) && focus.has(other));
  return {
    hidden: !(state.relations.has(kind) || onPath),
    width: touched ? Math.max(2, width) : width,
    color: !inFocus ? colours['dim-line'] : star ? colourOf(groupOf(one)).line : colours.tie,
    opacity: !inFocus ? 1 : touched || !star ? 0.9 : 0.55,
  };
}

/** What has changed of a line; null where nothing has. */
function changeOfLine(edge, focus) {
  const { width, color, opacity, ...more } = strand(edge, focus);
  const told = more.hidden ? 'hidden' : `${width} ${color} ${opacity}`;
  if (strung.get(edge) === told) return null;
  strung.set(edge, told);
  const { dashes, arrow } = lineOf(edge.kind);
  return {
    id: edge.id, from: edge.from, to: edge.to, hidden: more.hidden, width, dashes, color: { color, opacity },
    arrows: { to: { enabled: Boolean(arrow), scaleFactor: 0.6 } },
  };
}

/** Brings the picture up to date with the state: one update of the nodes, one of the edges. */
function draw() {
  shown = shownTerms();
  const focus = focused();
  const before = nodes.length;
  nodes.update(all.map((term) => changeOf(term, standing(term, focus))).filter(Boolean));
  if (nodes.length > before) lines = data.edges.filter(inPicture);
  edges.update(lines.map((edge) => changeOfLine(edge, focus)).filter(Boolean));
  rays = all.filter((term) => term.role === 'component' && !term.node.left && !shown.has(term) && passes(term))
    .flatMap((term) => term.links
      .filter(({ kind, forward, other }) =>
        !forward && PARTS.includes(kind) && state.relations.has(kind) && shown.has(other))
      .map(({ other }) => [term, other]));
  byId('dots').hidden = rays.length === 0;
  byId('tally').textContent = word('filter.shown', { n: shown.size, all: all.length });
  byId('left').textContent = word('filter.left', { drawn: all.length - leftOut.length, left: leftOut.length });
  byId('left').hidden = leftOut.length === 0;
  byId('clear').hidden = !isFiltered();
}

/** Every box is dressed anew; what has not joined the picture yet stays outside. */
function undress() {
  dressed.clear();
  strung.clear();
}
for (const term of leftOut) hidden.set(term, true);

function paint() {
  readColours();
  undress();
  draw();
}

// A folded star still shows how many rays it has, and where they would be.
network.on('beforeDrawing', (context) => {
  const dim = Boolean(state.selected || state.path);
  context.lineWidth = 1;
  for (const [term, whole] of rays) {
    context.strokeStyle = context.fillStyle = dim ? colours['dim-line'] : colourOf(groupOf(whole)).line;
    context.globalAlpha = 0.35;
    context.beginPath();
    context.moveTo(whole.node.x, whole.node.y);
    context.lineTo(term.node.x, term.node.y);
    context.stroke();
    context.globalAlpha = dim ? 0.7 : 0.6;
    context.beginPath();
    context.arc(term.node.x, term.node.y, 6, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
});

// ---- the view ----------------------------------------------------------------------------------

const motion = () =>
  !matchMedia('(prefers-reduced-motion: reduce)').matches && { duration: 350, easingFunction: 'easeInOutQuad' };

/** The frame of a term: left, top, right, bottom; of one that is folded, the middle of its dot. */
function frameOf({ node: { x, y, widthConstraint, heightConstraint } }, folded) {
  const [across, down] = folded ? [0, 0] : [widthConstraint.minimum / 2, heightConstraint.minimum / 2];
  return [x - across, y - down, x + across, y + down];
}

/** The frame around several terms. */
function frameAround(those) {
  const frames = those.map((term) => frameOf(term, !shown.has(term)));
  return [Math.min, Math.min, Math.max, Math.max]
    .map((extreme, side) => frames.reduce((found, frame) => extreme(found, frame[side]), frames[0][side]));
}

const MARGIN = 20;

/** How much of the picture's foot is the buttons': no label stands there. */
const foot = () => byId('graph').clientHeight - document.querySelector('.tools').offsetTop + 6;

/** The largest scale, up to CLOSE_SCALE, at which a frame is in sight. */
function fitting([left, top, right, bottom]) {
  const { clientWidth, clientHeight } = byId('graph');
  return Math.min(
    (clientWidth - 2 * MARGIN) / (right - left), (clientHeight - MARGIN - foot()) / (bottom - top), CLOSE_SCALE);
}

/** Moves the view so that it shows these terms, at a size between `smallest` and CLOSE_SCALE. */
function lookAt(those, { animation = motion(), smallest = 0 } = {}) {
  if (those.length === 0) return;
  const frame = frameAround(those);
  const [left, top, right, bottom] = frame;
  const scale = Math.max(fitting(frame), smallest);
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 + (foot() - MARGIN) / 2 / scale },
    scale,
    animation,
  });
}

/** Shows what is in focus; where that lies too far apart to be read, the star of the selected term. */
function lookAtFocus(how) {
  const term = state.selected;
  const focus = state.path ?? (term ? [...reach(term, state.hops === '2' ? 2 : 1)] : []);
  const seen = focus.filter((one) => shown.has(one));
  if (seen.length === 0) return;
  if (state.path || fitting(frameAround(seen)) >= STAR_SCALE) lookAt(seen, how);
  else lookAt([term, ...term.parts, ...term.wholes].filter((one) => shown.has(one)), how);
}

/** Shows the whole picture: the terms that are drawn and the dots of those that are folded away. */
const overview = (how) => lookAt([...shown, ...rays.map(([term]) => term)], how);

const zoom = (factor) => network.moveTo({ scale: network.getScale() * factor, animation: motion() });

/** The term under a point of the canvas, or the folded one whose dot is there. */
function termAt({ DOM, canvas: point }) {
  const id = network.getNodeAt(DOM);
  if (id !== undefined) return terms.get(id);
  const reachable = Math.max(10, 12 / network.getScale());
  const hit = rays.find(([{ node }]) => Math.hypot(node.x - point.x, node.y - point.y) < reachable);
  return hit ? hit[0] : null;
}

network.on('click', ({ pointer }) => select(termAt(pointer)));
network.on('hoverNode', () => { canvas.style.cursor = 'pointer'; });
network.on('blurNode', () => { canvas.style.cursor = ''; });
