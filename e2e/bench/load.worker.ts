/**
 * What a simulation costs beside the picture: messages of one edition written and read by its real codec, requests and
 * answers of thirty peers by turns, about `perSecond` of them. Tells how many it managed each second.
 */
import { codecCases } from '../../src/testing/codec-cases.ts';

/** Milliseconds. */
const SLICE = 10;
const EDITION = 'base-1.0';
/** A message is written once and read once. */
const WORKS = 2;

self.onmessage = ({ data: perSecond }: MessageEvent<number>) => {
  const works = codecCases()
    .filter(({ name }) => name.startsWith(EDITION))
    .map(({ ours }) => ours);
  let done = 0;
  let due = performance.now();
  let toldAt = due;
  let told = 0;
  setInterval(() => {
    const now = performance.now();
    // What a busy machine did not let it do is not made up for all at once.
    due = Math.max(due, now - 5 * SLICE);
    const wanted = Math.round(((now - due) * perSecond * WORKS) / 1000);
    due = now;
    for (let i = 0; i < wanted; i++) works[done++ % works.length]?.();
    if (now - toldAt < 1000) return;
    self.postMessage(((done - told) * 1000) / (now - toldAt) / WORKS);
    [toldAt, told] = [now, done];
  }, SLICE);
};
