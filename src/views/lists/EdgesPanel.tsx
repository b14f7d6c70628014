/** Who was handed to whom: everybody on a ring, or what concerns the selected peer. */
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { PeerHandle } from '../../dashboard/feed.ts';
import type { EdgesAnswer } from '../../dashboard/observed.ts';
import type { LegendEntry } from '../export/exportable.ts';
import { formatClock, plural } from '../format.ts';
import type { ShownTheme } from '../theme.ts';
import { drawEdges } from './draw-edges.ts';
import { egoPlan, nodeAt, ringPlan, type EdgePlan, type Size } from './edge-layout.ts';
import type { Names } from './names.ts';
import { Panel } from './Panel.tsx';
import { edgeSheet } from './sheet.ts';
import type { Lens } from './state.ts';
import { useAnswers } from './useAnswers.ts';
import { useDrawing } from './useDrawing.ts';
import { edgesWords } from './words.ts';

/** Of everybody: more would be a cloud. */
const MOST_ON_RING = 400;
const MOST_OF_ONE = 2000;
/** Pixels around a disc that are still it. */
const REACH = 9;

const LEGEND: readonly LegendEntry[] = [
  { label: 'a LEECH was listed', colour: 'var(--leech)', mark: 'line' },
  { label: 'a SEED was listed', colour: 'var(--seed)', mark: 'line' },
  { label: 'gone when listed', colour: 'var(--ink-soft)', mark: 'dashed' },
];

interface EdgesPanelProps {
  readonly lens: Lens;
  readonly peer: PeerHandle | undefined;
  readonly theme: ShownTheme;
  readonly names: Names;
  readonly tools: ReactNode;
  readonly onPick: (peer: PeerHandle) => void;
  readonly onEverybody: () => void;
}

export function EdgesPanel({ lens, peer, theme, names, tools, onPick, onEverybody }: EdgesPanelProps) {
  const svg = useRef<SVGSVGElement>(null);
  const reading = useRef<HTMLParagraphElement>(null);
  const tip = useRef<HTMLParagraphElement>(null);
  const say = useRef<() => void>(undefined);
  const shown = useRef<{ answer: EdgesAnswer; plan: EdgePlan; over: PeerHandle | undefined }>(undefined);
  const { swarm, method, window, order } = lens;
  // A peer's lists are its own, whatever swarm is looked at.
  const filter = useMemo(
    () => ({ swarm: peer === undefined ? swarm : undefined, method, window }),
    [peer, swarm, method, window],
  );

  const draw = useDrawing(svg, theme, (of: SVGSVGElement, size: Size) => {
    if (shown.current === undefined) return;
    const { answer, over } = shown.current;
    const plan = answer.peer === undefined ? ringPlan(answer, size) : egoPlan(answer, size);
    shown.current.plan = plan;
    say.current?.();
    const place = over === undefined ? -1 : plan.nodes.findIndex((node) => node.peer === over);
    drawEdges(of, { plan, answer, size, over: place < 0 ? undefined : place, names });
  });

  useAnswers<'edges'>(
    { about: 'edges', filter, peer, order, most: peer === undefined ? MOST_ON_RING : MOST_OF_ONE },
    (answer) => {
      const over = shown.current?.over;
      shown.current = { answer, plan: shown.current?.plan ?? NO_PLAN, over };
      const words = edgesWords(answer);
      if (reading.current) reading.current.textContent = words;
      svg.current?.setAttribute('aria-label', `Who was handed to whom. ${words}`);
      if (answer.peer !== undefined)
        names.learn([answer.peer, ...answer.peers.subarray(0, 400)]).then(draw, () => undefined);
      draw();
    },
  );

  useEffect(() => {
    const of = svg.current;
    if (of === null) return undefined;
    const find = (event: PointerEvent | MouseEvent): PeerHandle | undefined => {
      const at = shown.current;
      const place = at === undefined ? undefined : nodeAt(at.plan, event.offsetX, event.offsetY, REACH);
      return place === undefined ? undefined : at?.plan.nodes[place]?.peer;
    };
    const tell = (): void => {
      const at = shown.current;
      if (tip.current === null) return;
      tip.current.textContent =
        at?.over === undefined ? '' : tipOf(at.plan, at.over, names, at.answer.looked.to, tell);
    };
    say.current = tell;
    const move = (event: PointerEvent): void => {
      if (shown.current === undefined) return;
      const over = find(event);
      of.classList.toggle('is-over', over !== undefined);
      if (over === shown.current.over) return;
      shown.current.over = over;
      tell();
      draw();
    };
    const away = (): void => {
      if (shown.current?.over === undefined) return;
      shown.current.over = undefined;
      tell();
      draw();
    };
    const click = (event: MouseEvent): void => {
      const over = find(event);
      if (over !== undefined) onPick(over);
    };
    of.addEventListener('pointermove', move);
    of.addEventListener('pointerleave', away);
    of.addEventListener('click', click);
    return () => {
      of.removeEventListener('pointermove', move);
      of.removeEventListener('pointerleave', away);
      of.removeEventListener('click', click);
    };
  }, [draw, names, onPick]);

  return (
    <Panel
      title="Who was handed to whom"
      name="Who was handed to whom"
      reading={reading}
      className="lists-edges"
      tools={
        <>
          {tools}
          {peer !== undefined && (
            <button type="button" className="button button-small" onClick={onEverybody}>
              Everybody
            </button>
          )}
        </>
      }
      names={names}
      sheet={() => (shown.current === undefined ? undefined : edgeSheet(shown.current.answer))}
      exportable={() => ({
        name: 'peer-lists-edges',
        title: 'Who was handed to whom',
        notes: [reading.current?.textContent ?? '', 'Thicker: more often. Paler: longer ago.'],
        legend: LEGEND,
        svg: () => (shown.current === undefined ? undefined : (svg.current ?? undefined)),
      })}
    >
      <div className="lists-picture">
        <svg ref={svg} className="lists-svg" role="img" aria-label="Who was handed to whom" />
        <p ref={tip} className="lists-tip" aria-hidden="true" />
      </div>
      <ul className="lists-legend">
        <li data-mark="leech">LEECH listed</li>
        <li data-mark="seed">SEED listed</li>
        <li data-mark="stale">gone when listed</li>
        <li>thicker: more often</li>
        <li>paler: longer ago</li>
      </ul>
    </Panel>
  );
}

const NO_PLAN: EdgePlan = { nodes: [], edges: [], rows: [], more: { asker: 0, listed: 0 } };

function tipOf(plan: EdgePlan, peer: PeerHandle, names: Names, now: number, then: () => void): string {
  names.peek(peer, then);
  const of = plan.edges.filter(
    ({ asker, listed }) => plan.nodes[asker]?.peer === peer || plan.nodes[listed]?.peer === peer,
  );
  const got = of.filter(({ asker }) => plan.nodes[asker]?.peer === peer);
  const stood = of.filter(({ listed }) => plan.nodes[listed]?.peer === peer);
  const times = stood.reduce((sum, edge) => sum + edge.times, 0);
  const last = of.reduce((latest, edge) => Math.max(latest, edge.last), 0);
  const node = plan.nodes.find((one) => one.peer === peer);
  return (
    `${names.short(peer)}: ${node?.seed === true ? 'SEED' : 'LEECH'}${node?.gone === true ? ', gone now' : ''}. ` +
    `Of what is drawn: was handed ${plural(got.length, 'peer')}; listed ${plural(times, 'time')} to ${plural(stood.length, 'asker')}; ` +
    `last at ${formatClock(Math.min(last, now))}.`
  );
}
