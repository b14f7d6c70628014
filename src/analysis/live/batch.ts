/** Batches of several sources put together as one, as far as they go. */
import type { Observation } from '../../simulation/observation.ts';
import { firstAfter, gather, orderOf, type Order, type Rows } from './merge.ts';
import type { Resolved } from './observer.ts';

const FLAT = ['arrivals', 'departures', 'turns', 'requests', 'transitions'] as const;
const TABLES = [...FLAT, 'lists'] as const;
type FlatName = (typeof FLAT)[number];
type TableName = (typeof TABLES)[number];
type Places = Record<TableName, number>;

const places = (place: (name: TableName) => number): Places => ({
  arrivals: place('arrivals'),
  departures: place('departures'),
  turns: place('turns'),
  requests: place('requests'),
  transitions: place('transitions'),
  lists: place('lists'),
});

/** A batch of which some may have been passed on. */
export class Pending {
  readonly observation: Observation;
  #from = places(() => 0);
  #to = this.#from;
  #counted = false;

  constructor(observation: Observation) {
    this.observation = observation;
  }

  /** Nothing of it is left. */
  get done(): boolean {
    return TABLES.every((name) => this.#from[name] >= this.observation[name].at.length);
  }

  /** What there is of it up to that time is next. */
  reach(until: number): void {
    const { observation } = this;
    this.#to = places((name) => firstAfter(observation[name].at, this.#from[name], until));
  }

  /** Of a table, the rows that are next. */
  rows<Name extends TableName>(name: Name): Rows<Observation[Name]> {
    return { table: this.observation[name], from: this.#from[name], to: this.#to[name] };
  }

  /** Lists left out of the whole of it: told once, with the first of it. */
  omitted(): number {
    const omitted = this.#counted ? 0 : this.observation.listsOmitted;
    this.#counted = true;
    return omitted;
  }

  /** What was next has been passed on. */
  pass(): void {
    this.#from = this.#to;
  }
}

/** Handles in the places of a batch's names, for lists in one swarm. */
export type HandlesOf = (names: readonly string[], swarm: number) => Uint32Array;

/**
 * What is next of these batches. No row is told for earlier than `since`: that time has been passed on already, and who
 * comes later with it was too slow.
 */
export function together(
  parts: readonly Pending[],
  { since, at }: { readonly since: number; readonly at: number },
  handlesOf: HandlesOf,
): Resolved {
  return {
    at,
    arrivals: merged(parts, 'arrivals', since),
    departures: merged(parts, 'departures', since),
    turns: merged(parts, 'turns', since),
    requests: merged(parts, 'requests', since),
    transitions: merged(parts, 'transitions', since),
    lists: mergedLists(parts, since, handlesOf),
    listsOmitted: parts.reduce((sum, part) => sum + part.omitted(), 0),
  };
}

type Column = readonly string[] | Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;

/** The table that batches without any rows have, too. */
const NOTHING: Pick<Observation, FlatName> = {
  arrivals: {
    at: new Float64Array(),
    peer: new Uint32Array(),
    swarm: new Uint16Array(),
    edition: new Uint8Array(),
    mode: new Uint8Array(),
    asn: new Uint32Array(),
    peerIds: [],
  },
  departures: { at: new Float64Array(), peer: new Uint32Array(), how: new Uint8Array() },
  turns: { at: new Float64Array(), peer: new Uint32Array(), mode: new Uint8Array() },
  requests: {
    at: new Float64Array(),
    peer: new Uint32Array(),
    swarm: new Uint16Array(),
    method: new Uint8Array(),
    outcome: new Uint8Array(),
    took: new Float32Array(),
  },
  transitions: {
    at: new Float64Array(),
    peer: new Uint32Array(),
    edition: new Uint8Array(),
    from: new Uint8Array(),
    to: new Uint8Array(),
    by: new Uint8Array(),
  },
};

function merged<Name extends FlatName>(
  parts: readonly Pending[],
  name: Name,
  since: number,
): Observation[Name] {
  const rows = parts.map((part) => part.rows(name)).filter(({ from, to }) => from < to);
  const order = orderOf(rows);
  const columns = Object.entries(NOTHING[name]).map(([key, like]: [string, Column]) => {
    const theirs = rows.map(({ table }) => (table as Readonly<Record<string, Column>>)[key] ?? like);
    return [key, inOrder(order, theirs, like)] as const;
  });
  const table = Object.fromEntries(columns) as Observation[Name];
  notBefore(since, table.at);
  return table;
}

function inOrder(order: Order, columns: readonly Column[], like: Column): Column {
  const length = order.row.length;
  if (like instanceof Float64Array) return gather(order, columns as Float64Array[], new Float64Array(length));
  if (like instanceof Float32Array) return gather(order, columns as Float32Array[], new Float32Array(length));
  if (like instanceof Uint32Array) return gather(order, columns as Uint32Array[], new Uint32Array(length));
  if (like instanceof Uint16Array) return gather(order, columns as Uint16Array[], new Uint16Array(length));
  if (like instanceof Uint8Array) return gather(order, columns as Uint8Array[], new Uint8Array(length));
  const texts = columns as readonly (readonly string[])[];
  return Array.from(order.row, (row, place) => texts[order.which[place] ?? 0]?.[row] ?? '');
}

function notBefore(since: number, times: Float64Array): void {
  for (let row = 0; row < times.length && (times[row] ?? since) < since; row++) times[row] = since;
}

function mergedLists(parts: readonly Pending[], since: number, handlesOf: HandlesOf): Resolved['lists'] {
  const rows = parts.map((part) => part.rows('lists')).filter(({ from, to }) => from < to);
  const order = orderOf(rows);
  const tables = rows.map(({ table }) => table);
  const length = order.row.length;
  const start = new Uint32Array(length + 1);
  for (let list = 0; list < length; list++) {
    const { start: from } = tables[order.which[list] ?? 0] ?? { start: [] };
    const row = order.row[list] ?? 0;
    start[list + 1] = (start[list] ?? 0) + (from[row + 1] ?? 0) - (from[row] ?? 0);
  }
  const swarm = gather(
    order,
    tables.map(({ swarm }) => swarm),
    new Uint16Array(length),
  );
  const listed = new Uint32Array(start[length] ?? 0);
  const known = new Map<string, Uint32Array>();
  for (let list = 0; list < length; list++) {
    const which = order.which[list] ?? 0;
    const table = tables[which];
    if (table === undefined) continue;
    const row = order.row[list] ?? 0;
    const into = start[list] ?? 0;
    const [from, to] = [table.start[row] ?? 0, table.start[row + 1] ?? 0];
    if (table.names === undefined) {
      listed.set(table.listed.subarray(from, to), into);
      continue;
    }
    const key = `${which} ${swarm[list]}`;
    let handles = known.get(key);
    if (handles === undefined) known.set(key, (handles = handlesOf(table.names, swarm[list] ?? 0)));
    for (let entry = from; entry < to; entry++)
      listed[into + entry - from] = handles[table.listed[entry] ?? 0] ?? 0;
  }
  const at = gather(
    order,
    tables.map(({ at }) => at),
    new Float64Array(length),
  );
  notBefore(since, at);
  return {
    at,
    asker: gather(
      order,
      tables.map(({ asker }) => asker),
      new Uint32Array(length),
    ),
    swarm,
    method: gather(
      order,
      tables.map(({ method }) => method),
      new Uint8Array(length),
    ),
    wanted: gather(
      order,
      tables.map(({ wanted }) => wanted),
      new Uint8Array(length),
    ),
    start,
    listed,
  };
}
