/** The cases by edition and section. One of them is in the tab order; the arrow keys go on from there. */
import { memo, useRef, type KeyboardEvent } from 'react';
import { grouped } from '../../dashboard/conformance/filter.ts';
import { standingOf, type JudgedCase, type ListedCase } from '../../dashboard/conformance/state.ts';
import { editionName } from '../editions.ts';
import { formatCount, formatTook } from '../format.ts';
import { LevelMark, StandingMark } from './words.tsx';

interface CaseListProps {
  readonly cases: readonly ListedCase[];
  readonly judged: ReadonlyMap<string, JudgedCase>;
  /** Ids of those under way. */
  readonly running: ReadonlySet<string>;
  readonly open: string | undefined;
  readonly onOpen: (id: string) => void;
}

const STEPS: Readonly<Record<string, (place: number, last: number) => number>> = {
  ArrowDown: (place, last) => Math.min(last, place + 1),
  ArrowUp: (place) => Math.max(0, place - 1),
  Home: () => 0,
  End: (_place, last) => last,
};

export function CaseList({ cases, judged, running, open, onOpen }: CaseListProps) {
  const box = useRef<HTMLDivElement>(null);
  const entry = cases.some(({ id }) => id === open) ? open : cases[0]?.id;
  const step = (event: KeyboardEvent): void => {
    const move = STEPS[event.key];
    if (move === undefined || box.current === null) return;
    const rows = [...box.current.querySelectorAll<HTMLButtonElement>('.conf-case')];
    const place = rows.findIndex((row) => row === document.activeElement);
    if (place < 0) return;
    event.preventDefault();
    rows[move(place, rows.length - 1)]?.focus();
  };
  return (
    // The keys are those of the rows within it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={box} className="conf-list" onKeyDown={step}>
      {grouped(cases).map(({ edition, sections }) => (
        <section key={edition} aria-labelledby={`conf-${edition}`}>
          <h3 id={`conf-${edition}`} className="conf-edition">
            {editionName(edition).name}
          </h3>
          {sections.map(({ section, cases }) => (
            <div key={section} className="conf-section">
              <h4>
                {section}{' '}
                <span className="soft">
                  {passedOf(cases, judged)} of {formatCount(cases.length)}
                </span>
              </h4>
              <ul>
                {cases.map((info) => (
                  <li key={info.id}>
                    <CaseRow
                      info={info}
                      judged={judged.get(info.id)}
                      running={running.has(info.id)}
                      open={info.id === open}
                      entry={info.id === entry}
                      onOpen={onOpen}
                    />
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}

const passedOf = (cases: readonly ListedCase[], judged: CaseListProps['judged']): string =>
  formatCount(cases.filter(({ id }) => judged.get(id)?.verdict.verdict === 'pass').length);

interface CaseRowProps {
  readonly info: ListedCase;
  readonly judged: JudgedCase | undefined;
  readonly running: boolean;
  readonly open: boolean;
  /** In the tab order. */
  readonly entry: boolean;
  readonly onOpen: (id: string) => void;
}

const CaseRow = memo(function CaseRow({ info, judged, running, open, entry, onOpen }: CaseRowProps) {
  const { id, requirement } = info;
  return (
    <button
      type="button"
      className="conf-case"
      data-case={id}
      aria-current={open}
      tabIndex={entry ? 0 : -1}
      onClick={() => onOpen(id)}
    >
      <StandingMark standing={standingOf(judged)} running={running} />
      <LevelMark info={info} />
      <span className="conf-what">
        <b className="mono">{id.slice(id.lastIndexOf('/') + 1)}</b> <span>{requirement}</span>
      </span>
      <span className="conf-took soft">{judged === undefined ? '' : formatTook(judged.milliseconds)}</span>
    </button>
  );
});
