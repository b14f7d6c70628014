/** What came of one cell: the stages of the life, the departures of both sides, the figures. */
import type { CellResult } from '../../dashboard/matrix/desk.ts';
import { editionName } from '../editions.ts';
import { formatCount, formatTook, plural } from '../format.ts';
import { Icon } from '../icons.tsx';
import { CellMark } from './marks.tsx';

interface CellDetailProps {
  readonly cell: CellResult;
  readonly hasTrace: boolean;
  readonly onOpen: () => void;
}

export function CellDetail({ cell, hasTrace, onOpen }: CellDetailProps) {
  const { tracker, peer, edition, verdict, reason, stages, findings, counts, milliseconds, trace } = cell;
  return (
    <section className="matrix-detail" aria-label="Cell">
      <h3>
        <CellMark verdict={verdict} /> {tracker} × {peer} × {editionName(edition).name}
      </h3>
      <p>{reason}</p>
      {trace !== undefined && (
        <p className="matrix-trace">
          <button type="button" className="button button-small" disabled={!hasTrace} onClick={onOpen}>
            <Icon name="wire" />
            Open its trace
          </button>{' '}
          <span className="soft">
            {plural(counts.exchanges, 'exchange')}, {formatCount(counts.errors)} refused,{' '}
            {formatCount(counts.unanswered)} unanswered, {formatCount(counts.bytes)} bytes,{' '}
            {formatTook(milliseconds)}
            {!hasTrace && `; ${trace} was not opened with the matrix`}
          </span>
        </p>
      )}
      {stages.length > 0 && (
        <ol className="matrix-stages" aria-label="Stages">
          {stages.map(({ name, outcome, why }) => (
            <li key={name} data-outcome={outcome}>
              <b>{name}</b> {outcome}
              {why !== undefined && <span className="soft"> ({why})</span>}
            </li>
          ))}
        </ol>
      )}
      {findings.length > 0 && (
        <ul className="matrix-findings" aria-label="Departures from the text">
          {findings.map(({ side, level, section, what, times, exchange }) => (
            <li key={`${side} ${section} ${what}`}>
              <b>{side}</b> {level}, {section}: {what}
              <span className="soft">
                {times > 1 && ` ${formatCount(times)} times`}
                {exchange !== undefined && ` (first: exchange ${exchange})`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
