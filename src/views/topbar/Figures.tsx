/** The live figures, each with its plain number for scripts (a contract: data-metric, data-value). */
import { useStore } from 'zustand';
import type { Figures as FigureValues } from '../../dashboard/state.ts';
import { useDashboard } from '../context.tsx';
import { formatCompact, formatPerSecond } from '../format.ts';
import { sourceNote } from './source.ts';

interface FigureKind {
  readonly metric: keyof FigureValues;
  readonly label: string;
  readonly title: string;
}

const KINDS: readonly FigureKind[] = [
  { metric: 'peers', label: 'peers', title: 'Peers now' },
  { metric: 'seeds', label: 'SEED', title: 'Peers that have the whole of the content and only give' },
  { metric: 'leeches', label: 'LEECH', title: 'Peers that still collect chunks' },
  { metric: 'swarms', label: 'swarms', title: 'Swarms now' },
  {
    metric: 'rate',
    label: 'req/s',
    title: 'Requests a second by this page’s peers, over the last few seconds',
  },
  { metric: 'requests', label: 'requests', title: 'Requests in all' },
  { metric: 'errors', label: 'errors', title: 'Answers with an error, unreadable answers and lost requests' },
];

const NOTE_TITLE =
  'A tracker that answers GET /stats counts for itself: other peers too, and for one track timer (90 s in ours) those that crashed or whose page was closed. Else the page counts its own peers.';

const written = (metric: keyof FigureValues, value: number): string =>
  metric === 'rate' ? formatPerSecond(value) : formatCompact(value);

export function Figures() {
  const { stores } = useDashboard();
  const figures = useStore(stores.run, (run) => run.figures);
  const note = useStore(stores.run, sourceNote);
  const foreign = useStore(stores.foreign, ({ peers }) => peers);
  return (
    <section className="figures" aria-label="Live figures">
      <dl className="figures-row">
        {KINDS.map(({ metric, label, title }) => (
          <div
            key={metric}
            className="figure"
            data-kind={metric}
            data-zero={figures[metric] === 0 ? '' : undefined}
            title={title}
          >
            <dt>{label}</dt>
            <dd data-metric={metric} data-value={figures[metric]}>
              {written(metric, figures[metric])}
            </dd>
          </div>
        ))}
        {foreign > 0 && (
          <div
            className="figure"
            data-kind="foreign"
            title="Peers that are not this page’s own, as their exchanges with the tracker show them"
          >
            <dt>foreign</dt>
            <dd data-metric="foreign" data-value={foreign}>
              {formatCompact(foreign)}
            </dd>
          </div>
        )}
      </dl>
      <p className="figures-note" title={NOTE_TITLE}>
        {note}
      </p>
    </section>
  );
}
