/** The whole diagram as one SVG file: its own colours, its legend, and what it was taken from. */
import diagramCss from './diagram.css?raw';
import { drawHeads, drawSequence, HEAD, type Mark, type MarkGroup } from './drawing.ts';
import { GUTTER, type SequenceLayout } from './layout.ts';

export interface Stamp {
  /** Lines under the title: scenario, tracker, when. */
  readonly lines: readonly string[];
  readonly clock: 'run' | 'absolute';
  /** CSS variables of the theme, name and value. */
  readonly colours: readonly (readonly [name: string, value: string])[];
}

export const COLOURS = [
  'ground',
  'panel',
  'panel-raised',
  'ink',
  'ink-soft',
  'line',
  'line-strong',
  'seed',
  'leech',
  'tracker',
  'tracker-text',
  'error',
  'error-text',
  'selected',
  'sans',
  'mono',
] as const;

export const LEGEND: readonly string[] = [
  'Arrows slope with time: down to the tracker and back; when the tracker had a request is taken as halfway.',
  'Dashed: a retransmission. Cross: no answer came. Triangle, vermilion: an error.',
  'Along a lifeline: full green SEED, open orange LEECH, dotted frame not registered; a bar beside it is the track timer of 90 s.',
  'Thin line on the other side: the report timer, dashed while a peer backs off before it tries again.',
  'Level arrows: what peers say to each other over their streaming links, in the simulated peer protocol; thick: pieces of content.',
  'n ×: a run of like exchanges, from the upper to the lower end of its bracket. Wavy line: a wait cut short.',
];

const TITLE = 26;
const LINE = 17;

export function exportSvg(layout: SequenceLayout, stamp: Stamp): string {
  const { lines, clock, colours } = stamp;
  const intro = 20 + TITLE + (lines.length + LEGEND.length) * LINE;
  const width = Math.max(layout.width, 860);
  const height = intro + HEAD + layout.scale.height + 40;
  const part = { top: 0, bottom: layout.scale.height, offset: 12, clock };
  const words = ['Sequence diagram: peers and tracker', ...lines, ...LEGEND];
  const heading = words.map((text, at) => ({
    element: 'text' as const,
    attributes: {
      x: GUTTER / 4,
      y: at === 0 ? TITLE : TITLE + at * LINE + 4,
      style: at === 0 ? 'font-weight:600;font-size:16px' : 'font-size:12px',
    },
    text,
  }));
  const variables = colours.map(([name, value]) => `--${name}:${value}`).join(';');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="sequence-drawing" width="${width}" height="${Math.ceil(height)}" viewBox="0 0 ${width} ${Math.ceil(height)}">`,
    `<title>${escaped(words[0] ?? '')}</title>`,
    `<style>${escaped(`svg{${variables}}${diagramCss}`)}</style>`,
    `<rect width="100%" height="100%" style="fill:var(--ground)"/>`,
    groupText({ key: 'heading', name: 'heading', marks: heading }),
    `<g transform="translate(0 ${intro})">${drawHeads(layout).map(groupText).join('')}</g>`,
    `<g transform="translate(0 ${intro + HEAD})">${drawSequence(layout, part).map(groupText).join('')}</g>`,
    '</svg>',
  ].join('\n');
}

const groupText = ({ name, marks }: MarkGroup): string =>
  `<g class="${escaped(name)}">${marks.map(markText).join('')}</g>`;

function markText({ element, attributes, text }: Mark): string {
  const list = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  return `<${element}${list.join('')}>${escaped(text ?? '')}</${element}>`;
}

/** Characters that XML has no place for go. */
const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
