/** Where a foreign peer's latest messages depart from the text, by section. */
import { useEffect, useState } from 'react';
import { deviationsOf, type ReadMessage, type SectionDeviations } from '../../../dashboard/deviations.ts';
import { SIDES, type Explanations } from '../../../dashboard/explanations.ts';
import type { RecordedExchange } from '../../../dashboard/inspector.ts';
import { useDashboard } from '../../context.tsx';
import { formatCount, plural } from '../../format.ts';

interface DeviationsProps {
  readonly exchanges: readonly RecordedExchange[];
  /** In all its exchanges. */
  readonly total: number;
}

export function Deviations({ exchanges, total }: DeviationsProps) {
  const sections = useDeviations(exchanges);
  return (
    <section className="peer-section" aria-label="Deviations from the text">
      <h3>
        Deviations from the text <span className="soft">{formatCount(total)}</span>
      </h3>
      {sections === undefined ? (
        <p className="soft">Reading…</p>
      ) : sections.length === 0 ? (
        <p className="soft">
          {total === 0
            ? 'None: its messages are as their edition has them.'
            : 'None in its latest exchanges.'}
        </p>
      ) : (
        sections.map(({ section, deviations }) => (
          <div key={section} className="deviations">
            <h4>{section}</h4>
            <ul>
              {deviations.map(({ side, path, words, count }) => (
                <li key={`${side} ${path} ${words}`}>
                  {path !== '' && <code>{path}</code>} {words}
                  <span className="soft">
                    {side === 'response' && ' · in the answer'}
                    {count > 1 && ` · ${plural(count, 'exchange')}`}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ))
      )}
    </section>
  );
}

/** Undefined while the first reading goes on. */
function useDeviations(exchanges: readonly RecordedExchange[]): readonly SectionDeviations[] | undefined {
  const { explanations } = useDashboard();
  const [sections, setSections] = useState<readonly SectionDeviations[]>();
  useEffect(() => {
    let current = true;
    void readAll(explanations, exchanges).then((read) => {
      if (current) setSections(deviationsOf(read));
    });
    return () => {
      current = false;
    };
  }, [explanations, exchanges]);
  return sections;
}

/** Only those of which the reader found something to say. */
function readAll(
  explanations: Explanations,
  exchanges: readonly RecordedExchange[],
): Promise<readonly ReadMessage[]> {
  return Promise.all(
    exchanges.flatMap((exchange) =>
      SIDES.filter((side) => exchange.findings[side] > 0).map(async (side) => ({
        side,
        explained: await explanations.of(exchange, side),
      })),
    ),
  );
}
