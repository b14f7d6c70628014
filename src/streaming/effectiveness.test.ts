import { expect, test } from 'vitest';
import { WoundSwarm } from './testing.ts';

/**
 * Qiu and Srikant (SIGCOMM 2004) in miniature: LEECHes come at rate lambda, SEEDs go at rate gamma, the uplink is the
 * bottleneck. What the LEECHes upload, against what their uplinks could: the effectiveness eta.
 */
test.each([1, 2, 3, 4, 5])(
  'the uplinks of LEECHes do not idle: effectiveness close to 1 with 256 chunks, seed %i',
  (seed) => {
    const [upload, chunkBytes, chunks] = [125_000, 16_384, 256];
    const swarm = new WoundSwarm({ chunks, chunkBytes, upload, download: 4 * upload, maxLinks: 8 }, { seed });
    const [lambda, seedSeconds, warmUp, measured] = [2, 10, 60, 60];
    const born = new Map<string, number>();
    const leaves: { readonly at: number; readonly name: string }[] = [];
    swarm.add('publisher', { maxLinks: 40 }).preload(1);
    const exponential = () => -Math.log(1 - swarm.random());
    // From about where the steady state lies, LEECHes anywhere on their way.
    for (let i = 0; i < lambda * seedSeconds; i++) {
      swarm.add(`early SEED ${i}`).preload(1);
      leaves.push({ at: seedSeconds * exponential(), name: `early SEED ${i}` });
    }
    for (let i = 0; i < 45; i++) {
      swarm.add(`early LEECH ${i}`).preload(swarm.random());
      born.set(`early LEECH ${i}`, 0);
    }
    const sent = () => {
      let bytes = 0;
      for (const name of born.keys()) bytes += swarm.nodes.get(name)?.uploadedBytes ?? 0;
      return bytes;
    };
    let [leechSeconds, leechBytes, done, came] = [0, 0, 0, 0];
    let next = 0;
    const STEP = 0.25;
    for (let time = 0; time < warmUp + measured; time += STEP) {
      const names = [...swarm.nodes.keys()];
      const list = () =>
        Array.from({ length: 20 }, () => names[Math.floor(swarm.random() * names.length)] ?? '');
      for (; next <= time; next += exponential() / lambda) {
        const name = `peer ${came++}`;
        born.set(name, time);
        swarm.introduce(swarm.add(name), ...list());
      }
      // Who has too few neighbours is given another list, as the tracker would.
      if (time % 5 === 0)
        for (const name of born.keys()) {
          const node = swarm.nodes.get(name);
          if (node !== undefined && (node.shortOfNeighbours || node.lacks !== undefined))
            swarm.introduce(node, ...list());
        }
      const before = sent();
      swarm.run(STEP);
      if (time >= warmUp) {
        leechSeconds += born.size * STEP;
        leechBytes += sent() - before;
      }
      for (const name of born.keys())
        if (swarm.nodes.get(name)?.complete === true) {
          born.delete(name);
          done++;
          leaves.push({ at: time + seedSeconds * exponential(), name });
        }
      for (const { at, name } of leaves)
        if (at <= time) {
          swarm.nodes.get(name)?.leave();
          swarm.remove(name);
        }
    }
    const eta = leechBytes / (leechSeconds * upload);
    // Theory's band begins at 0.85; less than 0.9 would be a fault of ours.
    expect(eta).toBeGreaterThan(0.9);
    expect(eta).toBeLessThan(1.05);
  },
);
