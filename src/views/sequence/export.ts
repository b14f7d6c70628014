/** The whole diagram as one drawing, for a file; the page itself only draws what is in sight. */
import { escaped } from '../export/markup.ts';
import { drawHeads, drawSequence, HEAD, type Mark, type MarkGroup } from './drawing.ts';
import type { SequenceLayout } from './layout.ts';

/** Stand under the file's title. */
export const LEGEND: readonly string[] = [
  'Arrows slope with time: down to the tracker and back; when the tracker had a request is taken as halfway.',
  'Dashed: a retransmission. Cross: no answer came. Triangle, vermilion: an error.',
  'Along a lifeline: full green SEED, open orange LEECH, dotted frame not registered; a bar beside it is the track timer of 90 s.',
  'Thin line on the other side: the report timer, dashed while a peer backs off before it tries again.',
  'Level arrows: what peers say to each other over their streaming links, in the simulated peer protocol; thick: pieces of content.',
  'n ×: a run of like exchanges, from the upper to the lower end of its bracket. Wavy line: a wait cut short.',
];

/** As SVG text; its style sheet is the page's. */
export function diagramSvg(layout: SequenceLayout, clock: 'run' | 'absolute'): string {
  const { width } = layout;
  const height = Math.ceil(HEAD + layout.scale.height + 40);
  const part = { top: 0, bottom: layout.scale.height, offset: 12, clock };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="sequence-drawing" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    drawHeads(layout).map(groupText).join(''),
    `<g transform="translate(0 ${HEAD})">${drawSequence(layout, part).map(groupText).join('')}</g>`,
    '</svg>',
  ].join('\n');
}

const groupText = ({ name, marks }: MarkGroup): string =>
  `<g class="${escaped(name)}">${marks.map(markText).join('')}</g>`;

function markText({ element, attributes, text }: Mark): string {
  const list = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  return `<${element}${list.join('')}>${escaped(text ?? '')}</${element}>`;
}
