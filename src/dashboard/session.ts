/** One page's session: runs the peers, takes in what they report, keeps the stores true, obeys the commands. */
import {
  DEFAULT_SCENARIO,
  askRelay,
  configured,
  createPeerPool,
  createTrackerWatch,
  defaultSettings,
  initialPeers,
  relayOf,
} from '../workers/client.ts';
import type { Access, Credentials, PeerDetail, Scenario, Settings, Snapshot } from '../workers/messages.ts';
import { createComposeDesk } from './compose/desk.ts';
import { troubleOf } from './compose/trouble.ts';
import { createConformanceDesk } from './conformance/desk.ts';
import { createMatrixDesk } from './matrix/desk.ts';
import type { Commands, Dashboard } from './dashboard.ts';
import { addressTo, createDeepLinks, targetIn, type LinkTarget } from './deep-link.ts';
import { createExplanations } from './explanations.ts';
import { createFeed, isForeign } from './feed.ts';
import { createForeignDesk, swarmNames } from './foreign.ts';
import { RateMeter, pageFigures, trackerFigures } from './figures.ts';
import { History, MAX_POINTS } from './history.ts';
import { Roster } from './roster.ts';
import { addressOf, eventSources, settingsFromAddress } from './settings.ts';
import { EMPTY_SELECTION, NOBODY_FOREIGN, NO_FIGURES, createStores, type Stores } from './state.ts';
import { tally, type Tally } from './tally.ts';
import { TrackerHealth } from './tracker-health.ts';
import { explainTrouble } from './tracker-problem.ts';
import { createWireDesk } from './wire/desk.ts';
import { LIVE, activeLog } from './wire/state.ts';

interface SessionOptions {
  readonly scenario: Scenario;
  readonly settings: Settings;
  readonly defaults: Settings;
  readonly pageUrl: string;
  readonly notices: readonly string[];
  /** What the page's address points at. */
  readonly target: LinkTarget;
  /** Processors of the machine. */
  readonly processors: number;
}

/** Milliseconds between two updates of the figures. */
const REFRESH = 500;
/** Share of the peers of time 0 that must be registered before a run counts as running; milliseconds until it does anyway. */
const OPENED = 0.9;
const OPENING = 20_000;
const MAX_EXCHANGES = 400;
const MAX_FAULTS = 20;
const MAX_WORKERS = 16;

/** The session that opening the page starts: the default scenario, as the page's address has it. */
export function createDefaultSession(pageUrl: string, processors: number): Dashboard {
  const defaults = defaultSettings(DEFAULT_SCENARIO, new URL('/', pageUrl).href);
  const { settings, ignored } = settingsFromAddress(pageUrl, defaults);
  const link = targetIn(pageUrl);
  return createSession({
    scenario: DEFAULT_SCENARIO,
    settings,
    defaults,
    pageUrl,
    notices: [...ignored, ...link.ignored],
    target: link.target,
    processors,
  });
}

function createSession(options: SessionOptions): Dashboard {
  const { pageUrl, defaults, notices } = options;
  const stores: Stores = createStores(options.scenario, options.settings);
  const feed = createFeed();
  const roster = new Roster();
  const latest = new Map<number, Snapshot>();
  let health = new TrackerHealth();
  let past = new History(0);
  let meter = new RateMeter();
  let crowded = false;
  /** In memory only, for one origin: another tracker is not told. */
  let held: { readonly origin: string; readonly credentials: Credentials } | undefined;
  /** Peers whose links are watched, and where these go. */
  let linkEnds: ReadonlyMap<string, string> = new Map();
  /** Totals of the run that was stopped. */
  let ended = { requests: 0, errors: 0 };

  const wire = createWireDesk({ fault, ...createForeignDesk(stores, roster, feed) });
  /** The tracker that is configured, and the way to it. */
  function target() {
    const { settings } = stores.run.getState();
    return { url: settings.trackerUrl, access: accessTo(settings) };
  }
  const matrix = createMatrixDesk({ target, now: () => performance.now(), today: () => Date.now() });
  const conformance = createConformanceDesk({
    target,
    now: () => performance.now(),
    today: () => Date.now(),
    every(milliseconds, call) {
      const timer = setInterval(call, milliseconds);
      return () => clearInterval(timer);
    },
  });
  const compose = createComposeDesk({
    target,
    explain(sent) {
      const { settings } = stores.run.getState();
      const { relayTarget, authentication } = stores.tracker.getState();
      const trouble = troubleOf(sent);
      return (
        trouble && explainTrouble(trouble, { ...settings, authentication }, pageUrl, relayTarget, trouble.at)
      );
    },
    onRecord: (port) => wire.composer(port),
  });
  const pool = createPeerPool(Math.min(MAX_WORKERS, Math.max(2, options.processors - 1)), {
    snapshot: take,
    detail: showDetail,
    restarted(worker) {
      stores.run.setState(({ restarts }) => ({ restarts: restarts + 1 }));
      fault(`Peer worker ${worker} stopped answering and was started again. Its peers count as crashed.`);
    },
    fault,
    links: (batch) => wire.sequence.takeLinks(batch),
    recorded: (port) => wire.record(port),
  });
  const watch = createTrackerWatch((report) => {
    health.hear(report);
    refresh();
  });

  function fault(message: string): void {
    stores.run.setState(({ faults }) => ({ faults: [...faults, message].slice(-MAX_FAULTS) }));
  }

  function take(worker: number, snapshot: Snapshot): void {
    latest.set(worker, snapshot);
    roster.take(worker, snapshot);
    const { peer } = stores.selection.getState();
    for (const { handle, how } of snapshot.ends)
      if (handle === peer) stores.selection.setState({ ended: how });
    feed.publish(worker, snapshot);
    takeExchanges(snapshot);
    if (crowded || snapshot.counters.turnedAway === 0) return;
    crowded = true;
    fault('There are three times as many peers as the run began with: newcomers are turned away for now.');
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
    const listed = (detail.list?.peers ?? []).flatMap(({ peerId }) => roster.peerOf(peerId) ?? []);
    stores.selection.setState({ detail, listed });
  }

  const links = createDeepLinks(options.target, {
    selectPeer(text) {
      const peer = roster.peerNamed(text);
      if (peer !== undefined) commands.select(peer);
      return peer !== undefined;
    },
    async openMessage(id) {
      if (wire.store.getState().active !== LIVE) return false;
      const [row] = await wire.find(LIVE, { kind: 'of ID', id });
      if (row !== undefined && wire.store.getState().active === LIVE) wire.open(row);
      return row !== undefined;
    },
    elapsed: () => stores.run.getState().elapsed / 1000,
    forgotten: () => stores.run.getState().elapsed / 1000 - MAX_POINTS,
  });

  /** What is selected and open now, by names that hold in another run of the same seed where there are any. */
  function targetNow(): LinkTarget {
    const { detail, foreign, exchange } = stores.selection.getState();
    const peer = detail === undefined ? foreign?.peerId : roster.endpointOf(detail.peerId);
    const { id, open } = activeLog(wire.store.getState());
    const shown = id === LIVE ? open?.row : undefined;
    const listed = stores.exchanges.getState().list.find((one) => one.id === exchange);
    // A simulated peer's transactions are named after its ID, which no other run has; numbers come again.
    const message =
      shown?.from === 'foreign' ? shown.transactionId || String(shown.id) : (shown ?? listed)?.id.toString();
    const { time } = links.store.getState();
    return {
      ...(peer === undefined ? {} : { peer }),
      ...(message === undefined ? {} : { message }),
      ...(time === undefined ? {} : { time }),
    };
  }

  /** Peers of the sequence diagram tell what they say to each other, from when they are known to be there. */
  function watchLinks(): void {
    const { log, peers } = wire.sequence.store.getState();
    const chosen = log === LIVE ? peers : [];
    const ends = new Map(
      chosen.flatMap((peerId) => {
        // Known from before: who is gone is still greeted.
        const endpoint = roster.endpointOf(peerId) ?? linkEnds.get(peerId);
        return endpoint === undefined ? [] : [[peerId, endpoint] as const];
      }),
    );
    if (ends.size === linkEnds.size && [...ends.keys()].every((peerId) => linkEnds.has(peerId))) return;
    linkEnds = ends;
    pool.watchLinks([...ends].map(([peerId, endpoint]) => ({ peerId, endpoint })));
  }

  function refresh(): void {
    watchLinks();
    void links.look();
    const { status, scenario } = stores.run.getState();
    const elapsed = Math.max(0, ...[...latest.values()].map(({ at }) => at));
    if (status !== 'stopped') stores.run.setState({ elapsed });
    const counts = tally(latest.values(), scenario.swarms.length);
    const most = counts.registered >= OPENED * initialPeers(scenario);
    if (status === 'starting' && latest.size > 0 && (most || elapsed > OPENING))
      stores.run.setState({ status: 'running' });
    const added = status !== 'stopped' && past.take(elapsed, counts);
    showFigures(counts, status === 'stopped');
    showPopulation(counts, added);
    showHealth(elapsed, status === 'starting' || status === 'running' || status === 'stopping');
  }

  function showFigures(counts: Tally, stopped: boolean): void {
    const { stats } = health;
    const rate = meter.take(performance.now(), counts.requests);
    const simulated = stopped ? { ...NO_FIGURES, ...ended } : pageFigures(counts, rate);
    const figures = stats === undefined ? simulated : trackerFigures(stats, simulated.rate);
    stores.run.setState({ simulated, figures, figuresFrom: stats === undefined ? 'page' : 'tracker' });
    stores.tracker.setState({ stats });
  }

  function showPopulation(counts: Tally, added: boolean): void {
    const { scenario } = stores.run.getState();
    stores.population.setState({
      swarms: scenario.swarms.map(({ id, about, kind }, swarm) => ({
        id,
        about,
        kind,
        seeds: counts.seeds[swarm] ?? 0,
        leeches: counts.leeches[swarm] ?? 0,
        history: past.swarms[swarm] ?? [],
      })),
      ...(added ? { traffic: past.traffic } : {}),
    });
  }

  function showHealth(elapsed: number, lively: boolean): void {
    const { settings } = stores.run.getState();
    const sight = health.sight(latest.values(), elapsed, lively);
    switch (sight.state) {
      case 'unknown':
        return;
      case 'ok':
        stores.tracker.setState({
          health: 'ok',
          problem: undefined,
          ...(sight.latency === undefined ? {} : { latency: sight.latency }),
        });
        return;
      case 'trouble': {
        const { problem: before, relayTarget, authentication } = stores.tracker.getState();
        const since = before?.since ?? elapsed;
        const problem = explainTrouble(sight, { ...settings, authentication }, pageUrl, relayTarget, since);
        if (problem.relay === 'possible' && before?.relay === undefined) void findRelay();
        stores.tracker.setState({ health: 'trouble', problem });
        return;
      }
      default:
        sight satisfies never;
    }
  }

  /** The next refresh tells what was found. */
  async function findRelay(): Promise<void> {
    stores.tracker.setState({ relayTarget: await askRelay(relayOf(pageUrl)) });
  }

  const accessTo = ({ trackerUrl, via }: Settings): Access => ({
    relay: via === 'relay' ? relayOf(pageUrl) : undefined,
    credentials: held?.origin === new URL(trackerUrl).origin ? held.credentials : undefined,
  });

  function begin(settings: Settings): void {
    const scenario = configured(options.scenario, settings);
    const access = accessTo(settings);
    const { relay, credentials } = access;
    latest.clear();
    roster.clear();
    health = new TrackerHealth();
    past = new History(scenario.swarms.length);
    meter = new RateMeter();
    crowded = false;
    linkEnds = new Map();
    stores.run.setState({
      status: 'starting',
      scenario,
      settings,
      elapsed: 0,
      workers: pool.size,
      restarts: 0,
      faults: [],
    });
    stores.selection.setState(EMPTY_SELECTION);
    stores.exchanges.setState({ list: [], omitted: 0, held: false });
    stores.population.setState({ swarms: [], traffic: [] });
    stores.foreign.setState(NOBODY_FOREIGN);
    stores.tracker.setState({
      url: settings.trackerUrl,
      own: new URL(settings.trackerUrl).origin === new URL(pageUrl).origin,
      via: settings.via,
      authentication: credentials?.scheme ?? 'none',
      relayTarget: undefined,
      health: 'waiting',
      latency: undefined,
      problem: undefined,
      stats: undefined,
    });
    history.replaceState(history.state, '', addressOf(settings, defaults, location.href));
    feed.reset(scenario.swarms, settings.seed);
    watch.watch(settings.trackerUrl, relay);
    const { own } = stores.tracker.getState();
    wire.begin(
      scenario.swarms.map(({ id }) => id),
      settings.trackerUrl,
      eventSources(settings, own),
    );
    pool.start(scenario, crypto.randomUUID(), access);
  }

  /** Resolves when the peers have left, or had time enough to. */
  async function end(): Promise<void> {
    stores.run.setState({ status: 'stopping' });
    await pool.stop();
    const { requests, errors } = tally(latest.values(), 0);
    ended = { requests, errors };
    latest.clear();
    roster.clear();
    stores.run.setState({ status: 'stopped' });
    refresh();
  }

  const commands: Commands = {
    start() {
      if (stores.run.getState().status !== 'stopped') return;
      links.forget();
      begin(stores.run.getState().settings);
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
      if (status === 'stopping') pool.abandon();
      else if (status !== 'stopped') void end();
    },
    restart(settings = stores.run.getState().settings) {
      const { status } = stores.run.getState();
      if (status === 'stopping') return;
      links.forget();
      if (status === 'stopped') begin(settings);
      else void end().then(() => begin(settings));
    },
    setCredentials(credentials, trackerUrl) {
      held = credentials && { origin: new URL(trackerUrl).origin, credentials };
    },
    select(peer) {
      if (peer === stores.selection.getState().peer) return;
      stores.selection.setState({ ...EMPTY_SELECTION, peer });
      const foreign = peer !== undefined && isForeign(peer);
      pool.inspect(foreign ? undefined : peer);
      wire.watchForeign(foreign ? peer : undefined);
    },
    selectExchange: (exchange) => stores.selection.setState({ exchange }),
    act: (peer, action) => pool.act(peer, action),
    holdExchanges: (held) => stores.exchanges.setState({ held }),
    setTheme: (theme) => stores.preferences.setState({ theme }),
    find: (text, most) => roster.find(text, most, swarmNames(stores)),
    linkedWith: (peerId) => roster.linkedWith(peerId),
    linkToThis: () => addressTo(location.href, targetNow()),
    peerOf: (peerId) => roster.peerOf(peerId),
  };

  wire.sequence.store.subscribe(({ peers, log }, before) => {
    if (peers !== before.peers || log !== before.log) watchLinks();
  });
  setInterval(refresh, REFRESH);
  begin(options.settings);
  return {
    stores,
    feed,
    commands,
    explanations: createExplanations(),
    wire,
    conformance,
    matrix,
    compose,
    links,
    ownTracker: new URL('/', pageUrl).href,
    defaults,
    notices,
  };
}
