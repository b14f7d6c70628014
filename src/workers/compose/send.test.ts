import { expect, it } from 'vitest';
import { codecOf } from '../../protocol/editions/index.ts';
import { bytesOf, type RecordedMessage } from '../../recording/record.ts';
import { stream } from '../../simulation/random.ts';
import { createTrackerEndpoint } from '../../tracker/http.ts';
import { createTracker } from '../../tracker/tracker.ts';
import { createMemoryTransport } from '../../transport/memory-transport.ts';
import { blankForm, requestOf } from './form.ts';
import { MAX_TIMES, send } from './send.ts';
import type { SendHost, SendPlan, Sent } from './send.ts';

const URL_OF_TRACKER = 'http://tracker.example/';

/** A real tracker in memory, asked over and over. */
class Bench {
  readonly sent: Sent[] = [];
  readonly sending: RecordedMessage[] = [];
  readonly waits: number[] = [];
  now = 1000;
  cancelAfter = Infinity;
  readonly #endpoint = createTrackerEndpoint(createTracker({}, 0));
  readonly #random = stream(1, 'tracker');
  #ids = 0;

  readonly host: SendHost = {
    transport: createMemoryTransport(
      (request) => this.#endpoint.answer(request, { now: this.now, random: this.#random }).response,
      { address: '127.0.0.1', port: 50_000 },
    ),
    now: () => this.now++,
    wait: (milliseconds) => {
      this.waits.push(milliseconds);
      return Promise.resolve();
    },
    newId: () => `new${++this.#ids}`,
    newNumber: () => ++this.#ids,
    isCancelled: () => this.sent.length >= this.cancelAfter,
    sending: (request) => this.sending.push(request),
    sent: (sent) => this.sent.push(sent),
  };

  get verdicts(): string[] {
    return this.sent.map(({ exchange: { verdict, error } }) => error ?? verdict);
  }

  ids(which: 'transactionId' | 'peerId'): unknown[] {
    return this.sent.map(({ exchange }) => exchange[which]);
  }
}

function plan(more: Partial<SendPlan> = {}): SendPlan {
  const read = requestOf(blankForm('rfc7846', 'CONNECT', { peerId: 'p1', transactionId: 't1' }));
  if (!read.ok) throw new Error('A blank form is a message.');
  return {
    url: URL_OF_TRACKER,
    contentType: 'application/ppsp-tracker+json',
    body: new TextDecoder().decode(codecOf('rfc7846').encodeRequest(read.request)),
    times: 1,
    pace: 'answers',
    renew: 'nothing',
    deformations: [],
    seed: 1,
    ...more,
  };
}

it('records what was sent and what came, as the composer’s', async () => {
  const bench = new Bench();
  await send(plan(), bench.host);
  expect(bench.sent).toMatchObject([
    {
      without: [],
      exchange: {
        from: 'composer',
        clock: 'absolute',
        time: 1000,
        peerId: 'p1',
        transactionId: 't1',
        swarms: ['film'],
        edition: 'rfc7846',
        method: 'CONNECT',
        verdict: 'ok',
        request: { contentType: 'application/ppsp-tracker+json', body: plan().body },
        result: { kind: 'answered', status: 200 },
      },
    },
  ]);
  expect(bench.sending).toEqual([bench.sent[0]?.exchange.request]);
});

it('repeats the same transaction, or makes each a new one, or each a new peer', async () => {
  const same = new Bench();
  await send(plan({ times: 3 }), same.host);
  expect(same.ids('transactionId')).toEqual(['t1', 't1', 't1']);
  // The tracker gives the first answer again.
  expect(new Set(same.sent.map(({ exchange }) => JSON.stringify(exchange.result))).size).toBe(1);

  const renewed = new Bench();
  await send(plan({ times: 3, renew: 'transaction' }), renewed.host);
  expect(new Set(renewed.ids('transactionId')).size).toBe(3);
  expect(new Set(renewed.ids('peerId'))).toEqual(new Set(['p1']));

  const peers = new Bench();
  await send(plan({ times: 3, renew: 'peer' }), peers.host);
  expect(new Set(peers.ids('peerId')).size).toBe(3);
  expect(peers.verdicts).toEqual(['ok', 'ok', 'ok']);
});

it('keeps its pace, within bounds', async () => {
  const bench = new Bench();
  await send(plan({ times: 4, pace: 250 }), bench.host);
  expect([bench.waits, bench.sent.length]).toEqual([[250, 250, 250], 4]);

  const most = new Bench();
  await send(plan({ times: 1e9, renew: 'transaction' }), { ...most.host, sent: () => {} });
  expect(most.sending.length).toBe(MAX_TIMES);
});

it('never has more than so many under way, however slow the tracker', async () => {
  const bench = new Bench();
  let underWay = 0;
  let most = 0;
  await send(plan({ times: 100, pace: 0 }), {
    ...bench.host,
    transport: {
      async send(request) {
        most = Math.max(most, ++underWay);
        for (let turn = 0; turn < 50; turn++) await Promise.resolve();
        underWay--;
        return bench.host.transport.send(request);
      },
    },
  });
  expect([bench.sent.length, most]).toEqual([100, 32]);
});

it('ends when it is called off', async () => {
  const bench = new Bench();
  bench.cancelAfter = 5;
  await send(plan({ times: 1000 }), bench.host);
  expect(bench.sent.length).toBe(5);
});

it('sends what it was asked to spoil, and says what it could not', async () => {
  const bench = new Bench();
  await send(plan({ deformations: ['unknown-method', 'document-type'] }), bench.host);
  await send(plan({ deformations: ['wrong-content-type'] }), bench.host);
  await send(plan({ body: Uint8Array.of(0xff, 0xfe, 0x00) }), bench.host);
  expect(bench.sent.map(({ exchange: { result } }) => result.kind === 'answered' && result.status)).toEqual([
    400, 415, 400,
  ]);
  expect(bench.sent[0]?.without).toEqual(['document-type']);
  expect(bytesOf(bench.sent[2]?.exchange.request.body ?? '')).toEqual(Uint8Array.of(0xff, 0xfe, 0x00));
});

it('tells of an answer that never came, and why', async () => {
  const bench = new Bench();
  await send(plan(), {
    ...bench.host,
    transport: {
      send: () =>
        Promise.resolve({ kind: 'failed', failure: 'blocked', cause: 'no-cors', detail: 'Failed to fetch' }),
    },
  });
  expect(bench.sent).toMatchObject([
    { cause: 'no-cors', exchange: { verdict: 'failed', result: { kind: 'failed', failure: 'blocked' } } },
  ]);
});
