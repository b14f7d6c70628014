/** Two lists against each other: who is on both, who on one alone. */
import { useEffect, useRef, useState } from 'react';
import type { PeerHandle } from '../../dashboard/feed.ts';
import type { ListFacts, PairAnswer } from '../../dashboard/observed.ts';
import { useDashboard } from '../context.tsx';
import { formatSpan, formatStamp, shortId } from '../format.ts';
import { PeerMark } from '../marks.tsx';
import type { Names } from './names.ts';
import type { Chosen } from './pair.ts';
import { Panel } from './Panel.tsx';
import { GONE_WORDS, ON_WORDS, pairSheet, type Sheet } from './sheet.ts';
import { pairWords } from './words.ts';

interface PairPanelProps {
  readonly chosen: Chosen | undefined;
  readonly names: Names;
  readonly onPick: (peer: PeerHandle) => void;
  readonly onForgotten: () => void;
}

export function PairPanel({ chosen, names, onPick, onForgotten }: PairPanelProps) {
  const { observed } = useDashboard();
  const reading = useRef<HTMLParagraphElement>(null);
  const [pair, setPair] = useState<PairAnswer>();
  const forgotten = useRef(onForgotten);
  useEffect(() => {
    forgotten.current = onForgotten;
  });
  const { a, b } = chosen ?? {};
  useEffect(() => {
    if (a === undefined || b === undefined) return undefined;
    let wanted = true;
    const ask = async (): Promise<void> => {
      const answer = await observed.once('lists', { about: 'pair', a, b });
      if (answer.about !== 'pair') return;
      if (answer.a === undefined || answer.b === undefined) {
        if (wanted) forgotten.current();
        return;
      }
      await names.learn([...answer.peers, answer.a.asker, answer.b.asker]);
      if (!wanted) return;
      setPair(answer);
      if (reading.current) reading.current.textContent = pairWords(answer);
    };
    ask().catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [observed, names, a, b]);
  const shown = chosen === undefined ? undefined : pair;
  return (
    <Panel
      title="One list against another"
      name="One list against another"
      reading={reading}
      className="lists-pair"
      names={names}
      sheet={(): Sheet | undefined => (shown === undefined ? undefined : pairSheet(shown))}
      exportable={() => ({ name: 'peer-lists-pair', title: 'One peer list against another', legend: [] })}
    >
      {shown?.a === undefined || shown.b === undefined ? (
        <p className="soft">Choose two lists beside: A and B.</p>
      ) : (
        <>
          <p className="small">
            <ListName side="A" list={shown.a} names={names} />{' '}
            <ListName side="B" list={shown.b} names={names} />
          </p>
          <div className="lists-columns">
            {([3, 1, 2] as const).map((on) => (
              <Column key={on} on={on} pair={shown} names={names} onPick={onPick} />
            ))}
          </div>
        </>
      )}
    </Panel>
  );
}

function ListName({
  side,
  list,
  names,
}: {
  readonly side: string;
  readonly list: ListFacts;
  readonly names: Names;
}) {
  return (
    <span className="lists-name">
      <b>{side}</b>: {formatStamp(list.at)}, to <span className="mono">{names.short(list.asker)}</span>,{' '}
      {list.method}
    </span>
  );
}

interface ColumnProps {
  readonly on: 1 | 2 | 3;
  readonly pair: PairAnswer;
  readonly names: Names;
  readonly onPick: (peer: PeerHandle) => void;
}

function Column({ on, pair, names, onPick }: ColumnProps) {
  const places = [...pair.on.keys()].filter((place) => pair.on[place] === on);
  const name = ON_WORDS[on] ?? '';
  return (
    <div>
      <h4>
        {name === 'both' ? 'On both' : `On ${name}`} <span className="soft">{places.length}</span>
      </h4>
      <ul>
        {places.map((place) => {
          const peer = pair.peers[place] ?? 0;
          const seed = pair.mode[place] === 1;
          const gone = GONE_WORDS[pair.gone[place] ?? 0] ?? 'no';
          const full = names.full(peer);
          return (
            <li key={peer}>
              <button
                type="button"
                className="lists-entry"
                data-gone={gone === 'no' ? undefined : ''}
                onClick={() => onPick(peer)}
              >
                <PeerMark mode={seed ? 'SEED' : 'LEECH'} share={seed ? 1 : 0.5} />
                <span className="mono" title={full}>
                  {full === '' ? '…' : shortId(full)}
                </span>
                <span className="soft small">
                  {formatSpan(pair.age[place] ?? 0)}
                  {gone === 'no' ? '' : ` · gone ${gone}`}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
