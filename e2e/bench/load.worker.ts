/**
 * A run on the virtual clock beside the picture: a swarm whose peers report to its tracker all the time, every message
 * written and read by the real codec, about `perSecond` messages of it. Tells how many it managed each second.
 */
import { BusyRun } from '../../src/testing/simulation-cases.ts';

const PEERS = 2000;
/** More than any measurement takes. */
const SLICES = 5000;
/** Milliseconds that it waits when it is ahead. */
const REST = 5;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

async function load(perSecond: number): Promise<void> {
  const run = await BusyRun.warm({ edition: 'rfc7846', peers: PEERS, slices: SLICES, work: 'reports' });
  let due = performance.now();
  let toldAt = due;
  let done = 0;
  for (let slice = 0; slice < SLICES; slice++) {
    const messages = await run.next();
    done += messages;
    // What a busy machine did not let it do is not made up for.
    due = Math.max(due + (messages * 1000) / perSecond, performance.now() - REST);
    while (performance.now() < due) await pause(REST);
    const now = performance.now();
    if (now - toldAt < 1000) continue;
    self.postMessage((done * 1000) / (now - toldAt));
    [toldAt, done] = [now, 0];
  }
}

self.onmessage = ({ data: perSecond }: MessageEvent<number>) => void load(perSecond);
