/** What of the machines is chosen: a state, an arrow, or one of its lines; and whom to ask for then. */
import { STATES, type RowFlow, type StatesAsk } from '../../dashboard/state-flows.ts';
import type { PeerState } from '../../protocol/rules.ts';

export type Choice =
  | { readonly kind: 'state'; readonly state: PeerState }
  /** From one state to another: `START → TERMINATE`. */
  | { readonly kind: 'edge'; readonly key: string }
  /** Place in the tracker's table. */
  | { readonly kind: 'row'; readonly index: number };

export const edgeKey = ({ from, to }: { readonly from: PeerState; readonly to: PeerState }): string =>
  `${from} → ${to}`;

/** In the drawing: `state TRACKING`, `edge START → TERMINATE`, `row 12`. */
export function nameOf(choice: Choice): string {
  switch (choice.kind) {
    case 'state':
      return `state ${choice.state}`;
    case 'edge':
      return `edge ${choice.key}`;
    case 'row':
      return `row ${choice.index}`;
    default:
      return choice satisfies never;
  }
}

export function choiceNamed(name: string): Choice | undefined {
  const space = name.indexOf(' ');
  const [kind, rest] = [name.slice(0, space), name.slice(space + 1)];
  if (kind === 'row') return { kind, index: Number(rest) };
  if (kind === 'edge') return { kind, key: rest };
  const state = STATES.find((one) => one === rest);
  return kind === 'state' && state !== undefined ? { kind, state } : undefined;
}

const rowsOf = (choice: Choice, flows: readonly RowFlow[]): readonly RowFlow[] =>
  flows.filter((flow) =>
    choice.kind === 'row'
      ? flow.index === choice.index
      : choice.kind === 'edge' && edgeKey(flow) === choice.key,
  );

export const askFor = (choice: Choice, flows: readonly RowFlow[], ask: StatesAsk): StatesAsk => ({
  ...ask,
  who:
    choice.kind === 'state'
      ? { state: STATES.indexOf(choice.state) }
      : { ways: rowsOf(choice, flows).flatMap(({ ways }) => ways) },
});

/** As a person would say what they have in common. */
export function choiceWords(choice: Choice, flows: readonly RowFlow[]): string {
  switch (choice.kind) {
    case 'state':
      return `in ${choice.state}`;
    case 'edge':
      return `went ${choice.key}`;
    case 'row': {
      const [row] = rowsOf(choice, flows);
      if (row === undefined) return 'went that way';
      return `${row.event}, ${edgeKey(row)}${row.perhaps > 0 ? ', or perhaps another way' : ''}`;
    }
    default:
      return choice satisfies never;
  }
}
