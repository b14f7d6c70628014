/** The latest lists, and two of them held against each other. */
import { useEffect, useRef, useState } from 'react';
import type { PeerHandle } from '../../dashboard/feed.ts';
import type { ListFacts, PairAnswer, RecentAnswer } from '../../dashboard/observed.ts';
import { useDashboard } from '../context.tsx';
import { formatSpan, formatStamp, plural, shortId } from '../format.ts';
import { PeerMark } from '../marks.tsx';
import type { Names } from './names.ts';
import { Panel } from './Panel.tsx';
import { GONE_WORDS, ON_WORDS, pairSheet, recentSheet, type Sheet } from './sheet.ts';
import type { Lens } from './state.ts';
import { useAnswers } from './useAnswers.ts';
import { lookedWords, NO_LISTS, pairWords, percent } from './words.ts';

const MOST = 40;
/** Milliseconds: rows that change faster cannot be read. */
const CALM = 1000;

interface Chosen {
  readonly a: number;
  readonly b: number;
  /** Peers on the shorter one of two that nobody chose; they give way to longer ones. */
  readonly byItself?: number;
}

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
            <Rows lists={answer.lists} chosen={chosen} names={names} onChoose={setChosen} onPick={onPick} />
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

/** Of the longest list its asker's one before; else the two longest. */
function pairIn({ lists }: RecentAnswer, before?: Chosen): Chosen | undefined {
  if (before !== undefined && before.byItself === undefined) return before;
  const byNumber = new Map(lists.map((list) => [list.list, list.size]));
  let best = before;
  for (const { list, before: a, size } of lists) {
    // What is not in sight any more was perhaps short.
    const byItself = a === undefined ? 0 : Math.min(size, byNumber.get(a) ?? size / 2);
    if (a !== undefined && byItself > (best?.byItself ?? 0)) best = { a, b: list, byItself };
  }
  if (best !== undefined) return best;
  const [b, a] = [...lists].sort((one, other) => other.size - one.size);
  return a === undefined || b === undefined ? undefined : { a: a.list, b: b.list, byItself: 0 };
}

interface RowsProps {
  readonly lists: readonly ListFacts[];
  readonly chosen: Chosen | undefined;
  readonly names: Names;
  readonly onChoose: (chosen: Chosen) => void;
  readonly onPick: (peer: PeerHandle) => void;
}

function Rows({ lists, chosen, names, onChoose, onPick }: RowsProps) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">At</th>
          <th scope="col">Asker</th>
          <th scope="col">Method</th>
          <th scope="col">Size</th>
          <th scope="col">Gone</th>
          <th scope="col" title="With the asker’s list before: share of both lists’ peers that is on both">
            Alike
          </th>
          <th scope="col">Compare</th>
        </tr>
      </thead>
      <tbody>
        {lists.map((list) => (
          <tr key={list.list}>
            <td>{formatStamp(list.at)}</td>
            <td>
              <button
                type="button"
                className="lists-peer mono"
                title={names.full(list.asker)}
                onClick={() => onPick(list.asker)}
              >
                {names.short(list.asker)}
              </button>
            </td>
            <td>{list.method}</td>
            <td>{list.size}</td>
            <td>
              {list.gone + list.unknown === 0
                ? '0'
                : `${list.gone}${list.unknown > 0 ? ` + ${list.unknown} unknown` : ''}`}
            </td>
            <td>
              {list.overlap === undefined || list.before === undefined ? (
                <span className="soft">–</span>
              ) : (
                <button
                  type="button"
                  className="lists-peer"
                  title="Hold it against the asker’s list before"
                  onClick={() => onChoose({ a: list.before ?? list.list, b: list.list })}
                >
                  {percent(list.overlap)}
                </button>
              )}
            </td>
            <td className="lists-choose">
              {(['a', 'b'] as const).map((side) => (
                <button
                  key={side}
                  type="button"
                  className="button button-small"
                  aria-pressed={chosen?.[side] === list.list}
                  aria-label={`List of ${formatStamp(list.at)} as ${side.toUpperCase()}`}
                  onClick={() =>
                    onChoose({ a: chosen?.a ?? list.list, b: chosen?.b ?? list.list, [side]: list.list })
                  }
                >
                  {side.toUpperCase()}
                </button>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface PairPanelProps {
  readonly chosen: Chosen | undefined;
  readonly names: Names;
  readonly onPick: (peer: PeerHandle) => void;
  readonly onForgotten: () => void;
}

function PairPanel({ chosen, names, onPick, onForgotten }: PairPanelProps) {
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
