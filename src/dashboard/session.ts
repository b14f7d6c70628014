/** One page's session: runs the peers, takes in what they report, keeps the stores true, obeys the commands. */
import {
  configured,
  createPeerPool,
  createTrackerWatch,
  FOREIGN_WORKER,
  initialPeers,
  relayOf,
} from '../workers/client.ts';
import type { Access, Credentials, PeerDetail, Settings, Snapshot } from '../workers/messages.ts';
import { createComposeDesk } from './compose/desk.ts';
import { troubleOf } from './compose/trouble.ts';
import { createConformanceDesk } from './conformance/desk.ts';
import { createMatrixDesk } from './matrix/desk.ts';
import type { Commands, Dashboard } from './dashboard.ts';
import { addressTo, createDeepLinks, targetIn, type LinkTarget } from './deep-link.ts';
import { createExplanations } from './explanations.ts';
import { createFeed, isForeign } from './feed.ts';
import { createForeignDesk, swarmNames } from './foreign.ts';
import { MAX_POINTS, pastAsk, pastOf } from './history.ts';
import { createLabDesk } from './lab/desk.ts';
import { createObservedDesk } from './observed.ts';
import { Outlook } from './outlook.ts';
import { Roster } from './roster.ts';
import {
  choiceIn,
  createScenarios,
  withChoice,
  type ChosenScenario,
  type ScenarioDesk,
} from './scenarios.ts';
import { rendererIn } from './renderer.ts';
import { addressOf, defaultsOf, eventSources, ownTrackerOf, settingsFromAddress } from './settings.ts';
import { EMPTY_SELECTION, NOBODY_FOREIGN, NOBODY_PICKED, createStores, type Stores } from './state.ts';
import { tally } from './tally.ts';
import { explainTrouble } from './tracker-problem.ts';
import { createVirtualDesk, virtualWishIn, type VirtualWish } from './virtual.ts';
import { createWireDesk } from './wire/desk.ts';
import { LIVE, activeLog } from './wire/state.ts';

interface SessionOptions {
  readonly choice: ChosenScenario;
  readonly scenarios: ScenarioDesk;
  readonly settings: Settings;
  readonly virtual: VirtualWish;
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

/** The session that opening the page starts: the scenario and all else as the page's address has it. */
export async function createDefaultSession(pageUrl: string, processors: number): Promise<Dashboard> {
  const scenarios = createScenarios(pageUrl);
  const { choice, ignored: ofChoice } = await choiceIn(pageUrl, scenarios);
  const { settings, ignored } = settingsFromAddress(pageUrl, defaultsOf(choice, pageUrl));
  const { wish, ignored: ofVirtual } = virtualWishIn(pageUrl);
  const link = targetIn(pageUrl);
  const { ignored: ofRenderer } = rendererIn(pageUrl);
  return createSession({
    choice,
    scenarios,
    settings,
    virtual: wish,
    pageUrl,
    notices: [...ofChoice, ...ignored, ...ofVirtual, ...ofRenderer, ...link.ignored],
    target: link.target,
    processors,
  });
}

function createSession(options: SessionOptions): Dashboard {
  const { pageUrl, notices, scenarios } = options;
  let { choice } = options;
  const stores: Stores = createStores(choice, options.settings);
  const feed = createFeed();
  const roster = new Roster();
  const latest = new Map<number, Snapshot>();
  const outlook = new Outlook(stores, pageUrl);
  let crowded = false;
  /** In memory only, for one origin: another tracker is not told. */
  let held: { readonly origin: string; readonly credentials: Credentials } | undefined;
  /** Peers whose links are watched, and where these go. */
  let linkEnds: ReadonlyMap<string, string> = new Map();

  const wire = createWireDesk({ fault, ...createForeignDesk(stores, roster, feed) });
  const observed = createObservedDesk(fault);
  let forgetPast = (): void => undefined;
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
    observed: (worker, port) => observed.source(worker, port, true),
    lost: (worker) => observed.lost(worker),
  });
  const virtual = createVirtualDesk(options.virtual, {
    snapshot: take,
    detail: showDetail,
    ended() {
      refresh();
      stores.run.setState({ status: 'ended' });
    },
    fault,
    recorded: (port) => wire.record(port),
    observed: (port) => observed.source(0, port, true),
  });
  const isVirtual = (): boolean => stores.run.getState().settings.clock === 'virtual';
  const lab = createLabDesk({
    processors: options.processors,
    userAgent: navigator.userAgent,
    now: () => performance.now(),
  });
  const watch = createTrackerWatch((report) => {
    outlook.hear(report);
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
    observed.seen();
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
    const { time, range } = links.store.getState();
    return {
      ...(peer === undefined ? {} : { peer }),
      ...(message === undefined ? {} : { message }),
      ...(time === undefined ? {} : { time }),
      ...(range === undefined ? {} : { range }),
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
    if (!isVirtual()) pool.watchLinks([...ends].map(([peerId, endpoint]) => ({ peerId, endpoint })));
  }

  function refresh(): void {
    watchLinks();
    void links.look();
    const { status, scenario } = stores.run.getState();
    const snapshots = [...latest.values()];
    const elapsed = Math.max(0, ...snapshots.map(({ at }) => at));
    if (status !== 'stopped') stores.run.setState({ elapsed });
    const counts = tally(snapshots, scenario.swarms.length);
    const most = counts.registered >= OPENED * initialPeers(scenario);
    if (status === 'starting' && latest.size > 0 && (most || elapsed > OPENING))
      stores.run.setState({ status: 'running' });
    outlook.show({ latest: snapshots, counts, elapsed, now: performance.now() });
  }

  const watchPast = (swarms: number): (() => void) =>
    observed.watch('time', pastAsk(swarms), (answer) => outlook.learn(pastOf(answer, swarms)));

  const accessTo = ({ trackerUrl, via }: Settings): Access => ({
    relay: via === 'relay' ? relayOf(pageUrl) : undefined,
    credentials: held?.origin === new URL(trackerUrl).origin ? held.credentials : undefined,
  });

  function begin(settings: Settings): void {
    const scenario = configured(choice.scenario, settings);
    const defaults = defaultsOf(choice, pageUrl);
    const onVirtual = settings.clock === 'virtual';
    const access = accessTo(settings);
    const { relay, credentials } = access;
    const own = !onVirtual && new URL(settings.trackerUrl).origin === new URL(pageUrl).origin;
    const url = scenario.tracker.url;
    latest.clear();
    roster.clear();
    outlook.begin(scenario);
    crowded = false;
    linkEnds = new Map();
    stores.run.setState({
      status: onVirtual ? 'running' : 'starting',
      scenario,
      base: choice,
      settings,
      elapsed: 0,
      workers: onVirtual ? options.virtual.parts : pool.size,
      restarts: 0,
      faults: [],
    });
    stores.selection.setState(EMPTY_SELECTION);
    stores.picked.setState(NOBODY_PICKED);
    stores.exchanges.setState({ list: [], omitted: 0, held: false });
    stores.population.setState({ swarms: [], traffic: [] });
    stores.foreign.setState(NOBODY_FOREIGN);
    stores.tracker.setState({
      url,
      own,
      via: settings.via,
      authentication: onVirtual ? 'none' : (credentials?.scheme ?? 'none'),
      relayTarget: undefined,
      health: 'waiting',
      latency: undefined,
      problem: undefined,
      stats: undefined,
    });
    const address = addressOf(settings, defaults, location.href);
    history.replaceState(history.state, '', withChoice(choice, address));
    feed.reset(scenario.swarms, settings.seed);
    observed.begin(scenario);
    forgetPast();
    // On the virtual clock much happens between two looks.
    forgetPast = onVirtual ? watchPast(scenario.swarms.length) : () => undefined;
    const swarms = scenario.swarms.map(({ id }) => id);
    virtual.dismiss();
    wire.begin(swarms, url, onVirtual ? [] : eventSources(settings, own));
    observed.source(FOREIGN_WORKER, wire.observe(), false);
    if (onVirtual) {
      watch.rest();
      virtual.begin(scenario);
      return;
    }
    watch.watch(url, relay);
    pool.start(scenario, crypto.randomUUID(), access);
  }

  /** Resolves when the peers have left, or had time enough to. */
  async function end(): Promise<void> {
    stores.run.setState({ status: 'stopping' });
    await pool.stop();
    outlook.remember(tally(latest.values(), 0));
    latest.clear();
    roster.clear();
    stores.run.setState({ status: 'stopped' });
    refresh();
  }

  const commands: Commands = {
    start() {
      const { status } = stores.run.getState();
      if (status !== 'stopped' && status !== 'ended') return;
      links.forget();
      begin(stores.run.getState().settings);
    },
    pause() {
      if (stores.run.getState().status !== 'running') return;
      if (isVirtual()) virtual.pause();
      else pool.pause();
      stores.run.setState({ status: 'paused' });
    },
    resume() {
      if (stores.run.getState().status !== 'paused') return;
      if (isVirtual()) virtual.resume();
      else pool.resume();
      stores.run.setState({ status: 'running' });
    },
    stop() {
      const { status } = stores.run.getState();
      if (isVirtual()) virtual.end();
      else if (status === 'stopping') pool.abandon();
      else if (status !== 'stopped') void end();
    },
    step(by) {
      const { status } = stores.run.getState();
      if (!isVirtual() || (status !== 'running' && status !== 'paused')) return;
      stores.run.setState({ status: 'paused' });
      virtual.step(by);
    },
    restart(settings = stores.run.getState().settings, chosen = choice) {
      const { status } = stores.run.getState();
      if (status === 'stopping') return;
      links.forget();
      const again = (): void => {
        choice = chosen;
        begin(settings);
      };
      // Nobody has to say good-bye to a tracker that goes with them.
      if (status === 'stopped' || isVirtual()) again();
      else void end().then(again);
    },
    setCredentials(credentials, trackerUrl) {
      held = credentials && { origin: new URL(trackerUrl).origin, credentials };
    },
    select(peer) {
      if (peer === stores.selection.getState().peer) return;
      stores.selection.setState({ ...EMPTY_SELECTION, peer });
      const foreign = peer !== undefined && isForeign(peer);
      if (isVirtual()) virtual.inspect(foreign ? undefined : peer);
      else pool.inspect(foreign ? undefined : peer);
      wire.watchForeign(foreign ? peer : undefined);
    },
    pick: (peers, what) =>
      stores.picked.setState(peers.length === 0 ? NOBODY_PICKED : { peers: new Set(peers), what }),
    selectExchange: (exchange) => stores.selection.setState({ exchange }),
    act(peer, action) {
      if (!isVirtual()) pool.act(peer, action);
    },
    holdExchanges: (held) => stores.exchanges.setState({ held }),
    setTheme: (theme) => stores.preferences.setState({ theme }),
    find: (text, most, among) => roster.find(text, most, swarmNames(stores), among),
    peersOf: (handles) => roster.peersOf(handles, swarmNames(stores)),
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
    scenarios,
    virtual,
    lab,
    links,
    observed,
    ownTracker: ownTrackerOf(pageUrl),
    notices,
  };
}
