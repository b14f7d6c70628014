/** One page's session: runs the peers, takes in what they report, keeps the stores true, obeys the commands. */
import {
  EMPTY_SELECTION,
  createStores,
  NO_FIGURES,
  type Figures,
  type PeerSummary,
  type Settings,
  type Stores,
} from './state.ts';
import type {
  PeerBirth,
  PeerDetail,
  PeerHandle,
  Scenario,
  Snapshot,
  TrackerStats,
} from '../workers/messages.ts';
import {
  DEFAULT_SCENARIO,
  configured,
  createPeerPool,
  createTrackerWatch,
  defaultSettings,
  type StatsReport,
} from '../workers/client.ts';
import type { Commands, Dashboard } from './dashboard.ts';
import { createFeed } from './feed.ts';
import { settingsFromAddress } from './settings.ts';
import { combinedSight, sum, tally, type Tally } from './tally.ts';
import { explainTrouble } from './tracker-problem.ts';

interface SessionOptions {
  readonly scenario: Scenario;
  readonly settings: Settings;
  readonly defaults: Settings;
  readonly pageUrl: string;
  readonly notices: readonly string[];
  /** Processors of the machine. */
  readonly processors: number;
}

/** Milliseconds between two updates of the figures. */
const REFRESH = 500;
const MAX_HISTORY = 900;
const MAX_EXCHANGES = 400;
const MAX_FAULTS = 20;
const MAX_WORKERS = 16;
/** Seconds over which the request rate is taken. */
const RATE_OVER = 5;

/** The session that opening the page starts: the default scenario, as the page's address has it. */
export function createDefaultSession(pageUrl: string, processors: number): Dashboard {
  const defaults = defaultSettings(DEFAULT_SCENARIO, new URL('/', pageUrl).href);
  const { settings, ignored } = settingsFromAddress(pageUrl, defaults);
  return createSession({
    scenario: DEFAULT_SCENARIO,
    settings,
    defaults,
    pageUrl,
    notices: ignored,
    processors,
  });
}

function createSession(options: SessionOptions): Dashboard {
  const { pageUrl } = options;
  const ownTracker = new URL('/', pageUrl).href;
  const stores: Stores = createStores(options.scenario, options.settings);
  const feed = createFeed();
  const latest = new Map<number, Snapshot>();
  const births = new Map<PeerHandle, PeerBirth>();
  const handles = new Map<string, PeerHandle>();
  let stats: TrackerStats | undefined;
  /** Asked in vain, since it last answered. */
  let statsMissed = 0;
  /** Requests sent so far, once per refresh, newest last. */
  let sent: { readonly at: number; readonly requests: number }[] = [];
  let lastPoint: { readonly second: number; readonly requests: number; readonly errors: number } | undefined;

  const pool = createPeerPool(Math.min(MAX_WORKERS, Math.max(2, options.processors - 1)), {
    snapshot: take,
    detail: showDetail,
    restarted(worker) {
      stores.run.setState(({ restarts }) => ({ restarts: restarts + 1 }));
      fault(`Peer worker ${worker} stopped answering and was started again. Its peers count as crashed.`);
    },
    fault,
  });
  const watch = createTrackerWatch(hearStats);

  function fault(message: string): void {
    stores.run.setState(({ faults }) => ({ faults: [...faults, message].slice(-MAX_FAULTS) }));
  }

  function take(worker: number, snapshot: Snapshot): void {
    latest.set(worker, snapshot);
    for (const birth of snapshot.births) {
      births.set(birth.handle, birth);
      handles.set(birth.peerId, birth.handle);
    }
    for (const { handle, how } of snapshot.ends) {
      const birth = births.get(handle);
      if (birth !== undefined) handles.delete(birth.peerId);
      births.delete(handle);
      if (stores.selection.getState().peer === handle) stores.selection.setState({ ended: how });
    }
    feed.publish(worker, snapshot);
    takeExchanges(snapshot);
  }

  function takeExchanges({ exchanges, exchangesOmitted }: Snapshot): void {
    if (exchanges.length === 0 && exchangesOmitted === 0) return;
    stores.exchanges.setState(({ list, omitted, held }) => {
      if (held) return { omitted: omitted + exchanges.length + exchangesOmitted };
      return {
        list: [...exchanges.toReversed(), ...list].slice(0, MAX_EXCHANGES),
        omitted: omitted + exchangesOmitted,
      };
    });
  }

  function showDetail(detail: PeerDetail): void {
    if (stores.selection.getState().peer !== detail.handle) return;
    const listed = (detail.list?.peers ?? []).flatMap(({ peerId }) => handles.get(peerId) ?? []);
    stores.selection.setState({ detail, listed });
  }

  function hearStats(report: StatsReport): void {
    stats = report.kind === 'stats' ? report.stats : undefined;
    if (report.kind !== 'silent') statsMissed = 0;
    else if (stores.tracker.getState().stats !== undefined || statsMissed > 0) statsMissed++;
    stores.tracker.setState({ stats });
    refresh();
  }

  function refresh(): void {
    const { status, scenario } = stores.run.getState();
    if (status === 'stopped') return showFigures();
    const elapsed = Math.max(0, ...[...latest.values()].map(({ at }) => at));
    const counts = tally(latest.values(), scenario.swarms.length);
    const now = performance.now();
    sent = [...sent.filter(({ at }) => now - at <= RATE_OVER * 1000), { at: now, requests: counts.requests }];
    stores.run.setState({ elapsed, status: status === 'starting' && latest.size > 0 ? 'running' : status });
    showFigures(counts);
    addHistory(elapsed, counts);
    judgeTracker(elapsed);
  }

  function showFigures(counts?: Tally): void {
    const { scenario, settings } = stores.run.getState();
    const simulated = counts === undefined ? NO_FIGURES : pageFigures(counts);
    const figures = stats === undefined ? simulated : trackerFigures(stats, simulated.rate);
    stores.run.setState({ simulated, figures, figuresFrom: stats === undefined ? 'page' : 'tracker' });
    if (stores.tracker.getState().url !== settings.trackerUrl)
      stores.tracker.setState({ url: settings.trackerUrl });
    const perSwarm = scenario.swarms.map(({ id, about, kind }, index) => ({
      id,
      about,
      kind,
      seeds: counts?.seeds[index] ?? 0,
      leeches: counts?.leeches[index] ?? 0,
      history: stores.population.getState().swarms[index]?.history ?? [],
    }));
    stores.population.setState({ swarms: perSwarm });
  }

  function pageFigures(counts: Tally): Figures {
    const first = sent[0];
    const last = sent.at(-1);
    const over = first === undefined || last === undefined ? 0 : (last.at - first.at) / 1000;
    const seeds = sum(counts.seeds);
    const leeches = sum(counts.leeches);
    return {
      peers: seeds + leeches,
      seeds,
      leeches,
      swarms: counts.seeds.filter((count, index) => count + (counts.leeches[index] ?? 0) > 0).length,
      requests: counts.requests,
      errors: counts.errors,
      rate:
        over > 0 && first !== undefined && last !== undefined ? (last.requests - first.requests) / over : 0,
    };
  }

  /** One point a second of run time. */
  function addHistory(elapsed: number, counts: Tally): void {
    const second = Math.floor(elapsed / 1000);
    if (lastPoint !== undefined && second <= lastPoint.second) return;
    const before = lastPoint;
    lastPoint = { second, requests: counts.requests, errors: counts.errors };
    const { swarms, traffic } = stores.population.getState();
    // More than one second may have passed since the last point.
    const seconds = before === undefined ? 1 : second - before.second;
    const point = {
      time: second,
      requests: (counts.requests - (before?.requests ?? 0)) / seconds,
      errors: (counts.errors - (before?.errors ?? 0)) / seconds,
    };
    stores.population.setState({
      swarms: swarms.map((swarm) => ({
        ...swarm,
        history: [...swarm.history, { time: second, seeds: swarm.seeds, leeches: swarm.leeches }].slice(
          -MAX_HISTORY,
        ),
      })),
      traffic: [...traffic, point].slice(-MAX_HISTORY),
    });
  }

  function judgeTracker(elapsed: number): void {
    const { settings } = stores.run.getState();
    const { problem } = stores.tracker.getState();
    let sight = combinedSight(latest.values());
    // Between two rounds of reports the peers may not have noticed yet that it is gone.
    if (sight.state !== 'trouble' && statsMissed >= 2)
      sight = { state: 'trouble', failure: 'unreachable', detail: '' };
    switch (sight.state) {
      case 'unknown':
        return;
      case 'ok':
        stores.tracker.setState({ health: 'ok', latency: sight.latency, problem: undefined });
        return;
      case 'trouble':
        stores.tracker.setState({
          health: 'trouble',
          problem: explainTrouble(sight, settings.trackerUrl, pageUrl, problem?.since ?? elapsed),
        });
        return;
      default:
        sight satisfies never;
    }
  }

  function begin(settings: Settings): void {
    const scenario = configured(options.scenario, settings);
    latest.clear();
    births.clear();
    handles.clear();
    stats = undefined;
    statsMissed = 0;
    sent = [];
    lastPoint = undefined;
    stores.run.setState({ status: 'starting', scenario, settings, elapsed: 0, workers: pool.size });
    stores.selection.setState(EMPTY_SELECTION);
    stores.exchanges.setState({ list: [], omitted: 0, held: false });
    stores.population.setState({ swarms: [], traffic: [] });
    stores.tracker.setState({
      url: settings.trackerUrl,
      own: new URL(settings.trackerUrl).origin === new URL(pageUrl).origin,
      health: 'waiting',
      latency: undefined,
      problem: undefined,
      stats: undefined,
    });
    feed.reset(scenario.swarms, settings.seed);
    watch.watch(settings.trackerUrl);
    pool.start(scenario, crypto.randomUUID());
  }

  /** Resolves when the peers have left; at once when there are none. */
  async function end(): Promise<void> {
    stores.run.setState({ status: 'stopping' });
    await pool.stop();
    latest.clear();
    stores.run.setState({ status: 'stopped' });
    refresh();
  }

  const commands: Commands = {
    start() {
      if (stores.run.getState().status === 'stopped') begin(stores.run.getState().settings);
    },
    pause() {
      if (stores.run.getState().status !== 'running') return;
      pool.pause();
      stores.run.setState({ status: 'paused' });
    },
    resume() {
      if (stores.run.getState().status !== 'paused') return;
      pool.resume();
      stores.run.setState({ status: 'running' });
    },
    stop() {
      const { status } = stores.run.getState();
      if (status !== 'stopped' && status !== 'stopping') void end();
    },
    restart(settings = stores.run.getState().settings) {
      const { status } = stores.run.getState();
      if (status === 'stopping') return;
      if (status === 'stopped') begin(settings);
      else void end().then(() => begin(settings));
    },
    select(peer) {
      if (peer === stores.selection.getState().peer) return;
      stores.selection.setState({ ...EMPTY_SELECTION, peer });
      pool.inspect(peer);
    },
    selectExchange: (exchange) => stores.selection.setState({ exchange }),
    act: (peer, action) => pool.act(peer, action),
    holdExchanges: (held) => stores.exchanges.setState({ held }),
    setTheme: (theme) => stores.preferences.setState({ theme }),
    find: (text, most) => find(text, most),
    peerOf: (peerId) => handles.get(peerId),
  };

  function find(text: string, most: number): readonly PeerSummary[] {
    const { scenario } = stores.run.getState();
    const wanted = text.trim().toLowerCase();
    const found: PeerSummary[] = [];
    for (const { handle, peerId, endpoint, swarm: index } of births.values()) {
      if (found.length >= most) break;
      const swarm = scenario.swarms[index]?.id ?? '';
      if (`${peerId} ${endpoint} ${swarm.toLowerCase()}`.includes(wanted))
        found.push({ handle, peerId, swarm, endpoint });
    }
    return found;
  }

  setInterval(refresh, REFRESH);
  begin(options.settings);
  const { defaults, notices } = options;
  return { stores, feed, commands, ownTracker, defaults, notices };
}

/** The tracker's own count; `rate` is the page's, as /stats has totals only. */
function trackerFigures(stats: TrackerStats, rate: number): Figures {
  const seeds = sum(stats.swarms.map((swarm) => swarm.seeds));
  const leeches = sum(stats.swarms.map((swarm) => swarm.leeches));
  return {
    peers: stats.peers,
    seeds,
    leeches,
    swarms: stats.swarms.length,
    requests: stats.requests.total,
    errors: sum(Object.values(stats.requests.byError)),
    rate,
  };
}
