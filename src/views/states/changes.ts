/** Sets what has changed, and nothing else: SVG is laid out anew by whatever is set, the same as before or not. */
import type { BaseType, Selection } from 'd3';

type Attributes<Datum> = Readonly<Record<string, (datum: Datum) => string | number | null>>;

/** `null` takes the attribute away. */
export function put<Kind extends BaseType, Datum, Parent extends BaseType, Above>(
  elements: Selection<Kind, Datum, Parent, Above>,
  attributes: Attributes<Datum>,
): void {
  for (const [name, value] of Object.entries(attributes))
    elements.each(function set(datum) {
      const element = this as unknown as Element;
      const next = value(datum);
      if (next === null) element.removeAttribute(name);
      else if (element.getAttribute(name) !== String(next)) element.setAttribute(name, String(next));
    });
}

export function say<Kind extends BaseType, Datum, Parent extends BaseType, Above>(
  elements: Selection<Kind, Datum, Parent, Above>,
  words: (datum: Datum) => string,
): void {
  elements.each(function set(datum) {
    const element = this as unknown as Element;
    const next = words(datum);
    if (element.textContent !== next) element.textContent = next;
  });
}
