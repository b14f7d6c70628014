/** The machines, to be taken along. */
import { csvTable } from '../../dashboard/csv.ts';
import { flowsOf, STATES, type StatesAnswer } from '../../dashboard/state-flows.ts';
import type { EditionId } from '../../protocol/message.ts';
import type { Exportable } from '../export/exportable.ts';

interface Taken {
  readonly svg: SVGSVGElement | null;
  readonly answer: StatesAnswer | undefined;
  readonly edition: EditionId | undefined;
  readonly swarm: string | undefined;
}

export function exportable({ svg, answer, edition, swarm }: Taken): Exportable {
  const of = [swarm === undefined ? 'all swarms' : `swarm ${swarm}`, edition ?? 'all editions'];
  return {
    name: 'states',
    title: `State machines of the tracker: ${of.join(', ')}`,
    notes: [
      'As the peers tell it: times a second over the last ten seconds, and in all. “12 + 3?”: three more times it was this way or another.',
    ],
    legend: [
      { label: 'keeps the registration', colour: 'var(--tracker)', mark: 'line' },
      { label: 'ends it', colour: 'var(--error)', mark: 'line' },
      { label: 'nothing in the last ten seconds', colour: 'var(--line-strong)', mark: 'dashed' },
    ],
    ...(svg !== null && { svg: () => svg }),
    csv: () => (answer === undefined ? '' : tableOf(answer, edition)),
  };
}

const COLUMNS = ['kind', 'from', 'event', 'to', 'count', 'perhaps', 'per second', 'section'] as const;

export function tableOf(answer: StatesAnswer, edition: EditionId | undefined): string {
  return csvTable(COLUMNS, [
    ...STATES.flatMap((state, place) => [
      { kind: 'peers there', from: state, count: answer.present[place] },
      { kind: 'vanished, still held', from: state, count: answer.silent[place] },
    ]),
    ...flowsOf(answer, edition).map((flow) => ({
      kind: flow.told ? 'transition' : 'transition that no peer can tell of',
      from: flow.from,
      event: flow.event,
      to: flow.to,
      count: flow.told ? flow.total : undefined,
      perhaps: flow.told ? flow.perhaps : undefined,
      'per second': flow.told ? flow.rate : undefined,
      section: flow.sections.join('; '),
    })),
  ]);
}
