import { describe, expect, it } from 'vitest';
import type { SwarmView } from '../../dashboard/state.ts';
import { pictureSummary } from './summary.ts';

/** A swarm that had so many peers each second; a quarter of them are SEEDs. */
function swarm(sizes: readonly number[]): SwarmView {
  const history = sizes.map((size, time) => ({ time, seeds: size / 4, leeches: (size * 3) / 4 }));
  const { seeds, leeches } = history.at(-1) ?? { seeds: 0, leeches: 0 };
  return { id: 'film', about: '', kind: 'vod', seeds, leeches, history };
}

const steps = (from: number, by: number): number[] => Array.from({ length: 11 }, (_, i) => from + i * by);

describe('the summary of the picture', () => {
  it('tells of each swarm how large it is and which way it goes', () => {
    expect(pictureSummary([swarm(steps(200, 4))])).toContain('swarm film: 240 peers, 60 seeds, rising');
    expect(pictureSummary([swarm(steps(200, -4))])).toContain('swarm film: 160 peers, 40 seeds, falling');
    expect(pictureSummary([swarm(steps(200, 0.4))])).toContain('swarm film: 204 peers, 51 seeds, steady');
  });

  it('claims no direction before it can know one', () => {
    expect(pictureSummary([swarm([40, 80])])).toContain('swarm film: 80 peers, 20 seeds. The tab');
    expect(pictureSummary([])).toBe('Picture of the swarms: no peers yet.');
  });
});
