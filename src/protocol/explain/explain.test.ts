import * as fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryRequest, arbitraryResponse } from '../../testing/arbitraries.ts';
import { BASE01_EXAMPLES, EXTENDED11_EXAMPLES, RFC7846_EXAMPLES } from '../../testing/golden.ts';
import { codecOf } from '../editions/index.ts';
import { EDITIONS } from '../message.ts';
import type { EditionId, Method } from '../message.ts';
import { RULES } from '../rules.ts';
import { encodeText } from '../text.ts';
import { fieldAt, FIELDS } from './catalogue.ts';
import { explain } from './explain.ts';
import type { ExplainContext, ExplainedNode, Explanation } from './explanation.ts';
import { walkJson } from './walk-json.ts';
import { walkXml } from './walk-xml.ts';
import type { WireNode } from './wire-tree.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function* nodesOf(node: ExplainedNode): Generator<ExplainedNode> {
  yield node;
  for (const child of node.children) yield* nodesOf(child);
}

const allNodes = ({ root }: Explanation): ExplainedNode[] => [...nodesOf(root)];
const nodeAt = (explanation: Explanation, path: string): ExplainedNode | undefined =>
  allNodes(explanation).findLast((node) => node.path === path);

interface Case {
  readonly body: Uint8Array;
  readonly context: ExplainContext & { readonly edition: EditionId };
}

const METHOD_OF: (edition: EditionId) => Arbitrary<Method> = (edition) =>
  fc.constantFrom(...RULES[edition].methods);

/** A message as its own edition writes it. */
const written = (edition: EditionId): Arbitrary<Case> =>
  fc.oneof(
    arbitraryRequest(edition).map((request): Case => ({
      body: codecOf(edition).encodeRequest(request),
      context: { edition, kind: 'request' },
    })),
    arbitraryResponse(edition).map((response): Case => ({
      body: codecOf(edition).encodeResponse(response),
      context: { edition, kind: 'response', answers: response.method },
    })),
  );

function* wireNodes(nodes: readonly WireNode[]): Generator<WireNode> {
  for (const node of nodes) {
    yield node;
    yield* wireNodes(node.children);
  }
}

const VALUES = [
  '5',
  '"5"',
  '-1',
  '99999999999999999999',
  '""',
  'null',
  '{}',
  '[]',
  'HIGH',
  '"HIGH"',
  'SEEDER',
].concat(['"SEED"', 'x', '"x"', '31', '<x/>', '&#0;', '\u0001', ' ', '"ipv4"', 'IPV6', '"3G"', '1.1', '01']);

/** With one field taken out, put twice, emptied or given another value, or one byte changed. */
const mutated = ({ body, context }: Case): Arbitrary<Case> => {
  const tree = body[0] === 0x7b ? walkJson(body) : walkXml(body);
  const nodes = [...wireNodes(tree.children)];
  const text = (from: number, to: number): string => decoder.decode(body.subarray(from, to));
  const put = (start: number, end: number, middle: string): Case => ({
    body: encodeText(text(0, start) + middle + text(end, body.length)),
    context,
  });
  const byte = fc
    .tuple(fc.nat(Math.max(0, body.length - 1)), fc.nat(255))
    .map(([at, value]): Case => ({ body: body.map((old, index) => (index === at ? value : old)), context }));
  if (nodes.length === 0) return byte;
  const comma = body[0] === 0x7b ? ',' : ' ';
  const node = fc.constantFrom(...nodes);
  return fc.oneof(
    byte,
    node.map(({ start, end }) => put(start, body[end] === 0x2c ? end + 1 : end, '')),
    node.map(({ start, end }) => put(start, start, text(start, end) + comma)),
    fc
      .tuple(node, fc.constantFrom(...VALUES))
      .map(([{ start, end, value }, other]) => put(value?.start ?? start, value?.end ?? end, other)),
    fc
      .tuple(node, fc.constantFrom('x', 'Stat', 'level', 'SwarmID'))
      .map(([{ start }, name]) => put(start + 1, start + 1, name)),
  );
};

const cases = (edition: EditionId): Arbitrary<Case> =>
  fc.oneof(
    written(edition),
    written(edition).chain(mutated),
    written(edition).chain(mutated).chain(mutated),
    fc.record({
      body: fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ maxLength: 200 }).map(encodeText)),
      context: METHOD_OF(edition).map((answers) => ({ edition, kind: 'response' as const, answers })),
    }),
  );

const decode = ({ body, context: { edition, kind, answers = 'CONNECT' } }: Case) =>
  kind === 'request' ? codecOf(edition).decodeRequest(body) : codecOf(edition).decodeResponse(body, answers);

test.each(EDITIONS)('%s: says what the reader says, of any bytes', (edition) => {
  fc.assert(
    fc.property(cases(edition), (one) => {
      const { outcome, findings, error } = explain(one.body, one.context);
      const decoded = decode(one);
      if (decoded.ok) {
        expect(outcome).toBe(decoded.findings.length > 0 ? 'departs' : 'conforms');
        expect(findings).toEqual(decoded.findings);
      } else {
        expect(outcome).toBe('refused');
        expect(error).toEqual(decoded.error);
      }
    }),
    { numRuns: 150 },
  );
});

test.each(EDITIONS)(
  '%s: every finding and refusal stands at a node, or at the message as a whole',
  (edition) => {
    fc.assert(
      fc.property(cases(edition), ({ body, context }) => {
        const explanation = explain(body, context);
        const { findings, error, root } = explanation;
        const nodes = allNodes(explanation);
        const departing = nodes.filter(({ verdict }) => verdict === 'departs');
        expect(departing.length > 0).toBe(findings.length > 0);
        for (const { section, expected } of findings)
          expect(departing.some((node) => node.expected?.includes(expected) && node.section !== '')).toBe(
            section !== '',
          );
        expect(nodes.some(({ verdict }) => verdict === 'wrong')).toBe(error !== undefined);
        if (error?.path === '') expect(root.verdict).toBe('wrong');
        for (const { path } of [...findings, ...(error ? [error] : [])])
          if (path !== '')
            expect(fieldAt(edition, context.kind ?? 'request', path, undefined)?.meaning, path).toBeDefined();
      }),
      { numRuns: 100 },
    );
  },
);

test.each(EDITIONS)('%s: every field that its writer writes is in the catalogue', (edition) => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(written(edition), ({ body, context }) => {
      const explanation = explain(body, context);
      for (const { path, verdict, kind, section, meaning } of allNodes(explanation)) {
        expect(verdict === 'unknown' ? path : '', 'unknown').toBe('');
        expect(section === '' || meaning === '' ? path : '', 'without section or meaning').toBe('');
        if (kind !== 'document') seen.add(path);
      }
    }),
    { numRuns: 100 },
  );
  expect(seen.size).toBeGreaterThan(20);
});

test.each(EDITIONS)('%s: its own messages are recognised for what they are without being told', (edition) => {
  fc.assert(
    fc.property(arbitraryRequest(edition), (request) => {
      const { kind, method, outcome } = explain(codecOf(edition).encodeRequest(request));
      expect({ kind, method, outcome: outcome !== 'refused' }).toEqual({
        kind: 'request',
        method: request.method,
        outcome: true,
      });
    }),
    { numRuns: 100 },
  );
});

test.each(EDITIONS)('%s: places are within their parents, and a value stands at its place', (edition) => {
  fc.assert(
    fc.property(cases(edition), ({ body, context }) => {
      const explanation = explain(body, context);
      for (const node of allNodes(explanation)) {
        const { start, end } = node.bytes;
        expect(start >= 0 && start <= end && end <= body.length, node.path).toBe(true);
        for (const child of node.children)
          if (child.kind !== 'header')
            expect(child.bytes.start >= start && child.bytes.end <= end, child.path).toBe(true);
        if (node.valueBytes === undefined) continue;
        const text = decoder.decode(body.subarray(node.valueBytes.start, node.valueBytes.end));
        if (node.cut === true) expect(text.startsWith(node.value ?? 'none')).toBe(true);
        else expect(text).toBe(node.value);
      }
    }),
    { numRuns: 100 },
  );
});

/** What each edition rests on besides itself; `ours` is what this project settled. */
const TEXTS: Readonly<Record<EditionId, RegExp>> = {
  rfc7846: /^(?:RFC \d+|ours)\b/,
  'extended-1.1': /^(?:extended-04|base-01|RFC \d+|ours)\b/,
  'base-1.0': /^(?:base-01|RFC \d+|ours)\b/,
  'gu-04': /^(?:gu|RFC \d+|ours)\b/,
};

test.each(EDITIONS)(
  '%s: cites the texts of its own edition, and none that a reader cannot have',
  (edition) => {
    const http = { status: 200, reason: 'OK', contentType: codecOf(edition).mediaType };
    fc.assert(
      fc.property(written(edition), fc.boolean(), ({ body, context }, overHttp) => {
        const extended = encodeText(
          decoder.decode(body).replace(/(?<=<PPSPTrackerProtocol )/, 'xmlns="x" xmlns:y="z" '),
        );
        for (const given of [body, extended])
          for (const { section } of allNodes(
            explain(given, { ...context, ...(overHttp && context.kind === 'response' && { http }) }),
          ))
            expect(section).toMatch(TEXTS[edition]);
      }),
    );
  },
);

test('a body of no edition rests on no text', () => {
  expect(explain(encodeText('<html/>')).root.section).toBe('ours');
});

test('the answer passes a worker boundary as it is', () => {
  for (const edition of EDITIONS)
    fc.assert(
      fc.property(cases(edition), ({ body, context }) => {
        const explanation = explain(body, context);
        expect(structuredClone(explanation)).toEqual(explanation);
      }),
      { numRuns: 30 },
    );
});

test('the catalogue: no field twice, every one with words', () => {
  for (const edition of EDITIONS) {
    const keys = FIELDS[edition].map(({ side, path, methods = [] }) => `${side} ${path} ${methods.join()}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    for (const { name, value, section, meaning } of FIELDS[edition]) {
      expect([name, value, section].every((text) => text !== '')).toBe(true);
      expect(meaning).toMatch(/^[A-Z0-9].*\.$/);
    }
  }
});

type Departure = readonly [path: string, section: string];
const REQUESTS: readonly (readonly [keyof typeof RFC7846_EXAMPLES, readonly Departure[]])[] = [
  ['connectSeeder', [['PPSPTrackerProtocol.connect.peer_addr', 'RFC 7846 §3.3.3']]],
  [
    'connectLeech',
    [
      ['PPSPTrackerProtocol.connect.peer_num.concurrent_links', 'RFC 7846 §3.2.2'],
      ['PPSPTrackerProtocol.connect.peer_num.online_time', 'RFC 7846 §3.2.2'],
      ['PPSPTrackerProtocol.connect.peer_num.upload_bandwidth', 'RFC 7846 §3.2.2'],
      ['PPSPTrackerProtocol.connect.swarm_action', 'RFC 7846 §3.3.3'],
    ],
  ],
  [
    'connectSwitch',
    [
      ['PPSPTrackerProtocol.connect.peer_num.concurrent_links', 'RFC 7846 §3.2.2'],
      ['PPSPTrackerProtocol.connect.peer_num.online_time', 'RFC 7846 §3.2.2'],
      ['PPSPTrackerProtocol.connect.peer_num.upload_bandwidth', 'RFC 7846 §3.2.2'],
    ],
  ],
  [
    'find',
    [
      ['PPSPTrackerProtocol.peer_num.concurrent_links', 'RFC 7846 §3.2.2'],
      ['PPSPTrackerProtocol.peer_num.online_time', 'RFC 7846 §3.2.2'],
      ['PPSPTrackerProtocol.peer_num.upload_bandwidth', 'RFC 7846 §3.2.2'],
      ['PPSPTrackerProtocol.find', 'RFC 7846 §3.3.3'],
    ],
  ],
  ['statReport', [['PPSPTrackerProtocol.stat_report.Stat', 'RFC 7846 §3.2.5']]],
];

test.each(REQUESTS)('the example %s of RFC 7846 §4 shows where it departs', (name, departures) => {
  const explanation = explain(encodeText(RFC7846_EXAMPLES[name]));
  expect(explanation).toMatchObject({ edition: 'rfc7846', kind: 'request', outcome: 'departs' });
  const departing = allNodes(explanation).filter(({ verdict }) => verdict === 'departs');
  expect(departing.map(({ path, section }) => [path, section])).toEqual(departures);
});

test.each([
  ['connectResponse', 'CONNECT', ['PPSPTrackerProtocol.peer_addr.type', 'PPSPTrackerProtocol.swarm_result']],
  ['findResponse', 'FIND', ['PPSPTrackerProtocol.swarm_result']],
  ['statResponse', 'STAT_REPORT', ['PPSPTrackerProtocol.swarm_result']],
] as const)('the response %s of RFC 7846 §4 shows where it departs', (name, answers, paths) => {
  const explanation = explain(encodeText(RFC7846_EXAMPLES[name]), { answers });
  expect(explanation).toMatchObject({ edition: 'rfc7846', kind: 'response', method: answers });
  const departing = allNodes(explanation).filter(({ verdict }) => verdict === 'departs');
  expect(departing.map(({ path }) => path).sort()).toEqual([...paths].sort());
});

test.each([
  [
    RFC7846_EXAMPLES.connectSwitch
      .replace('"upload_bandwidth":  "600"', '"upload_bandwidth_level": "HIGH"')
      .replace('"peer_mode":         "LEECH"', '"peer_mode": "SEED"'),
    ['connect.peer_num.upload_bandwidth_level', 'connect.swarm_action[0].peer_mode'],
  ],
  [
    RFC7846_EXAMPLES.find.replace('"upload_bandwidth":  "600"', '"upload_bandwidth_level": 600'),
    ['peer_num.upload_bandwidth_level'],
  ],
  [BASE01_EXAMPLES.connectLeech.replaceAll('PeerNum', 'PeerNUM').replace('>5<', '>50<'), ['PeerNUM']],
])('spellings seen in the wild have words of their own, %#', (text, paths) => {
  const explanation = explain(encodeText(text));
  for (const path of paths)
    expect(nodeAt(explanation, `PPSPTrackerProtocol.${path}`)).toMatchObject({
      verdict: 'departs',
      meaning: expect.not.stringContaining('Nothing that the edition defines') as string,
    });
  expect(allNodes(explanation).filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
});

test('what is missing stands where it is due, without a value', () => {
  const text = RFC7846_EXAMPLES.connectResponse;
  const missing = nodeAt(explain(encodeText(text)), 'PPSPTrackerProtocol.peer_addr.type');
  expect(missing).toMatchObject({ verdict: 'departs', expected: 'HOST, REFLEXIVE or PROXY' });
  expect(missing?.value).toBeUndefined();
  expect(missing?.bytes.start).toBe(missing?.bytes.end);
  expect(text.slice(missing?.bytes.start)).toMatch(/^}/);
});

test("base-01's examples: read, and judged by their edition", () => {
  for (const [name, text] of Object.entries(BASE01_EXAMPLES)) {
    const { edition, kind, outcome, summary } = explain(encodeText(text));
    expect({ name, edition, kind, outcome }, summary).toEqual({
      name,
      edition: 'base-1.0',
      kind: name.endsWith('Response') ? 'response' : 'request',
      outcome: 'conforms',
    });
  }
});

test.each([
  ['connect', 'extended-1.1', 'request', ['PPSPTrackerProtocol@version']],
  ['disconnect', 'extended-1.1', 'request', ['PPSPTrackerProtocol@version']],
  ['find', 'extended-1.1', 'request', ['PPSPTrackerProtocol@version']],
  ['findResponse', 'base-1.0', 'response', undefined],
  ['statResponse', 'base-1.0', 'response', []],
] as const)("extended-04's example %s: recognised, and where it departs", (name, edition, kind, paths) => {
  const explanation = explain(encodeText(EXTENDED11_EXAMPLES[name]));
  expect(explanation, explanation.summary).toMatchObject({ edition, kind });
  expect(explanation.outcome).not.toBe('refused');
  const nodes = allNodes(explanation);
  expect(nodes.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
  const departing = nodes.filter(({ verdict }) => verdict === 'departs').map(({ path }) => path);
  if (paths) expect(departing).toEqual(paths);
});

const wrong = (text: string, context?: ExplainContext): readonly string[] =>
  allNodes(explain(encodeText(text), context))
    .filter(({ verdict }) => verdict === 'wrong')
    .map(({ path, problem }) => `${path} ${problem}`);

test('a refused member is wrong, what was not judged is unread, an extension is unknown', () => {
  const text = RFC7846_EXAMPLES.connectSwitch
    .replace('"STUN"', '"NONE"')
    .replace('"peer_id"', '"x_hint": {"a": [1]}, "peer_id"');
  const explanation = explain(encodeText(text));
  expect(explanation.outcome).toBe('refused');
  expect(nodeAt(explanation, 'PPSPTrackerProtocol.connect.peer_num.ability_nat')).toMatchObject({
    verdict: 'wrong',
    value: '"NONE"',
    problem: 'is not NO_NAT or STUN or TURN',
    expected: 'NO_NAT, STUN or TURN',
    section: 'RFC 7846 §3.2.2',
  });
  expect(nodeAt(explanation, 'PPSPTrackerProtocol.transaction_id')?.verdict).toBe('unread');
  expect(nodeAt(explanation, 'PPSPTrackerProtocol.x_hint')).toMatchObject({
    verdict: 'unknown',
    value: '{"a": [1]}',
    section: 'RFC 7846 §4.4',
    children: [],
  });
  expect(wrong('{"PPSPTrackerProtocol": {"version": 1}}')).toEqual([
    'PPSPTrackerProtocol.request_type is missing',
  ]);
});

test('a member named like a path is not taken for it', () => {
  const text = RFC7846_EXAMPLES.connectSwitch.replace(
    '"peer_id"',
    '"connect.peer_num.ability_nat": "STUN", "peer_id"',
  );
  const named = allNodes(explain(encodeText(text))).filter(({ name }) => name.endsWith('ability_nat'));
  expect(named.map(({ path, verdict }) => [path, verdict])).toEqual([
    ['PPSPTrackerProtocol.["connect.peer_num.ability_nat"]', 'unknown'],
    ['PPSPTrackerProtocol.connect.peer_num.ability_nat', 'ok'],
  ]);
});

test('of a member written twice the last is judged', () => {
  const text = RFC7846_EXAMPLES.statResponse.replace(
    '"error_code":           0',
    '"error_code": 9, "error_code": 0',
  );
  const twice = allNodes(explain(encodeText(text))).filter(({ name }) => name === 'error_code');
  expect(twice.map(({ value }) => value)).toEqual(['9', '0']);
  expect(twice[0]?.meaning).toContain('the last one counts');

  const objects = RFC7846_EXAMPLES.connectSwitch
    .replace('"swarm_action"', '"swarm_actions"')
    .replace('"connect":{', '"connect": {"swarm_action": []}, "connect": {');
  const explanation = explain(encodeText(objects));
  expect(nodeAt(explanation, 'PPSPTrackerProtocol.connect.swarm_action')).toMatchObject({
    verdict: 'wrong',
    problem: 'is missing or empty',
  });
  expect(allNodes(explanation).find(({ name }) => name === 'connect')?.children).toEqual([]);
});

test('elements are counted as readers count them: by name without prefix, apart from attributes', () => {
  const text = BASE01_EXAMPLES.connectSeeder
    .replace(
      '<SwarmID action="JOIN" peerMode="SEED" ',
      '<p:SwarmID SwarmID="x" action="JOIN" peerMode="SEED" ',
    )
    .replace('1111</SwarmID>', '1111</p:SwarmID>')
    .replace(/action="JOIN"(?=[^>]*12345\.2)/, 'action="STAY"');
  expect(wrong(text)).toEqual(['PPSPTrackerProtocol.SwarmID[1]@action is not JOIN or LEAVE']);
});

const connect = BASE01_EXAMPLES.connectSeeder;

test.each([
  ['nothing', '', {}, /empty/],
  ['a proxy', '<!doctype html><html></html>', {}, /web page/],
  ['another XML', '<rss version="2.0"/>', { kind: 'response' }, /XML, but/],
  ['plain text', 'OK', {}, /none of the editions/],
  ['an empty answer', '', { kind: 'response', edition: 'base-1.0' }, /HTTP status alone/],
  ['UTF-16', '{\0"\0', {}, /UTF-16/],
  ['a document type', connect.replace('<PPSP', '<!DOCTYPE a [<!ENTITY b "c">]><PPSP'), {}, /document type/],
  ['an entity', connect.replace('>1111<', '>&b;<'), {}, /entity/],
  ['a NUL', connect.replace('>1111<', '>\0<'), {}, /control character/],
  ['half a message', connect.slice(0, 200), {}, /./],
  ['half of another', RFC7846_EXAMPLES.find.slice(0, 200), {}, /not JSON/],
] as const)('%s: refused, with the reason', (_, text, context, reason) => {
  const explanation = explain(encodeText(text), context);
  expect(explanation.outcome).toBe('refused');
  expect(explanation.summary).toMatch(reason);
  expect(explanation.root.verdict).toBe('wrong');
});

test('a byte order mark is a departure of the message as a whole', () => {
  const { outcome, root } = explain(encodeText(`\ufeff${RFC7846_EXAMPLES.connectSwitch}`));
  expect(outcome).toBe('departs');
  expect(root).toMatchObject({ verdict: 'departs', expected: 'no byte order mark' });
});

test('a broken document: its tree as far as it goes, and the place', () => {
  const text = RFC7846_EXAMPLES.find.replace('"peer_count":        5', '"peer_count":        5x');
  const explanation = explain(encodeText(text));
  expect(nodeAt(explanation, 'PPSPTrackerProtocol.swarm_id')?.value).toBe('"1111"');
  const place = allNodes(explanation).find(({ verdict, kind }) => verdict === 'wrong' && kind === 'text');
  expect(place?.path).toBe('PPSPTrackerProtocol.peer_num#broken');
  expect(text.slice(place?.bytes.start)).toMatch(/^5x/);
});

test("a response's status and media type are judged with it", () => {
  const http = { status: 200, reason: 'OK', contentType: 'text/plain' };
  const conforming = codecOf('rfc7846').encodeResponse({
    edition: 'rfc7846',
    version: '1',
    method: 'FIND',
    outcome: 'failure',
    transactionId: '',
    error: 'forbidden',
  });
  const explanation = explain(conforming, {
    answers: 'FIND',
    http: { ...http, status: 403, reason: 'Forbidden Action' },
  });
  expect(explanation.outcome).toBe('departs');
  expect(nodeAt(explanation, 'Content-Type')).toMatchObject({ verdict: 'departs', value: 'text/plain' });
  expect(nodeAt(explanation, 'HTTP status')).toMatchObject({ verdict: 'ok', value: '403 Forbidden Action' });

  const empty = { edition: 'base-1.0', answers: 'CONNECT', http: { ...http, status: 403 } } as const;
  expect(explain(new Uint8Array(), empty)).toMatchObject({
    outcome: 'conforms',
    message: { outcome: 'failure', error: 'forbidden' },
  });
});

test('a token is never shown', () => {
  const request = codecOf('gu-04').encodeRequest({
    ...EXAMPLE_KEEPALIVE,
    authToken: 'secret-token',
  });
  expect(JSON.stringify(explain(request))).not.toContain('secret-token');
});

const EXAMPLE_KEEPALIVE = fc.sample(
  arbitraryRequest('gu-04').filter(({ method }) => method === 'KEEPALIVE'),
  1,
)[0] as Parameters<ReturnType<typeof codecOf>['encodeRequest']>[0];

test('hostile bodies: bounded answers in linear time', () => {
  const member = '{"a":'.repeat(20);
  const hostile = [
    `{"PPSPTrackerProtocol":{${'"version":1,'.repeat(80_000)}"version":1}}`,
    `{"PPSPTrackerProtocol":{"connect":{"swarm_action":[${'{"swarm_id":"a"},'.repeat(50_000)}{}]}}}`,
    `{"PPSPTrackerProtocol":${member}"b"`,
    `<PPSPTrackerProtocol version="1.0">${'<SwarmID/>'.repeat(90_000)}</PPSPTrackerProtocol>`,
    `<PPSPTrackerProtocol version="1.0"><PeerID>${'x'.repeat(1_000_000)}`,
    `{"PPSPTrackerProtocol":{"peer_id":"${'x'.repeat(1_000_000)}"}}`,
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  ];
  const start = performance.now();
  for (const text of hostile) {
    const explanation = explain(encodeText(text));
    expect(explanation.outcome).toBe('refused');
    expect(allNodes(explanation).length).toBeLessThan(20_100);
    expect(JSON.stringify(explanation).length).toBeLessThan(20_000_000);
  }
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
