/** Peers of gu-04 beside those of the other editions: one space of peers and swarms (ours). */
import { casesOf } from '../../section.ts';
import { find } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import { expectListed, expectSuccess } from '../../verify.ts';
import { enteredIn } from '../other-edition.ts';
import type { OtherEdition } from '../other-edition.ts';
import { entered } from './requests.ts';

const { ours } = casesOf<TrackerBench>('gu-04', 'editions', 'gu -04 slides; RFC 7846 §4; base-01 §3.1');
const ONE_SPACE =
  'Keep the peers of all editions in the same swarms, and answer each in the edition it asks in.';

const listed = (edition: OtherEdition, word: string, name: string): TrackerCase =>
  ours(`${word}-peer-listed`, `A peer of ${name} is listed to peers of gu-04.`, ONE_SPACE, async (bench) => {
    const swarm = bench.swarmId();
    const asking = await entered(bench, swarm);
    const { peer } = await enteredIn(bench, edition, swarm, 'SEED');
    expectListed(expectSuccess(await bench.send(find(bench, asking, swarm))), swarm, peer, 'the other peer');
  });

const listedTo = (edition: OtherEdition, word: string, name: string): TrackerCase =>
  ours(
    `listed-to-${word}-peer`,
    `A peer of gu-04 is listed to peers of ${name}.`,
    ONE_SPACE,
    async (bench) => {
      const swarm = bench.swarmId();
      const seed = await entered(bench, swarm, 'SEED');
      const { response } = await enteredIn(bench, edition, swarm, 'LEECH');
      expectListed(response, swarm, seed, 'the peer of gu-04');
    },
  );

export const OTHER_EDITIONS: readonly TrackerCase[] = [
  listed('rfc7846', 'json', 'RFC 7846'),
  listed('base-1.0', 'base', 'base-01'),
  listedTo('rfc7846', 'json', 'RFC 7846'),
  listedTo('base-1.0', 'base', 'base-01'),
];
