/**
 * Whether the swarm actions of one request are valid (RFC 7846 §4.1.1, table 6 = base-01 table 8; digest,
 * "Validity"): the edition's rows are data, this only walks them. One invalid action spoils the whole request.
 */
import type { SwarmId } from '../protocol/ids.ts';
import type { JoinMode, PeerMode, SwarmActionKind } from '../protocol/message.ts';
import type { EditionRules, SwarmsNamed, ValidityRow } from '../protocol/rules.ts';

/** The swarms a peer is in. */
export type Joined = Pick<
  ReadonlyMap<SwarmId, { readonly mode: PeerMode }>,
  'size' | 'get' | 'has' | 'values'
>;

export interface Action {
  readonly swarmId: SwarmId;
  readonly action: SwarmActionKind;
  readonly mode: JoinMode;
}

export type Verdict =
  | { readonly valid: true; readonly after: ValidityRow['after'] }
  /** For people, in the Reason-Phrase: holds nothing of the request. */
  | { readonly valid: false; readonly problem: string };

/** A LIVESEED is a SEED that is on every list (digest, "Peer list"). */
export const peerMode = (mode: JoinMode): PeerMode => (mode === 'LEECH' ? 'LEECH' : 'SEED');

const invalid = (problem: string): Verdict => ({ valid: false, problem });

export function judge(
  rules: EditionRules,
  before: ValidityRow['before'],
  joined: Joined,
  actions: readonly Action[],
): Verdict {
  const named = new Set(actions.map(({ swarmId }) => swarmId));
  if (actions.length === 0) return invalid('no swarm action');
  if (named.size < actions.length) return invalid('the same swarm twice');

  const row = rules.validity.find((row) => describes(row, before, joined, actions));
  if (row === undefined) return invalid('combination of swarm actions not allowed');
  if (!row.valid) return invalid(`${row.mode} ${row.actions.join(' and ')} not allowed in ${row.before}`);
  for (const { action, swarmId } of actions)
    if (action === 'LEAVE' && !joined.has(swarmId)) return invalid('LEAVE of a swarm not joined');
  if (isLeechTooOften(rules.leechSwarms, joined, actions)) return invalid('LEECH of too many swarms');
  return { valid: true, after: row.after };
}

function describes(
  row: ValidityRow,
  before: ValidityRow['before'],
  joined: Joined,
  actions: readonly Action[],
): boolean {
  return (
    row.before === before &&
    hasShape(row, actions) &&
    actions.every((action) => hasMode(row, action)) &&
    isOf(row.of, joined, actions)
  );
}

function hasShape({ swarms, actions: kinds }: ValidityRow, actions: readonly Action[]): boolean {
  switch (swarms) {
    case '1':
      return actions.length === 1 && actions[0]?.action === kinds[0];
    case '1+1':
      // Two swarms, one for each action of the row, in either order.
      return (
        actions.length === 2 &&
        kinds.every((kind) => actions.filter(({ action }) => action === kind).length === 1)
      );
    case 'N':
      return actions.every(({ action }) => action === kinds[0]);
    case 'mixed':
      return kinds.every((kind) => actions.some(({ action }) => action === kind));
    default:
      return swarms satisfies never;
  }
}

/** A LEAVE counts "regardless of the peer mode" it names (RFC 7846 §4.1.1). */
function hasMode(row: ValidityRow, { action, mode }: Action): boolean {
  return action === 'LEAVE' || row.mode === 'either' || peerMode(mode) === row.mode;
}

function isOf(of: SwarmsNamed, joined: Joined, actions: readonly Action[]): boolean {
  switch (of) {
    case 'any':
      return true;
    case 'new':
      return actions.every(({ swarmId }) => !joined.has(swarmId));
    case 'own':
      return actions.every(({ swarmId, mode }) => joined.get(swarmId)?.mode === peerMode(mode));
    case 'other mode':
      return actions.every(
        ({ swarmId, mode }) => joined.has(swarmId) && joined.get(swarmId)?.mode !== peerMode(mode),
      );
    case 'switch':
      // The mode that counts is the one it has: a SEED that changed channel as a LEECH would be both.
      return (
        joined.size === 1 &&
        actions.every(({ action, swarmId }) =>
          action === 'LEAVE' ? joined.get(swarmId)?.mode === 'LEECH' : !joined.has(swarmId),
        )
      );
    case 'some':
      return actions.length < joined.size;
    case 'all':
      return actions.length >= joined.size;
    default:
      return of satisfies never;
  }
}

/** extended-04 §4.3.2 B. What a peer is in already, by another edition's rules, is not held against it. */
function isLeechTooOften(most: number, joined: Joined, actions: readonly Action[]): boolean {
  let before = 0;
  for (const { mode } of joined.values()) if (mode === 'LEECH') before++;
  let after = before;
  for (const { action, mode, swarmId } of actions) {
    if (joined.get(swarmId)?.mode === 'LEECH') after--;
    if (action === 'JOIN' && mode === 'LEECH') after++;
  }
  return after > before && after > most;
}
