/**
 * Whether the swarm actions of one CONNECT are valid (RFC 7846 §4.1.1, table 6 = base-01 table 8): the
 * edition's rows and its exceptions are data, this only walks them. One invalid action spoils the whole
 * CONNECT (digest, "Validity").
 */
import type { SwarmId } from '../protocol/ids.ts';
import type { PeerMode, SwarmAction } from '../protocol/message.ts';
import type { EditionRules, ValidityRow } from '../protocol/rules.ts';

/** The swarms a peer is in; empty in START. */
export type Joined = ReadonlyMap<SwarmId, { readonly mode: PeerMode }>;

export type Verdict =
  | { readonly valid: true; readonly after: 'TRACKING' | 'TERMINATE' }
  /** For people, in the Reason-Phrase: holds nothing of the request. */
  | { readonly valid: false; readonly problem: string };

const invalid = (problem: string): Verdict => ({ valid: false, problem });

export function judge(
  rules: EditionRules,
  before: ValidityRow['before'],
  joined: Joined,
  actions: readonly SwarmAction[],
): Verdict {
  const named = new Set(actions.map((action) => action.swarmId));
  if (actions.length === 0) return invalid('no swarm action');
  if (named.size < actions.length) return invalid('the same swarm twice');
  if (rules.restart && isRestart(joined, actions)) return { valid: true, after: 'TRACKING' };

  const row = rules.validity.find((row) => row.before === before && describes(row, actions));
  if (row === undefined) return invalid('combination of swarm actions not allowed');
  if (!row.valid) return invalid(`${row.mode} ${row.actions.join(' and ')} not allowed in ${row.before}`);
  for (const { action, swarmId } of actions) {
    if (action === 'LEAVE' && !joined.has(swarmId)) return invalid('LEAVE of a swarm not joined');
    // The table speaks of joining; who is in already could only re-start, and that was looked at above.
    if (action === 'JOIN' && joined.has(swarmId)) return invalid('JOIN of a swarm already joined');
  }

  if (row.swarms === '1+1' && !isLeechOf(joined, actions))
    return invalid('only a LEECH of one swarm can change to another');

  // The rows that end a registration speak of all the peer's swarms.
  if (row.after === 'TERMINATE' && actions.length < joined.size)
    return rules.partialLeave
      ? { valid: true, after: 'TRACKING' }
      : invalid('LEAVE of some of the swarms joined');
  return { valid: true, after: row.after };
}

/** A LEECH's JOIN of the very swarm it is a LEECH of (RFC 7846 §4.1.1 "start (or re-start)"). */
function isRestart(joined: Joined, actions: readonly SwarmAction[]): boolean {
  const [only, ...others] = actions;
  return (
    only?.action === 'JOIN' &&
    only.mode === 'LEECH' &&
    others.length === 0 &&
    joined.get(only.swarmId)?.mode === 'LEECH'
  );
}

/** Table 6 names the mode held: a SEED that changed channel as a LEECH would be both (digest, "Validity"). */
function isLeechOf(joined: Joined, actions: readonly SwarmAction[]): boolean {
  const left = actions.find(({ action }) => action === 'LEAVE');
  return joined.size === 1 && left !== undefined && joined.get(left.swarmId)?.mode === 'LEECH';
}

function describes(row: ValidityRow, actions: readonly SwarmAction[]): boolean {
  return hasShape(row, actions) && actions.every((action) => hasMode(row, action));
}

function hasShape(row: ValidityRow, actions: readonly SwarmAction[]): boolean {
  switch (row.swarms) {
    case '1':
      return actions.length === 1 && actions[0]?.action === row.actions[0];
    case '1+1':
      // Two swarms, one for each action of the row, in either order.
      return (
        actions.length === 2 &&
        row.actions.every((kind) => actions.filter(({ action }) => action === kind).length === 1)
      );
    case 'N':
      return actions.every(({ action }) => action === row.actions[0]);
    default:
      return row.swarms satisfies never;
  }
}

/** A LEAVE counts "regardless of the peer mode" it names (RFC 7846 §4.1.1). */
function hasMode(row: ValidityRow, { action, mode }: SwarmAction): boolean {
  return action === 'LEAVE' || mode === row.mode;
}
