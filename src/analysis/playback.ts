/** Start-up, stalls and continuity of viewings, from the `playback` events. */
import type { Micros, PeerIndex, PlaybackState } from '../simulation/virtual/events.ts';
import { Column } from './column.ts';
import type { Measures } from './measures.ts';
import { Sample } from './sample.ts';
import { inSeconds, Level, Tally, type Window } from './window.ts';

const NONE = 0;
const PLAYING = 1;
const STALLED = 2;

export class Playback {
  readonly #window: Window;
  readonly #state = new Column('uint8', NONE);
  readonly #startedAt = new Column();
  readonly #stalledAt = new Column();
  /** Microseconds stalled, stalls that are over. */
  readonly #stalledFor = new Column();
  readonly #stalls = new Column('uint32');
  readonly #playing: Level;
  readonly #stalled: Level;
  readonly #stallCount: Tally;
  readonly startUp = new Sample();
  readonly #continuity = new Sample();
  #smooth = 0;

  constructor(window: Window) {
    this.#window = window;
    this.#playing = new Level(window);
    this.#stalled = new Level(window);
    this.#stallCount = new Tally(window);
  }

  /** `arrivedAt` of the peer. */
  take(at: Micros, peer: PeerIndex, state: PlaybackState, arrivedAt: Micros): void {
    const was = this.#state.get(peer);
    if (state === 'started') {
      if (was !== NONE) return;
      if (this.#window.has(at)) this.startUp.add(inSeconds(at - arrivedAt));
      this.#state.set(peer, PLAYING);
      this.#startedAt.set(peer, at);
      this.#stalledFor.set(peer, 0);
      this.#stalls.set(peer, 0);
      this.#playing.change(at, 1);
    } else if (state === 'stalled' && was === PLAYING) {
      this.#state.set(peer, STALLED);
      this.#stalledAt.set(peer, at);
      this.#stalls.add(peer, 1);
      this.#stallCount.add(at);
      this.#playing.change(at, -1);
      this.#stalled.change(at, 1);
    } else if (state === 'resumed' && was === STALLED) {
      this.#state.set(peer, PLAYING);
      this.#stalledFor.add(peer, at - this.#stalledAt.get(peer));
      this.#playing.change(at, 1);
      this.#stalled.change(at, -1);
    } else if (state === 'ended') this.end(at, peer);
  }

  /** The viewing is over, by its end or by the peer's departure. */
  end(at: Micros, peer: PeerIndex): void {
    const was = this.#state.get(peer);
    if (was === NONE) return;
    (was === PLAYING ? this.#playing : this.#stalled).change(at, -1);
    if (this.#window.has(at)) this.#view(at, peer);
    this.#state.set(peer, NONE);
  }

  /** Viewings under way when the window ends count as far as they came. `peers`: how many indices there are. */
  closeWindow(at: Micros, peers: number): void {
    for (let peer = 0; peer < peers; peer++) if (this.#state.get(peer) !== NONE) this.#view(at, peer);
  }

  #view(at: Micros, peer: PeerIndex): void {
    const length = at - this.#startedAt.get(peer);
    if (length <= 0) return;
    const under = this.#state.get(peer) === STALLED ? at - this.#stalledAt.get(peer) : 0;
    this.#continuity.add(1 - (this.#stalledFor.get(peer) + under) / length);
    if (this.#stalls.get(peer) === 0) this.#smooth++;
  }

  tell(measures: Measures, now: Micros): void {
    measures.tellSpread('startUp.seconds', this.startUp);
    measures.tellSpread('playback.continuity', this.#continuity);
    const stalled = this.#stalled.integral(now);
    const viewed = this.#playing.integral(now) + stalled;
    measures.tell('playback.bufferingRatio', stalled / viewed);
    measures.tell('playback.stallsPerHour', this.#stallCount.measured / (inSeconds(viewed) / 3600));
    measures.tell('playback.smoothShare', this.#smooth / this.#continuity.count, {
      observations: this.#continuity.count,
    });
  }
}
