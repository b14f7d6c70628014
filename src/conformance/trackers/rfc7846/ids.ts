/** Identifiers are opaque strings, compared byte for byte (RFC 7846 §3.3.3; digest, "Addresses"). */
import { asPeerId, asSwarmId, asTransactionId, MAX_ID_BYTES } from '../../../protocol/ids.ts';
import { casesOf } from '../../section.ts';
import { connect, find, join, joined, report } from '../../requests.ts';
import type { TrackerBench, TrackerCase } from '../../tracker-bench.ts';
import {
  expect,
  expectError,
  expectList,
  expectListed,
  expectRefusal,
  expectSuccess,
  given,
  shown,
} from '../../verify.ts';
import { edited } from './edited.ts';

const { must, ours } = casesOf<TrackerBench>('rfc7846', 'ids', 'RFC 7846 §3.3.3');
const OPAQUE = 'Keep identifiers as strings: never parse, trim, fold or normalise them.';

/** Digits of this case's own, where only digits will do. */
const digits = (bench: TrackerBench): string =>
  Array.from(bench.swarmId(), (letter) => String(letter.charCodeAt(0)).padStart(3, '0')).join('');

/** Two texts that somebody might take for one. */
const ALIKE: readonly (readonly [
  name: string,
  what: string,
  pair: (own: string, digits: string) => readonly [string, string],
])[] = [
  ['leading-zeros', 'leading zeros', (_, number) => [`7${number}`, `007${number}`]],
  ['exponents', 'written with an exponent', (_, number) => [`${number}1e2`, `${number}100`]],
  ['hexadecimal', 'in hexadecimal', (own) => [`${own}0x1F`, `${own}31`]],
  ['letter-case', 'upper and lower case', (own) => [`${own}Film`, `${own}film`]],
  ['blanks', 'blanks around it', (own) => [own, `${own} `]],
  ['composed', 'composed and decomposed letters', (own) => [`${own}\u00e9`, `${own}e\u0301`]],
  ['escapes', 'percent signs', (own) => [`${own}%41`, `${own}A`]],
];

/** Names that mean something to a program. */
const RESERVED = ['__proto__', 'constructor', 'toString', 'null', 'true', '-1', '../..', '*', '{}'] as const;

export const IDS: readonly TrackerCase[] = [
  ...ALIKE.map(([name, what, pair]) =>
    must(
      `swarms-${name}`,
      `Swarm IDs that differ in ${what} alone are two swarms.`,
      OPAQUE,
      async (bench) => {
        const own = bench.swarmId();
        const [first, second] = pair(own, digits(bench)).map((id) => asSwarmId(id)) as [
          typeof own,
          typeof own,
        ];
        await joined(bench, first, 'SEED');
        const answer = expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(second)])));
        expectList(answer, second, []);
      },
    ),
  ),
  ...ALIKE.map(([name, what, pair]) =>
    must(`peers-${name}`, `Peer IDs that differ in ${what} alone are two peers.`, OPAQUE, async (bench) => {
      const swarm = bench.swarmId();
      const twins = pair(bench.peerId(), digits(bench)).map((id) => asPeerId(id));
      for (const twin of twins) given(await bench.send(connect(bench, twin, [join(swarm)])));
      const answer = given(await bench.send(connect(bench, bench.peerId(), [join(swarm)])));
      for (const twin of twins) expectListed(answer, swarm, twin, 'each of the two peers');
    }),
  ),
  must(
    'beyond-ascii',
    'Identifiers of any script are taken, and handed out as they were.',
    'Messages are UTF-8 (§2.2).',
    async (bench) => {
      const swarm = asSwarmId(`${bench.swarmId()} фильм 電影 😀`);
      const peer = asPeerId(`${bench.peerId()} 同級 ñ`);
      given(await bench.send(connect(bench, peer, [join(swarm, 'SEED')])));
      const answer = expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarm)])));
      expectListed(answer, swarm, peer, 'the peer with letters beyond ASCII');
    },
  ),
  must(
    'quotes-and-markup',
    'Identifiers of quotes, backslashes and markup are handed out as they were.',
    'Write strings with a JSON encoder, never by putting text together.',
    async (bench) => {
      const swarm = asSwarmId(`${bench.swarmId()}"},{"x":"`);
      const peer = asPeerId(`${bench.peerId()}"\\</script><img src=x onerror=alert(1)>&\u2028`);
      given(await bench.send(connect(bench, peer, [join(swarm, 'SEED')])));
      const answer = expectSuccess(await bench.send(connect(bench, bench.peerId(), [join(swarm)])));
      expectListed(answer, swarm, peer, 'the peer with quotes in its name');
    },
  ),
  ours(
    'names-of-programs',
    'Peer IDs such as __proto__ and constructor are like any other: unregistered until they join.',
    'Keep peers and swarms in maps, not in plain objects.',
    async (bench) => {
      for (const word of RESERVED) {
        const transactionId = asTransactionId(word);
        const request = { ...connect(bench, bench.peerId(), [join(bench.swarmId())]), transactionId };
        const answer = expectSuccess(await bench.send(request, { step: `CONNECT with transaction ${word}` }));
        expect(answer.transactionId === word, word, shown(answer.transactionId));
        const stranger = await bench.send(report(bench, asPeerId(word)), { step: `keep-alive of ${word}` });
        expectRefusal(stranger);
      }
    },
  ),
  ours(
    'of-1024-bytes',
    'Identifiers of 1,024 bytes are taken.',
    `Take identifiers of 1 to ${MAX_ID_BYTES} bytes of UTF-8.`,
    async (bench) => {
      const swarm = asSwarmId(bench.swarmId().padEnd(MAX_ID_BYTES, 's'));
      const seed = asPeerId(bench.peerId().padEnd(MAX_ID_BYTES, 'p'));
      given(await bench.send(connect(bench, seed, [join(swarm, 'SEED')])));
      const peer = await joined(bench, swarm);
      expectListed(expectSuccess(await bench.send(find(bench, peer, swarm))), swarm, seed, 'the peer');
    },
  ),
  ours(
    'of-1025-bytes',
    'Identifiers of more than 1,024 bytes are refused with error 1.',
    'Bound what a peer can make the tracker keep.',
    async (bench) => {
      const peer = asPeerId(bench.peerId().padEnd(MAX_ID_BYTES + 1, 'p'));
      expectError(await bench.send(connect(bench, peer, [join(bench.swarmId())])), 'bad-request');
    },
  ),
  ...(['peer_id', 'transaction_id'] as const).map((member) =>
    ours(
      `control-characters-in-${member.replace('_', '-')}`,
      `A ${member} with a control character is refused with error 1.`,
      'Refuse C0, DEL and C1 characters in identifiers: they end up in logs and terminals.',
      async (bench) => {
        const text = edited(bench, connect(bench, bench.peerId(), [join(bench.swarmId())]), (root) => {
          root[member] = `${bench.peerId()}\u0007\n`;
        });
        expectError(
          await bench.send(text, { step: `CONNECT with a control character in ${member}` }),
          'bad-request',
        );
      },
    ),
  ),
];
