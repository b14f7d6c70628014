/** What a run looks like from outside, twice a second: its figures, who is in which swarm, whether the tracker is well. */
import { relayOf, askRelay, type StatsReport } from '../workers/client.ts';
import type { Scenario, Settings, Snapshot } from '../workers/messages.ts';
import { RateMeter, pageFigures, trackerFigures } from './figures.ts';
import { History, type Past } from './history.ts';
import { NO_FIGURES, type Stores } from './state.ts';
import type { Tally } from './tally.ts';
import { TrackerHealth } from './tracker-health.ts';
import { explainTrouble } from './tracker-problem.ts';

interface Moment {
  readonly latest: readonly Snapshot[];
  readonly counts: Tally;
  /** Milliseconds of run time, and by the clock on the wall. */
  readonly elapsed: number;
  readonly now: number;
}

export class Outlook {
  readonly #stores: Stores;
  readonly #pageUrl: string;
  #health = new TrackerHealth();
  #past = new History(0);
  /** Of a run that somebody watches more closely. */
  #learnt: Past | undefined;
  #meter = new RateMeter();
  /** Totals of the run that was stopped. */
  #ended = { requests: 0, errors: 0 };

  constructor(stores: Stores, pageUrl: string) {
    this.#stores = stores;
    this.#pageUrl = pageUrl;
  }

  /** A new run. */
  begin({ swarms }: Scenario): void {
    this.#health = new TrackerHealth();
    this.#past = new History(swarms.length);
    this.#learnt = undefined;
    this.#meter = new RateMeter();
  }

  /** The past, from now on until it is told anew: instead of what was seen now and then. */
  learn(past: Past): void {
    this.#learnt = past;
  }

  hear(report: StatsReport): void {
    this.#health.hear(report);
  }

  /** What a stopped run goes on to be known by. */
  remember({ requests, errors }: Pick<Tally, 'requests' | 'errors'>): void {
    this.#ended = { requests, errors };
  }

  show(moment: Moment): void {
    const { status, settings } = this.#stores.run.getState();
    const { counts, elapsed } = moment;
    const added = status !== 'stopped' && this.#past.take(elapsed, counts);
    this.#showFigures(moment, status === 'stopped', settings);
    this.#showPopulation(counts, added);
    this.#showHealth(moment, status === 'starting' || status === 'running' || status === 'stopping');
  }

  #showFigures({ counts, elapsed, now }: Moment, stopped: boolean, { clock }: Settings): void {
    const { stats } = this.#health;
    const rate = this.#meter.take(clock === 'virtual' ? elapsed : now, counts.requests);
    const simulated = stopped ? { ...NO_FIGURES, ...this.#ended } : pageFigures(counts, rate);
    const figures = stats === undefined ? simulated : trackerFigures(stats, simulated.rate);
    this.#stores.run.setState({
      simulated,
      figures,
      figuresFrom: stats === undefined ? 'page' : 'tracker',
    });
    this.#stores.tracker.setState({ stats });
  }

  #showPopulation(counts: Tally, added: boolean): void {
    const { scenario } = this.#stores.run.getState();
    const past = this.#learnt ?? this.#past;
    this.#stores.population.setState({
      swarms: scenario.swarms.map(({ id, about, kind }, swarm) => ({
        id,
        about,
        kind,
        seeds: counts.seeds[swarm] ?? 0,
        leeches: counts.leeches[swarm] ?? 0,
        history: past.swarms[swarm] ?? [],
      })),
      ...(added || this.#learnt !== undefined ? { traffic: past.traffic } : {}),
    });
  }

  #showHealth({ latest, elapsed }: Moment, lively: boolean): void {
    const { settings } = this.#stores.run.getState();
    const sight = this.#health.sight(latest, elapsed, lively);
    const { tracker } = this.#stores;
    switch (sight.state) {
      case 'unknown':
        return;
      case 'ok':
        tracker.setState({
          health: 'ok',
          problem: undefined,
          ...(sight.latency === undefined ? {} : { latency: sight.latency }),
        });
        return;
      case 'trouble': {
        // Of the embedded tracker that is what the scenario wants, and nothing to be put right.
        if (settings.clock === 'virtual') {
          tracker.setState({ health: 'trouble', problem: undefined });
          return;
        }
        const { problem: before, relayTarget, authentication } = tracker.getState();
        const since = before?.since ?? elapsed;
        const problem = explainTrouble(
          sight,
          { ...settings, authentication },
          this.#pageUrl,
          relayTarget,
          since,
        );
        if (problem.relay === 'possible' && before?.relay === undefined) void this.#findRelay();
        tracker.setState({ health: 'trouble', problem });
        return;
      }
      default:
        sight satisfies never;
    }
  }

  /** The next look tells what was found. */
  async #findRelay(): Promise<void> {
    this.#stores.tracker.setState({ relayTarget: await askRelay(relayOf(this.#pageUrl)) });
  }
}
