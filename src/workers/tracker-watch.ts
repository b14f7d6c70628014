/** Asks the tracker for its own figures once a second: `GET /stats`, where it has them. */
import type { TrackerStats } from '../tracker/api.ts';
import { RELAY_ANSWERED, RELAY_FAILURES, RELAY_MARK, isRelayCause, relayedUrl } from '../transport/relay.ts';

export type StatsReport =
  | { readonly kind: 'stats'; readonly stats: TrackerStats }
  /** It answers, but not with statistics: a tracker of another make. */
  | { readonly kind: 'none' }
  /** No connection, or none that a page may read. */
  | { readonly kind: 'silent' }
  /** No answer in time: slow, or behind the peers' own requests. */
  | { readonly kind: 'slow' };

export interface TrackerWatch {
  /** Watches this tracker from now on, and no other; through the relay if one is given. */
  watch(trackerUrl: string, relay: string | undefined): void;
  /** Watches none. */
  rest(): void;
}

const INTERVAL = 1000;
/** A tracker that never answered is asked less often: each try stands in the browser's console. */
const INTERVAL_SILENT = 5000;
/** A tracker without statistics is asked again now and then: it may have been replaced. */
const INTERVAL_WITHOUT = 15_000;
const TIMEOUT = 2500;
/** Characters of an answer that are looked at; a thousand swarms fit. */
const MAX_STATS = 256 * 1024;

export function createTrackerWatch(listener: (report: StatsReport) => void): TrackerWatch {
  let round = 0;
  let answered = false;

  function pause({ kind }: StatsReport): number {
    if (kind === 'none') return INTERVAL_WITHOUT;
    return kind === 'silent' && !answered ? INTERVAL_SILENT : INTERVAL;
  }

  async function ask(url: string, relayed: boolean): Promise<StatsReport> {
    try {
      const response = await fetch(url, {
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      const mark = response.headers.get(RELAY_MARK) ?? '';
      if (isRelayCause(mark)) return { kind: RELAY_FAILURES[mark].failure === 'timeout' ? 'slow' : 'silent' };
      // Without its mark there is no relay: whoever else answers does not speak for the tracker.
      if (relayed && mark !== RELAY_ANSWERED) return { kind: 'silent' };
      if (!response.ok) return { kind: 'none' };
      const text = await response.text();
      const body: unknown = text.length > MAX_STATS ? undefined : parsed(text);
      return isStats(body) ? { kind: 'stats', stats: body } : { kind: 'none' };
    } catch (cause) {
      return { kind: cause instanceof DOMException && cause.name === 'TimeoutError' ? 'slow' : 'silent' };
    }
  }

  async function poll(url: string, relayed: boolean, mine: number): Promise<void> {
    const report = await ask(url, relayed);
    // Another tracker is watched by now.
    if (mine !== round) return;
    answered ||= report.kind === 'stats';
    listener(report);
    setTimeout(() => void poll(url, relayed, mine), pause(report));
  }

  return {
    rest() {
      round++;
    },
    watch(trackerUrl, relay) {
      round++;
      answered = false;
      const { href } = new URL('/stats', trackerUrl);
      void poll(relay === undefined ? href : relayedUrl(relay, href), relay !== undefined, round);
    },
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isTable = (value: unknown): boolean => isObject(value) && Object.values(value).every(isCount);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

/** Anybody's server may stand there: take its word only in the form of the contract. */
function isStats(body: unknown): body is TrackerStats {
  if (!isObject(body) || !isCount(body['peers']) || !isCount(body['uptime'])) return false;
  const { swarms, requests } = body;
  if (!isObject(requests) || !isCount(requests['total'])) return false;
  if (!['byMethod', 'byEdition', 'byError'].every((key) => isTable(requests[key]))) return false;
  if (!Array.isArray(swarms)) return false;
  return swarms.every(
    (swarm: unknown) =>
      isObject(swarm) &&
      typeof swarm['id'] === 'string' &&
      isCount(swarm['seeds']) &&
      isCount(swarm['leeches']),
  );
}
