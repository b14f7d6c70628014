/** Puts the machines into SVG, and keeps them up to date past React. Everything that can be chosen is a button in it. */
import { select, type Selection } from 'd3';
import type { RowFlow } from '../../dashboard/state-flows.ts';
import type { PeerState } from '../../protocol/rules.ts';
import { formatCount } from '../format.ts';
import { put, say } from './changes.ts';
import type { Edge, Layout } from './layout.ts';
import { arrowOf, breadthOf, cutTo, type Box } from './shapes.ts';
import type { TrackerState } from './tracker-layout.ts';
import { countWords, flowWords, perhapsWords, rateWords } from './words.ts';

export interface Scene {
  readonly layout: Layout;
  readonly flows: ReadonlyMap<number, RowFlow>;
  readonly counts: Readonly<Record<PeerState, StateCount>>;
  /** A line in each box of the tracker's machine; of which one holds now; of each of its ways. */
  readonly tracker: {
    readonly now: TrackerState | undefined;
    readonly lines: Readonly<Record<TrackerState, string>>;
    readonly events: Readonly<Record<TrackerState, string>>;
  };
  readonly chosen: string | undefined;
}

export interface StateCount {
  readonly present: number;
  readonly silent: number;
  /** Under the figure. */
  readonly note: string;
}

type Group = Selection<SVGGElement, unknown, null, undefined>;

function layer(svg: SVGSVGElement, name: string): Group {
  const found = select(svg).select<SVGGElement>(`g.${name}`);
  return found.empty() ? select(svg).append('g').attr('class', name) : found;
}

export function draw(svg: SVGSVGElement, scene: Scene): void {
  const { layout } = scene;
  const { width, height } = layout;
  put(select(svg), { viewBox: () => `0 0 ${width} ${Math.ceil(height)}` });
  drawTracker(svg, scene);
  const most = Math.max(...layout.edges.map((edge) => rateOf(edge, scene)), LEAST_FULL);
  drawWays(svg, scene, most);
  drawHeads(svg, scene);
  drawRows(svg, scene);
  drawBoxes(svg, scene);
}

/** Transitions a second: with fewer, no arrow is as broad as it can be. */
const LEAST_FULL = 1;
/** Of an arrow that turns back where it came from. */
const BROADEST_LOOP = 7;

const rateOf = ({ rows }: Edge, { flows }: Scene): number =>
  rows.reduce((sum, { index }) => sum + (flows.get(index)?.rate ?? 0), 0);

function drawWays(svg: SVGSVGElement, scene: Scene, most: number): void {
  const { layout, chosen } = scene;
  const ways = layer(svg, 'states-ways')
    .selectAll<SVGGElement, Edge>('g')
    .data(layout.edges, ({ key }) => key)
    .join((enter) => {
      const made = enter.append('g');
      made.append('path').attr('class', 'states-way');
      made.append('path').attr('class', 'states-tip');
      made.append('path').attr('class', 'states-motion').attr('data-passing', '');
      return made;
    });
  const broadestOf = ({ from, to }: Edge): number =>
    from === to ? Math.min(BROADEST_LOOP, layout.broadest) : layout.broadest;
  // To a quarter of a pixel: what nobody sees is not drawn anew.
  const breadth = (edge: Edge): number =>
    Math.round(4 * breadthOf(rateOf(edge, scene), most, broadestOf(edge))) / 4;
  put(ways, {
    'data-pick': ({ key }) => `edge ${key}`,
    'data-ends': ({ to }) => (to === 'TERMINATE' ? '' : null),
    'data-flows': (edge) => (rateOf(edge, scene) > 0 ? '' : null),
    'data-chosen': ({ key }) => (chosen === `edge ${key}` ? '' : null),
  });
  put(ways.select('.states-way'), {
    d: (edge) => arrowOf(edge.way, breadth(edge)).path,
    'stroke-width': (edge) => String(breadth(edge)),
  });
  put(ways.select('.states-tip'), { d: (edge) => arrowOf(edge.way, breadth(edge)).tip });
  put(ways.select('.states-motion'), { d: (edge) => arrowOf(edge.way, breadth(edge)).path });
}

const at = ({ x, y }: Box): string => `translate(${x} ${y})`;

function drawHeads(svg: SVGSVGElement, { layout, chosen }: Scene): void {
  const heads = layer(svg, 'states-heads')
    .selectAll<SVGGElement, Edge>('g')
    .data(layout.edges, ({ key }) => key)
    .join((enter) => {
      const made = enter.append('g').attr('class', 'states-head').attr('role', 'button');
      made.append('rect').attr('rx', 3);
      made.append('text').attr('x', 6).attr('y', 13);
      return made;
    });
  put(heads, {
    'data-pick': ({ key }) => `edge ${key}`,
    'aria-pressed': ({ key }) => String(chosen === `edge ${key}`),
    'aria-label': ({ key, rows }) => `All from ${key.replace('→', 'to')}, ${rows.length} ways`,
    transform: ({ head }) => at(head),
  });
  put(heads.select('rect'), { width: ({ head }) => head.width, height: ({ head }) => head.height });
  say(heads.select('text'), ({ key }) => key);
}

function drawRows(svg: SVGSVGElement, { layout, flows, chosen }: Scene): void {
  const rows = layout.edges.flatMap((edge) =>
    edge.rows.flatMap((box) => {
      const flow = flows.get(box.index);
      return flow === undefined ? [] : [{ box, flow }];
    }),
  );
  const most = Math.max(...rows.map(({ flow }) => flow.rate), 0);
  const join = layer(svg, 'states-rows')
    .selectAll<SVGGElement, { box: Box; flow: RowFlow }>('g')
    .data(rows, ({ flow }) => flow.index)
    .join((enter) => {
      const made = enter.append('g').attr('class', 'states-row').attr('role', 'button');
      made.append('rect').attr('class', 'states-row-ground').attr('rx', 3);
      made.append('rect').attr('class', 'states-row-bar').attr('height', 3);
      made.append('text').attr('class', 'states-event').attr('x', 6).attr('y', 14);
      made.append('text').attr('class', 'states-rate').attr('y', 14);
      made.append('text').attr('class', 'states-section').attr('x', 6).attr('y', 27);
      made.append('text').attr('class', 'states-total').attr('y', 27);
      made.append('title');
      return made;
    });
  put(join, {
    'data-pick': ({ flow }) => `row ${flow.index}`,
    'data-ends': ({ flow }) => (flow.to === 'TERMINATE' ? '' : null),
    'data-quiet': ({ flow }) => (flow.total + flow.perhaps === 0 ? '' : null),
    'aria-pressed': ({ flow }) => String(chosen === `row ${flow.index}`),
    'aria-label': ({ flow }) => flowWords(flow),
    transform: ({ box }) => at(box),
  });
  put(join.select('.states-row-ground'), {
    width: ({ box }) => box.width,
    height: ({ box }) => box.height - 2,
  });
  put(join.select('.states-row-bar'), {
    y: ({ box }) => box.height - 5,
    width: ({ box, flow }) => (most > 0 ? Math.round(box.width * Math.sqrt(flow.rate / most)) : 0),
  });
  put(join.select('.states-rate'), { x: ({ box }) => box.width - 6 });
  put(join.select('.states-total'), { x: ({ box }) => box.width - 6 });
  say(join.select('.states-event'), ({ box, flow }) => cutTo(flow.event, box.width - 74));
  say(join.select('.states-rate'), ({ flow }) => rateWords(flow));
  say(join.select('.states-section'), ({ box, flow }) => cutTo(flow.sections[0] ?? '', box.width - 90, 10.5));
  say(join.select('.states-total'), ({ flow }) => perhapsWords(flow));
  say(join.select('title'), ({ flow }) => flowWords(flow));
}

function drawBoxes(svg: SVGSVGElement, { layout, counts, chosen }: Scene): void {
  const boxes = (Object.keys(layout.states) as PeerState[]).map((state) => ({
    state,
    box: layout.states[state],
    count: counts[state],
  }));
  const join = layer(svg, 'states-boxes')
    .selectAll<SVGGElement, (typeof boxes)[number]>('g')
    .data(boxes, ({ state }) => state)
    .join((enter) => {
      const made = enter.append('g').attr('class', 'states-box').attr('role', 'button');
      made.append('rect').attr('rx', 6);
      made.append('text').attr('class', 'states-name').attr('x', 10).attr('y', 18);
      made.append('text').attr('class', 'states-count').attr('x', 10).attr('y', 38);
      made.append('text').attr('class', 'states-note').attr('x', 10).attr('y', 51);
      return made;
    });
  put(join, {
    'data-pick': ({ state }) => `state ${state}`,
    'data-state': ({ state }) => state,
    'data-count': ({ count }) => count.present,
    'aria-pressed': ({ state }) => String(chosen === `state ${state}`),
    'aria-label': ({ state, count }) => `${state}: ${countWords(count)}`,
    transform: ({ box }) => at(box),
  });
  put(join.select('rect'), { width: ({ box }) => box.width, height: ({ box }) => box.height });
  say(join.select('.states-name'), ({ state }) => state);
  say(join.select('.states-count'), ({ count }) => formatCount(count.present));
  say(join.select('.states-note'), ({ box, count }) => cutTo(count.note, box.width - 16, 10.5));
}

function drawTracker(svg: SVGSVGElement, { layout: { tracker }, tracker: seen }: Scene): void {
  const root = layer(svg, 'states-tracker');
  const link = root.selectAll('path.states-link').data([tracker.link]).join('path');
  put(link, { class: () => 'states-link', d: (way) => arrowOf(way, 1.4).path });
  const ways = root
    .selectAll<SVGGElement, (typeof tracker.edges)[number]>('g.states-tracker-way')
    .data(tracker.edges)
    .join((enter) => {
      const made = enter.append('g').attr('class', 'states-tracker-way');
      made.append('path').attr('class', 'states-way');
      made.append('path').attr('class', 'states-tip');
      made.append('text');
      return made;
    });
  put(ways.select('.states-way'), { d: ({ way }) => arrowOf(way, 1.4).path, 'stroke-width': () => 1.4 });
  put(ways.select('.states-tip'), { d: ({ way }) => arrowOf(way, 1.4).tip });
  put(ways.select('text'), {
    x: ({ words }) => (words?.x ?? 0) + (words?.width ?? 0) / 2,
    y: ({ words }) => (words?.y ?? 0) + 16,
  });
  say(ways.select('text'), ({ from, words }) =>
    words === undefined ? '' : cutTo(seen.events[from], words.width, 11),
  );
  const boxes = (Object.keys(tracker.states) as TrackerState[]).map((state) => ({
    state,
    box: tracker.states[state],
  }));
  const join = root
    .selectAll<SVGGElement, (typeof boxes)[number]>('g.states-tracker-box')
    .data(boxes, ({ state }) => state)
    .join((enter) => {
      const made = enter.append('g').attr('class', 'states-tracker-box');
      made.append('rect').attr('rx', 6);
      made.append('text').attr('class', 'states-name').attr('x', 10).attr('y', 18);
      made.append('text').attr('class', 'states-note').attr('x', 10).attr('y', 35);
      return made;
    });
  put(join, {
    'data-tracker-state': ({ state }) => state,
    'data-now': ({ state }) => (state === seen.now ? '' : null),
    transform: ({ box }) => at(box),
  });
  put(join.select('rect'), { width: ({ box }) => box.width, height: ({ box }) => box.height });
  say(join.select('.states-name'), ({ state }) => state);
  say(join.select('.states-note'), ({ state, box }) => cutTo(seen.lines[state], box.width - 14, 10.5));
}
