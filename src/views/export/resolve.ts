/** A drawing on the page as one that stands by itself: what style sheets gave it is written into it. */

/** Presentation attributes of SVG 2, with what they are where nothing says otherwise. */
const PROPERTIES: readonly (readonly [name: string, initial: string])[] = [
  ['fill', ''],
  ['fill-opacity', '1'],
  ['stroke', 'none'],
  ['stroke-width', '1px'],
  ['stroke-opacity', '1'],
  ['stroke-dasharray', 'none'],
  ['stroke-dashoffset', '0px'],
  ['stroke-linecap', 'butt'],
  ['stroke-linejoin', 'miter'],
  ['opacity', '1'],
  ['paint-order', 'normal'],
  ['vector-effect', 'none'],
  ['marker-start', 'none'],
  ['marker-mid', 'none'],
  ['marker-end', 'none'],
];
const OF_TEXT: readonly (readonly [name: string, initial: string])[] = [
  ['font-size', ''],
  ['font-weight', '400'],
  ['font-style', 'normal'],
  ['text-anchor', 'start'],
  ['dominant-baseline', 'auto'],
  ['letter-spacing', 'normal'],
];
/** Means nothing in a file; all else stays: geometry, names. */
const DROPPED = /^(style|role|tabindex|focusable|data-.*|aria-.*|on.*)$/;

export interface Resolved {
  readonly width: number;
  readonly height: number;
  /** Elements, as markup, within that size. */
  readonly markup: string;
}

/** Undefined: it has no size, so there is nothing to be seen. */
export function resolved(svg: SVGSVGElement): Resolved | undefined {
  const mounted = svg.isConnected ? undefined : mount(svg);
  try {
    const { width, height } = svg.getBoundingClientRect();
    if (width < 1 || height < 1) return undefined;
    const box = svg.viewBox.baseVal;
    const own = document.createElementNS(svg.namespaceURI, 'svg');
    const sees = box !== null && box.width > 0;
    own.setAttribute('width', String(width));
    own.setAttribute('height', String(height));
    own.setAttribute(
      'viewBox',
      sees ? `${box.x} ${box.y} ${box.width} ${box.height}` : `0 0 ${width} ${height}`,
    );
    for (const child of svg.children) append(own, child);
    return { width, height, markup: new XMLSerializer().serializeToString(own) };
  } finally {
    mounted?.remove();
  }
}

/** Styles only hold in the document. */
function mount(svg: SVGSVGElement): HTMLElement {
  const place = document.createElement('div');
  place.className = 'export-mount';
  place.setAttribute('aria-hidden', 'true');
  place.append(svg);
  document.body.append(place);
  return place;
}

function append(parent: Element, element: Element): void {
  const style = getComputedStyle(element);
  // What only moves over it has no place in a picture that stands still.
  if (style.display === 'none' || style.visibility === 'hidden' || element.hasAttribute('data-passing'))
    return;
  const copy = document.createElementNS(element.namespaceURI, element.localName);
  for (const { name, value } of element.attributes) if (!DROPPED.test(name)) copy.setAttribute(name, value);
  if (element.localName === 'title') copy.textContent = element.textContent;
  else {
    const isText = element.localName === 'text' || element.localName === 'tspan';
    for (const [name, initial] of isText ? [...PROPERTIES, ...OF_TEXT] : PROPERTIES) {
      const value = style.getPropertyValue(name);
      if (value !== initial) copy.setAttribute(name, value);
      else copy.removeAttribute(name);
    }
    if (isText) copy.setAttribute('font-family', generic(style.fontFamily));
  }
  for (const node of element.childNodes) {
    if (node instanceof Element) append(copy, node);
    else if (isTextual(element) && node instanceof Text) copy.append(node.data);
  }
  parent.append(copy);
}

const isTextual = ({ localName }: Element): boolean => localName === 'text' || localName === 'tspan';

/** Whoever opens the file has other faces than this machine. */
const generic = (family: string): string => (/\bmonospace\b/.test(family) ? 'monospace' : 'sans-serif');
