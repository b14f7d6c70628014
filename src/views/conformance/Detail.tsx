/** One case: what is asked, where, what came instead, what to do about it, and every byte behind that. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { commandFor, skippedAdvice } from '../../dashboard/conformance/command.ts';
import { recordsOf } from '../../dashboard/conformance/desk.ts';
import {
  standingOf,
  suiteShown,
  type CaseVerdict,
  type ConformanceState,
  type JudgedCase,
  type ListedCase,
} from '../../dashboard/conformance/state.ts';
import { useDashboard } from '../context.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { Dialog } from '../dialog/Dialog.tsx';
import { formatTook, plural } from '../format.ts';
import { Icon } from '../icons.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { ExchangeItem } from './ExchangeItem.tsx';
import { LevelMark, StandingMark } from './words.tsx';

interface DetailProps {
  readonly state: ConformanceState;
  readonly info: ListedCase;
  readonly onClose: () => void;
}

export function Detail({ state, info, onClose }: DetailProps) {
  const { conformance } = useDashboard();
  const box = useRef<HTMLElement>(null);
  const { id } = info;
  useEffect(() => {
    // Newer browsers give a promise, which React would take for what is to be cleaned up.
    box.current?.scrollTo(0, 0);
  }, [id]);
  const judged = suiteShown(state).judged.get(id);
  const running = state.run?.running.has(id) === true;
  return (
    <aside ref={box} className="conf-detail" aria-label="Case">
      <header className="conf-detail-head">
        <h3 className="mono">{id}</h3>
        <button type="button" className="button button-quiet" aria-label="Close the case" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <p className="conf-marks">
        <StandingMark standing={standingOf(judged)} running={running} />
        <LevelMark info={info} />
        {judged !== undefined && <span className="soft">took {formatTook(judged.milliseconds)}</span>}
        <button
          type="button"
          className="button button-small"
          disabled={state.run !== undefined}
          onClick={() => conformance.run([id])}
        >
          <Icon name={judged === undefined ? 'start' : 'restart'} />
          {judged === undefined ? 'Run this case' : 'Run again'}
        </button>
      </p>
      <dl className="conf-facts">
        <Fact name="Asked for" text={info.requirement} />
        <Fact name="Section" text={info.section} />
        {info.ours && (
          <Fact
            name="Ours"
            text="The texts are silent or contradict each other here: this project decided."
          />
        )}
        {judged !== undefined && <VerdictFacts verdict={judged.verdict} advice={info.advice} />}
      </dl>
      <Repeat state={state} info={info} />
      {judged !== undefined && <Exchanges key={id} judged={judged} />}
    </aside>
  );
}

function Fact({
  name,
  text,
  bad = false,
}: {
  readonly name: string;
  readonly text: string;
  readonly bad?: boolean;
}) {
  return (
    <div data-bad={bad ? '' : undefined}>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function VerdictFacts({ verdict, advice }: { readonly verdict: CaseVerdict; readonly advice: string }) {
  switch (verdict.verdict) {
    case 'pass':
      return null;
    case 'fail':
      return (
        <>
          <Fact name="Expected" text={verdict.expected} />
          <Fact name="Actual" text={verdict.actual} bad />
          <Fact name="What to do" text={advice} />
        </>
      );
    case 'skipped':
      return (
        <>
          <Fact name="Not tried" text={verdict.why} />
          <Fact name="What to do" text={skippedAdvice(verdict.why)} />
        </>
      );
    case 'inconclusive':
      return <Fact name="Left open" text={verdict.why} />;
    case 'fault':
      return <Fact name="Our fault" text={verdict.why} bad />;
    default:
      return verdict satisfies never;
  }
}

/** The command line does what a page cannot: it has sockets. */
function Repeat({ state: { suite, trackTimer }, info }: Pick<DetailProps, 'state' | 'info'>) {
  const { stores } = useDashboard();
  const url = useStore(stores.tracker, (tracker) => tracker.url);
  const command = commandFor({ suite, info, url, trackTimer });
  return (
    <p className="conf-command">
      <code tabIndex={0} role="region" aria-label="The command that repeats this case">
        {command}
      </code>
      <CopyButton text={command} what="command" />
    </p>
  );
}

function Exchanges({ judged }: { readonly judged: JudgedCase }) {
  const records = useMemo(() => recordsOf(judged), [judged]);
  const [inspected, setInspected] = useState<number>();
  const record = inspected === undefined ? undefined : records[inspected];
  const others = useMemo(
    () =>
      records.flatMap((one, place) =>
        place === inspected
          ? []
          : [{ id: String(place), name: stepName(judged, place), load: () => Promise.resolve(one) }],
      ),
    [records, inspected, judged],
  );
  if (records.length === 0) return <p className="soft">Nothing was exchanged.</p>;
  return (
    <section aria-label="Exchanges">
      <h4>{plural(records.length, 'exchange')}</h4>
      <ol className="conf-exchanges">
        {records.map((one, place) => (
          <li key={one.id}>
            <ExchangeItem
              exchange={one}
              name={stepName(judged, place)}
              onInspect={() => setInspected(place)}
            />
          </li>
        ))}
      </ol>
      {record !== undefined && (
        <Dialog title="Inspector" page onClose={() => setInspected(undefined)}>
          <Inspector exchange={record} others={others} />
        </Dialog>
      )}
    </section>
  );
}

const stepName = ({ exchanges }: JudgedCase, place: number): string =>
  `${place + 1}. ${exchanges[place]?.step ?? ''}`;
