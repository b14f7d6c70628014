/** The drawing in its frame: as wide as there is room, drawn anew with each answer, gone through by keyboard. */
import {
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
} from 'react';
import type { StoreApi } from 'zustand';
import type { StatesAnswer } from '../../dashboard/state-flows.ts';
import type { EditionId } from '../../protocol/message.ts';
import { choiceNamed, nameOf, type Choice } from './choice.ts';
import { draw } from './draw.ts';
import { layoutOf, sceneOf } from './scene.ts';
import { spokenSummary } from './words.ts';

/** The latest answer; the drawing follows it past React. */
export interface Seen {
  readonly answer: StatesAnswer | undefined;
}

interface DiagramProps {
  readonly ref: Ref<SVGSVGElement>;
  readonly edition: EditionId | undefined;
  readonly seen: StoreApi<Seen>;
  readonly choice: Choice | undefined;
  readonly onChoose: (choice: Choice | undefined) => void;
}

/** The drawing's letters are made for a page whose own are of this size, in pixels; larger ones enlarge it all. */
const USUAL_LETTERS = 14;
const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export function Diagram({ ref, edition, seen, choice, onChoose }: DiagramProps) {
  const svg = useRef<SVGSVGElement>(null);
  /** Of the buttons in the drawing, the one in the tab order. */
  const entry = useRef('state TRACKING');
  const help = useId();
  useImperativeHandle(ref, () => svg.current as SVGSVGElement);

  const redraw = useEffectEvent(() => {
    const element = svg.current;
    const room = element?.parentElement?.clientWidth ?? 0;
    if (element === null || room === 0) return;
    const letters = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const scale = letters / USUAL_LETTERS;
    const layout = layoutOf(room / scale, edition);
    const scene = sceneOf({ edition, answer: seen.getState().answer }, layout, choice && nameOf(choice));
    draw(element, scene);
    element.style.width = `${layout.width * scale}px`;
    element.style.height = `${Math.ceil(layout.height) * scale}px`;
    element.setAttribute('aria-label', spokenSummary(scene));
    keepOneInOrder(element, entry.current);
  });
  useEffect(() => {
    const frame = svg.current?.parentElement;
    if (frame == null) return undefined;
    const resized = new ResizeObserver(() => redraw());
    resized.observe(frame);
    const leave = seen.subscribe(() => redraw());
    return () => {
      resized.disconnect();
      leave();
    };
  }, [seen]);
  useEffect(() => redraw(), [edition, choice]);

  const picked = (target: EventTarget): Choice | undefined => {
    const name = (target as Element).closest('[data-pick]')?.getAttribute('data-pick');
    return name == null ? undefined : choiceNamed(name);
  };
  const choose = (next: Choice | undefined): void => {
    if (next === undefined) return;
    onChoose(choice !== undefined && nameOf(choice) === nameOf(next) ? undefined : next);
  };
  const press = (event: KeyboardEvent<SVGSVGElement>): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      event.stopPropagation();
      return choose(picked(event.target));
    }
    const by = MOVES[event.key];
    const element = svg.current;
    if (by === undefined || element === null) return;
    event.preventDefault();
    const all = [...element.querySelectorAll<SVGGElement>('[data-pick][role=button]')].sort(inReadingOrder);
    const at = all.indexOf(document.activeElement as unknown as SVGGElement);
    const to = all.at((at + by + all.length) % all.length);
    entry.current = to?.getAttribute('data-pick') ?? entry.current;
    keepOneInOrder(element, entry.current);
    to?.focus();
  };

  return (
    <div className="states-frame">
      <p id={help} className="only-spoken">
        Arrow keys go from state to state and from line to line, Enter lists the peers.
      </p>
      {/* The keys and clicks are those of the buttons within it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <svg
        ref={svg}
        className="states-drawing"
        role="group"
        aria-roledescription="state machines"
        aria-describedby={help}
        onClick={({ target }: MouseEvent) => choose(picked(target))}
        onKeyDown={press}
      />
    </div>
  );
}

/** All of them can be focused, one by the key Tab. */
function keepOneInOrder(svg: SVGSVGElement, entry: string): void {
  for (const button of svg.querySelectorAll('[data-pick][role=button]')) {
    const order = button.getAttribute('data-pick') === entry ? '0' : '-1';
    if (button.getAttribute('tabindex') !== order) button.setAttribute('tabindex', order);
  }
}

/** From top to bottom, then from left to right. */
function inReadingOrder(a: Element, b: Element): number {
  const [one, two] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
  return Math.abs(one.top - two.top) > 4 ? one.top - two.top : one.left - two.left;
}
