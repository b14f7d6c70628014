/** What a link to a view points at: a peer, a message, a moment of the run. Read from the page's address, and written into it. */
import { createStore, type StoreApi } from 'zustand/vanilla';

/** Of run time, in seconds since the run began; `to` is later than `from`. */
export interface ShownRange {
  readonly from: number;
  readonly to: number;
}

/** Parts of the address, each as far as it is there and can be used. */
export interface LinkTarget {
  /** A peer's ID, the start of one, or its address: which stays when the same run begins anew, as the ID does not. */
  readonly peer?: string;
  /** A transaction ID, or the number of an exchange. */
  readonly message?: string;
  /** Seconds into the run. */
  readonly time?: number;
  /** What the charts over time show. */
  readonly range?: ShownRange;
}

export interface LinkState {
  /** Where the mark on the charts over time stands, in seconds into the run. */
  readonly time: number | undefined;
  /** What the charts over time show; undefined: they go along with the run. */
  readonly range: ShownRange | undefined;
  /** What cannot be shown yet, or any more, one sentence each. */
  readonly notices: readonly string[];
}

/** IDs are 1 to 1,024 bytes (digest, "Terms"). */
const LONGEST = 1024;
/** Ten days: no run of a page is longer. */
const LATEST = 864_000;

export function targetIn(address: string): {
  readonly target: LinkTarget;
  readonly ignored: readonly string[];
} {
  const parameters = new URL(address).searchParams;
  const ignored: string[] = [];
  const id = (name: string): string | undefined => {
    const value = parameters.get(name);
    if (value === null) return undefined;
    if (value !== '' && value.length <= LONGEST) return value;
    ignored.push(`${name}: an ID has 1 to ${LONGEST} bytes.`);
    return undefined;
  };
  const moment = (name: string): number | undefined => {
    const value = parameters.get(name);
    if (value === null) return undefined;
    if (/^\d+(\.\d+)?$/.test(value) && Number(value) <= LATEST) return Number(value);
    ignored.push(`${name}: seconds into the run, from 0 to ${LATEST}.`);
    return undefined;
  };
  const [peer, message] = [id('peer'), id('message')];
  const [time, from, to] = [moment('t'), moment('from'), moment('to')];
  const range = from !== undefined && to !== undefined && to > from ? { from, to } : undefined;
  if (range === undefined && (from !== undefined || to !== undefined))
    ignored.push('from, to: two moments of the run, the later one last, and neither without the other.');
  return {
    target: {
      ...(peer === undefined ? {} : { peer }),
      ...(message === undefined ? {} : { message }),
      ...(time === undefined ? {} : { time }),
      ...(range === undefined ? {} : { range }),
    },
    ignored,
  };
}

const seconds = (time: number | undefined, digits: number): string | undefined =>
  time === undefined ? undefined : String(Math.round(time * 10 ** digits) / 10 ** digits);

function addressWith(address: string, values: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(values))
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  return url.href;
}

/** The address with this target in it, and no other. */
export const addressTo = (address: string, { peer, message, time, range }: LinkTarget): string =>
  addressOfRange(addressWith(address, { peer, message, t: seconds(time, 1) }), range);

/** The address with what the charts over time show. */
export const addressOfRange = (address: string, range: ShownRange | undefined): string =>
  addressWith(address, { from: seconds(range?.from, 2), to: seconds(range?.to, 2) });

export interface LinkSource {
  /** Selects the peer of that address, or of an ID that begins so; false: there is none. */
  readonly selectPeer: (text: string) => boolean;
  /** Opens the exchange; false: there is none. */
  readonly openMessage: (id: string) => Promise<boolean>;
  /** Seconds. */
  readonly elapsed: () => number;
  /** Seconds of the run's beginning that the charts have let go of. */
  readonly forgotten: () => number;
}

export interface DeepLinks {
  readonly store: StoreApi<LinkState>;
  /** Sets the mark on the charts over time, in seconds into the run; undefined takes it away. */
  mark(time: number | undefined): void;
  /** What the charts over time show; undefined: they go along with the run. */
  show(range: ShownRange | undefined): void;
}

/** Seconds of a run after which what is not there is said to be missing: peers come in over the first few. */
const PATIENCE = 6;

/** What the session does with them. */
export interface DeepLinkSession extends DeepLinks {
  /** Looks whether what the link points at has come. */
  look(): Promise<void>;
  /** Another run: the link was to the one before. */
  forget(): void;
}

export function createDeepLinks(
  { peer, message, time, range }: LinkTarget,
  { selectPeer, openMessage, elapsed, forgotten }: LinkSource,
): DeepLinkSession {
  const store = createStore<LinkState>(() => ({ time, range, notices: [] }));
  let waiting = { peer, message };
  let marked = time;
  let looking = false;

  function say(): void {
    const now = elapsed();
    const notices: string[] = [];
    if (marked !== undefined && marked > now)
      notices.push('t: the run has not come to that moment yet; the mark on the charts waits for it.');
    if (marked !== undefined && marked < forgotten())
      notices.push('t: the charts do not reach back to that moment any more.');
    if (now > PATIENCE && waiting.peer !== undefined)
      notices.push('peer: nobody of that ID or address is here; it is selected when it comes.');
    if (now > PATIENCE && waiting.message !== undefined)
      notices.push(
        'message: no exchange of that transaction or number yet; it opens when it comes. In real time two runs of one seed resemble each other, but are not the same.',
      );
    if (notices.join() !== store.getState().notices.join()) store.setState({ notices });
  }

  return {
    store,
    mark(to) {
      // Whoever sets it sees where: only a link's own moment may be out of sight.
      marked = undefined;
      store.setState({ time: to });
      say();
    },
    show: (to) => store.setState({ range: to }),
    async look() {
      if (waiting.peer !== undefined && selectPeer(waiting.peer)) waiting = { ...waiting, peer: undefined };
      const wanted = waiting.message;
      if (wanted !== undefined && !looking) {
        looking = true;
        const opened = await openMessage(wanted);
        looking = false;
        if (opened && waiting.message === wanted) waiting = { ...waiting, message: undefined };
      }
      say();
    },
    forget() {
      waiting = { peer: undefined, message: undefined };
      marked = undefined;
      store.setState({ time: undefined, range: undefined });
      say();
    },
  };
}
