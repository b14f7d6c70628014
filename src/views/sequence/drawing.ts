/** The layout as marks: plain descriptions of SVG elements, for the page and for a file alike. */
import {
  GUTTER,
  arrowsIn,
  type Arrow,
  type Line,
  type PlacedBand,
  type PlacedTimer,
  type PlacedWait,
  type SequenceLayout,
} from './layout.ts';
import { ticksIn } from './scale.ts';
import { answerText, bandText, momentText, peerName, requestText, timerText, waitText } from './words.ts';

type Attributes = Readonly<Record<string, string | number>>;

export interface Mark {
  readonly element: 'line' | 'path' | 'rect' | 'text';
  readonly attributes: Attributes;
  readonly text?: string;
}

/** Marks that belong together; with `item` they are one arrow, to be pointed at. */
export interface MarkGroup {
  readonly key: string;
  readonly item?: number;
  readonly name: string;
  readonly marks: readonly Mark[];
}

/** What of the diagram is drawn, and where its top stands in the drawing. */
export interface DrawnPart {
  readonly top: number;
  readonly bottom: number;
  /** Pixels from the drawing's edge to `top`. */
  readonly offset: number;
  readonly clock: 'run' | 'absolute';
}

/** Height of the names above the lifelines. */
export const HEAD = 46;
/** Pixels per character of the words at arrows, at the most. */
const CHARACTER = 6.3;
const BAND = 9;
const WARNING = 'M0 -6.5 L7 6 H-7 Z M-0.9 -2.2 h1.8 v4.2 h-1.8 Z M-0.9 3.2 h1.8 v1.6 h-1.8 Z';

const mark = (element: Mark['element'], attributes: Attributes, text?: string): Mark =>
  text === undefined ? { element, attributes } : { element, attributes, text };

const round = (value: number): number => Math.round(value * 10) / 10;

function cut(text: string, pixels: number): string {
  const most = Math.max(4, Math.floor(pixels / CHARACTER));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

export function drawSequence(layout: SequenceLayout, part: DrawnPart): readonly MarkGroup[] {
  const { top, bottom, offset } = part;
  const put = (y: number): number => round(Math.min(Math.max(y, top - 400), bottom + 400) - top + offset);
  const inPart = (one: { readonly top: number; readonly bottom: number }): boolean =>
    one.top <= bottom && one.bottom >= top;
  return [
    ...layout.scale.stretches
      .filter((stretch) => stretch.broken && inPart(stretch))
      .map((stretch) => breakOf(layout, put((stretch.top + stretch.bottom) / 2), stretch)),
    { key: 'times', name: 'times', marks: timesOf(layout, part, put) },
    ...layout.lifelines.map(({ peer, x }) => ({
      key: `line ${peer ?? ''}`,
      name: peer === undefined ? 'lifeline-tracker' : 'lifeline',
      marks: [mark('line', { x1: x, x2: x, y1: put(0), y2: put(layout.scale.height) })],
    })),
    ...layout.bands.filter(inPart).map((band) => bandOf(band, put, offset)),
    ...layout.timers.filter(inPart).map((timer) => timerOf(timer, put)),
    ...layout.waits.filter(inPart).map((wait) => waitOf(wait, put, offset)),
    ...arrowsIn(layout, top, bottom).map((arrow) =>
      arrow.item.kind === 'link' ? linkOf(arrow, layout.spacing, put) : arrowOf(arrow, layout.spacing, put),
    ),
  ];
}

/** The names on top; they stay while the lifelines move. */
export function drawHeads({ lifelines, spacing }: SequenceLayout): readonly MarkGroup[] {
  return lifelines.map(({ peer, x }) => {
    const width = Math.min(spacing - 14, 150);
    return {
      key: `head ${peer ?? ''}`,
      name: peer === undefined ? 'head head-tracker' : 'head',
      marks: [
        mark('rect', { x: x - width / 2, y: 8, width, height: HEAD - 16, rx: 5 }),
        mark(
          'text',
          { x, y: HEAD / 2 + 4, 'text-anchor': 'middle' },
          peer === undefined ? 'Tracker' : peerName(peer),
        ),
      ],
    };
  });
}

function breakOf(
  { width }: SequenceLayout,
  y: number,
  { from, to }: { readonly from: number; readonly to: number },
): MarkGroup {
  const wave = Array.from({ length: Math.ceil((width - GUTTER) / 16) }, () => 'l8 -5l8 5').join('');
  return {
    key: `break ${from}`,
    name: 'break',
    marks: [
      mark('path', { d: `M${GUTTER} ${y}${wave}` }),
      mark('text', { x: GUTTER - 8, y: y + 4, 'text-anchor': 'end' }, `⋮ ${spanText(to - from)}`),
    ],
  };
}

function spanText(span: number): string {
  if (span < 995) return `${Math.round(span)} ms`;
  return span < 9950 ? `${(span / 1000).toFixed(1)} s` : `${Math.round(span / 1000)} s`;
}

/** Beside each arrow when it was sent, and round moments where there is room between. */
function timesOf(
  layout: SequenceLayout,
  { top, bottom, clock }: DrawnPart,
  put: (y: number) => number,
): Mark[] {
  const marks: Mark[] = [];
  const taken: number[] = layout.scale.stretches
    .filter((stretch) => stretch.broken && stretch.top <= bottom && stretch.bottom >= top)
    .map((stretch) => (stretch.top + stretch.bottom) / 2);
  const write = (time: number, y: number, name: string): void => {
    if (y < top || y > bottom || taken.some((one) => Math.abs(one - y) < 15)) return;
    taken.push(y);
    const at = put(y);
    marks.push(
      mark('text', { class: name, x: GUTTER - 8, y: at + 4, 'text-anchor': 'end' }, momentText(time, clock)),
      mark('line', {
        class: name,
        x1: GUTTER - 4,
        x2: name === 'tick' ? layout.width : GUTTER + 2,
        y1: at,
        y2: at,
      }),
    );
  };
  for (const { item, request } of arrowsIn(layout, top, bottom)) {
    const time = item.kind === 'step' ? item.step.time : item.steps[0]?.time;
    if (time !== undefined) write(time, request.y1, 'sent');
  }
  for (const { time, y } of ticksIn(layout.scale, top, bottom)) write(time, y, 'tick');
  return marks;
}

/** Its words stay in sight as long as it is. */
function bandOf(band: PlacedBand, put: (y: number) => number, edge: number): MarkGroup {
  const { x, toTracker, state, mode } = band;
  const [from, to] = [put(band.top), put(band.bottom)];
  const kind = state === 'TRACKING' ? (mode ?? 'TRACKING') : 'none';
  const frame = { x: x - BAND / 2, y: from, width: BAND, height: Math.max(1, round(to - from)) };
  const words = bandText(band);
  const start = Math.max(from, edge) + 8;
  const hasRoom = to - start > words.length * CHARACTER;
  const place = {
    transform: `translate(${x - toTracker * 19 + 3.5} ${round(start)}) rotate(-90)`,
    'text-anchor': 'end',
  };
  return {
    key: `band ${x} ${band.from}`,
    name: `band band-${kind}`,
    marks: [mark('rect', frame), ...(hasRoom ? [mark('text', place, words)] : [])],
  };
}

function timerOf(timer: PlacedTimer, put: (y: number) => number): MarkGroup {
  const x = timer.x - timer.toTracker * 9;
  const [from, to] = [put(timer.top), put(timer.bottom)];
  return {
    key: `timer ${timer.x} ${timer.from}`,
    name: timer.expired ? 'timer timer-expired' : 'timer',
    marks: [
      mark('path', { d: `M${x - 3} ${from}h6M${x} ${from}V${to}M${x - 3} ${to}h6` }),
      ...(timer.expired
        ? [
            mark('path', {
              class: 'warning',
              d: WARNING,
              transform: `translate(${x - timer.toTracker * 14} ${to - 2})`,
            }),
          ]
        : []),
      mark('text', { x: timer.x, y: to + 15, 'text-anchor': 'middle' }, timerText(timer)),
    ],
  };
}

/** Beyond the words of the bands. */
function waitOf(wait: PlacedWait, put: (y: number) => number, edge: number): MarkGroup {
  const x = wait.x - wait.toTracker * 30;
  const [from, to] = [put(wait.top), put(wait.bottom)];
  const words = waitText(wait);
  const start = Math.max(from, edge) + 6;
  const place = {
    transform: `translate(${x - wait.toTracker * 5 + 3.5} ${round(start)}) rotate(-90)`,
    'text-anchor': 'end',
  };
  return {
    key: `wait ${wait.kind} ${wait.x} ${wait.from}`,
    name: wait.kind === 'report' ? 'wait-report' : 'wait-back-off',
    marks: [
      mark('path', { d: `M${x} ${from}V${to}${wait.endedBy === undefined ? '' : `M${x - 3} ${to}h6`}` }),
      ...(to - start > words.length * CHARACTER ? [mark('text', place, words)] : []),
    ],
  };
}

function headOf({ x1, y1, x2, y2 }: Line, size: number): string {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const wing = (turn: number): string =>
    `${round(x2 - size * Math.cos(angle + turn))} ${round(y2 - size * Math.sin(angle + turn))}`;
  return `M${wing(0.42)}L${round(x2)} ${round(y2)}L${wing(-0.42)}Z`;
}

function arrowOf(arrow: Arrow, spacing: number, put: (y: number) => number): MarkGroup {
  const { item, lifeline, request, answer, bottom, bad, attempt, worded } = arrow;
  const side = lifeline.toTracker;
  const inset = (line: Line, fromPeer: boolean): Line => ({
    x1: line.x1 + (fromPeer ? side * (BAND / 2) : 0),
    y1: put(line.y1),
    x2: line.x2 + (fromPeer ? 0 : side * (BAND / 2)),
    y2: put(line.y2),
  });
  const [there, back] = [inset(request, true), answer && inset(answer, false)];
  const anchor = side === 1 ? 'start' : 'end';
  const x = lifeline.x + side * 12;
  const room = spacing - 26;
  const marks: Mark[] = [
    // What can be pointed at is thicker than what is seen.
    mark('path', { class: 'reach', d: pathOf(there) + (back === undefined ? '' : pathOf(back)) }),
    mark('path', { class: attempt > 1 ? 'request retry' : 'request', d: pathOf(there) }),
  ];
  if (back === undefined) {
    const { x2, y2 } = there;
    const wait = lifeline.x + side * 7;
    marks.push(
      mark('path', { class: 'lost', d: `M${x2 - 5} ${y2 - 5}l10 10M${x2 + 5} ${y2 - 5}l-10 10` }),
      mark('path', { class: 'wait', d: `M${wait} ${there.y1}V${put(bottom)}` }),
    );
  } else
    marks.push(
      mark('path', { class: 'tip', d: headOf(there, 9) }),
      mark('path', { class: 'answer', d: pathOf(back) }),
      mark('path', { class: 'tip', d: headOf(back, 9) }),
    );
  if (item.kind === 'fold') marks.push(...foldOf(arrow, put));
  const end = put(answer?.y2 ?? bottom);
  if (bad) {
    const iconX = back === undefined ? there.x2 + side * 16 : lifeline.x + side * (room + 12);
    const iconY = back === undefined ? there.y2 : end - 9;
    marks.push(
      mark('path', { class: 'warning', d: WARNING, transform: `translate(${round(iconX)} ${iconY})` }),
    );
  }
  const words = worded.answer ? requestText(item) : `${requestText(item)} · ${answerText(item)}`;
  if (worded.request)
    marks.push(mark('text', { x, y: there.y1 - 4, 'text-anchor': anchor }, cut(words, room)));
  if (worded.answer)
    marks.push(
      mark('text', { class: 'outcome', x, y: end + 12, 'text-anchor': anchor }, cut(answerText(item), room)),
    );
  return { key: `arrow ${arrow.id}`, item: arrow.id, name: bad ? 'arrow arrow-bad' : 'arrow', marks };
}

/** A message from peer to peer, or a stream of them with its bracket. */
function linkOf(arrow: Arrow, spacing: number, put: (y: number) => number): MarkGroup {
  const { item, lifeline, request, bottom, bad, lane, worded } = arrow;
  const side = request.x2 > request.x1 ? 1 : -1;
  const at = put(request.y1);
  const line: Line = {
    x1: request.x1 + side * (BAND / 2),
    y1: at,
    x2: request.x2 - side * (BAND / 2),
    y2: at,
  };
  const kind = item.kind === 'link' ? item.steps[0].kind : '';
  const x = lifeline.x + side * 12;
  const words = cut(requestText(item), spacing - 26);
  const marks: Mark[] = [
    mark('path', { class: 'reach', d: pathOf(line) }),
    mark('path', { class: `request link-${kind}`, d: pathOf(line) }),
    mark('path', { class: 'tip', d: headOf(line, 7) }),
  ];
  if (item.kind === 'link' && item.steps.length > 1) {
    const bracket = lifeline.x + side * (9 + lane * 3);
    marks.push(mark('path', { class: 'fold', d: `M${bracket} ${at}V${put(bottom)}h${side * 4}` }));
  }
  if (bad)
    marks.push(
      mark('path', {
        class: 'warning',
        d: WARNING,
        transform: `translate(${round(line.x2 - side * 18)} ${at - 9})`,
      }),
    );
  if (worded.request)
    marks.push(mark('text', { x, y: at - 4, 'text-anchor': side === 1 ? 'start' : 'end' }, words));
  return {
    key: `link ${arrow.id}`,
    item: arrow.id,
    name: bad ? 'arrow link arrow-bad' : 'arrow link',
    marks,
  };
}

const pathOf = ({ x1, y1, x2, y2 }: Line): string => `M${round(x1)} ${y1}L${round(x2)} ${y2}`;

/** A bracket along the lifeline for as long as the run goes. */
function foldOf({ lifeline, request, bottom }: Arrow, put: (y: number) => number): Mark[] {
  const x = lifeline.x + lifeline.toTracker * 7;
  const wing = lifeline.toTracker * 5;
  const [from, to] = [put(request.y1), put(bottom)];
  return [mark('path', { class: 'fold', d: `M${x + wing} ${from}h${-wing}V${to}h${wing}` })];
}
