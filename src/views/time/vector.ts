/** Puts marks into an SVG: what is on a canvas of the page, to be taken along. */
import type { Fill, Hatch, Heat, Mark } from './marks.ts';
import { BEHIND_HATCH, HATCH_PATHS, HATCH_SIZE, heatImage, type Look } from './paint.ts';

const SVG = 'http://www.w3.org/2000/svg';

type Attributes = Readonly<Record<string, string | number | undefined>>;

function element(name: string, attributes: Attributes): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(key, typeof value === 'number' ? rounded(value) : value);
  return made;
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

/** Marks, and how far down they stand. */
export interface Layer {
  readonly marks: readonly Mark[];
  readonly y: number;
}

export function vectorOf(
  layers: readonly Layer[],
  { width, height }: { readonly width: number; readonly height: number },
  look: Look,
): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const hatches = new Map<string, SVGElement>();
  for (const { marks, y } of layers) {
    const group = element('g', { transform: `translate(0 ${y})` });
    for (const mark of marks) group.append(...elementsOf(mark, look, hatches));
    svg.append(group);
  }
  svg.prepend(...hatches.values());
  return svg;
}

function elementsOf(mark: Mark, look: Look, hatches: Map<string, SVGElement>): readonly SVGElement[] {
  switch (mark.kind) {
    case 'areas':
      return filled(mark.outlines.map((outline) => `${pathOf(outline)}Z`).join(''), mark.fill, look, hatches);
    case 'boxes':
      return filled(boxesPath(mark.boxes), mark.fill, look, hatches);
    case 'lines':
      return [
        element('path', {
          d: mark.paths.map(pathOf).join(''),
          fill: 'none',
          stroke: look.colour[mark.stroke.ink],
          'stroke-width': mark.stroke.width,
          'stroke-dasharray': mark.stroke.dash?.join(' '),
        }),
      ];
    case 'text': {
      const text = element('text', {
        x: mark.x,
        y: mark.y,
        'text-anchor': mark.anchor,
        'font-size': `${look.type}px`,
        fill: look.colour[mark.ink],
        stroke: look.colour.panel,
        'stroke-width': 3,
        'paint-order': 'stroke',
      });
      text.textContent = mark.text;
      return [text];
    }
    case 'heat':
      return [heatElement(mark.heat, look)];
    default:
      return mark satisfies never;
  }
}

function filled(d: string, fill: Fill, look: Look, hatches: Map<string, SVGElement>): readonly SVGElement[] {
  if (d === '') return [];
  const { ink, opacity, hatch } = fill;
  const colour = look.colour[ink];
  if (hatch === undefined) return [element('path', { d, fill: colour, 'fill-opacity': opacity })];
  const id = `hatch-${ink}-${hatch}`;
  if (!hatches.has(id)) hatches.set(id, pattern(id, hatch, colour));
  return [
    element('path', { d, fill: colour, 'fill-opacity': opacity * BEHIND_HATCH }),
    element('path', { d, fill: `url(#${id})`, 'fill-opacity': opacity }),
  ];
}

function pattern(id: string, hatch: Hatch, colour: string): SVGElement {
  const made = element('pattern', {
    id,
    width: HATCH_SIZE,
    height: HATCH_SIZE,
    patternUnits: 'userSpaceOnUse',
  });
  const d = HATCH_PATHS[hatch].map(pathOf).join('');
  made.append(element('path', { d, fill: 'none', stroke: colour, 'stroke-width': 1.5 }));
  return made;
}

function pathOf(points: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i + 1 < points.length; i += 2)
    parts.push(`${i === 0 ? 'M' : 'L'}${rounded(points[i] ?? 0)} ${rounded(points[i + 1] ?? 0)}`);
  return parts.join('');
}

function boxesPath(boxes: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < boxes.length; i += 4) {
    const [x = 0, y = 0, width = 0, height = 0] = boxes.slice(i, i + 4);
    parts.push(`M${rounded(x)} ${rounded(y)}h${rounded(width)}v${rounded(height)}h${rounded(-width)}Z`);
  }
  return parts.join('');
}

function heatElement(heat: Heat, look: Look): SVGElement {
  const canvas = document.createElement('canvas');
  const image = heatImage(heat, look);
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  const { x, y, width, height } = heat;
  return element('image', {
    x,
    y,
    width,
    height,
    href: canvas.toDataURL('image/png'),
    preserveAspectRatio: 'none',
    'image-rendering': 'pixelated',
  });
}
