/** The latest lists, and two of them held against each other. */
import { useEffect, useRef, useState } from 'react';
import type { PeerHandle } from '../../dashboard/feed.ts';
import type { RecentAnswer } from '../../dashboard/observed.ts';
import { plural } from '../format.ts';
import type { Names } from './names.ts';
import { pairIn, type Chosen } from './pair.ts';
import { PairPanel } from './PairPanel.tsx';
import { Panel } from './Panel.tsx';
import { RecentRows } from './RecentRows.tsx';
import { recentSheet } from './sheet.ts';
import type { Lens } from './state.ts';
import { useAnswers } from './useAnswers.ts';
import { lookedWords, NO_LISTS } from './words.ts';

const MOST = 40;
/** Milliseconds: rows that change faster cannot be read. */
const CALM = 1000;

interface RecentPanelProps {
  readonly lens: Lens;
  readonly peer: PeerHandle | undefined;
  readonly names: Names;
  readonly onPick: (peer: PeerHandle) => void;
}

export function RecentPanel({ lens, peer, names, onPick }: RecentPanelProps) {
  const reading = useRef<HTMLParagraphElement>(null);
  const [answer, setAnswer] = useState<RecentAnswer>();
  const [chosen, setChosen] = useState<Chosen>();
  const box = useRef<HTMLDivElement>(null);
  const held = useRef(false);
  const latest = useRef<RecentAnswer>(undefined);
  const shownAt = useRef(-CALM);
  const { swarm, method, window } = lens;
  const filter = { swarm: peer === undefined ? swarm : undefined, method, window };

  const show = (next: RecentAnswer): void => {
    shownAt.current = performance.now();
    setAnswer(next);
    if (reading.current)
      reading.current.textContent =
        next.looked.lists === 0
          ? NO_LISTS
          : `${plural(next.lists.length, 'latest list')} of ${lookedWords(next.looked)}`;
    names.learn(next.lists.map(({ asker }) => asker)).then(
      (news) => news && setAnswer({ ...next }),
      () => undefined,
    );
  };
  useAnswers<'recent'>({ about: 'recent', filter, peer, most: MOST }, (next) => {
    latest.current = next;
    setChosen((before) => pairIn(next, before));
    const isCalm = !held.current && performance.now() - shownAt.current >= CALM;
    if (isCalm || answer === undefined) show(next);
  });
  // Rows that somebody looks at stay.
  useEffect(() => {
    const of = box.current;
    if (of === null) return undefined;
    const hold = (): void => {
      held.current = true;
      of.dataset['held'] = '';
    };
    const letGo = (): void => {
      held.current = false;
      delete of.dataset['held'];
    };
    of.addEventListener('pointerenter', hold);
    of.addEventListener('pointerleave', letGo);
    of.addEventListener('focusin', hold);
    of.addEventListener('focusout', letGo);
    return () => {
      of.removeEventListener('pointerenter', hold);
      of.removeEventListener('pointerleave', letGo);
      of.removeEventListener('focusin', hold);
      of.removeEventListener('focusout', letGo);
    };
  }, []);

  return (
    <div className="lists-compare">
      <Panel
        title={peer === undefined ? 'Latest lists' : 'Latest lists of the selected peer'}
        name="Latest lists"
        reading={reading}
        className="lists-recent"
        names={names}
        sheet={() => (latest.current === undefined ? undefined : recentSheet(latest.current))}
        exportable={() => ({ name: 'peer-lists-latest', title: 'Latest peer lists', legend: [] })}
      >
        <div
          ref={box}
          className="lists-scroll"
          // Scrolls, so it must be reachable by keyboard; stands still while it is looked at.
          tabIndex={0}
          role="group"
          aria-label="Latest lists"
        >
          <p className="lists-held soft small">These rows stay while you look at them.</p>
          {answer !== undefined && answer.lists.length > 0 && (
            <RecentRows
              lists={answer.lists}
              chosen={chosen}
              names={names}
              onChoose={setChosen}
              onPick={onPick}
            />
          )}
        </div>
      </Panel>
      <PairPanel
        chosen={chosen}
        names={names}
        onPick={onPick}
        onForgotten={() => setChosen(latest.current === undefined ? undefined : pairIn(latest.current))}
      />
    </div>
  );
}
