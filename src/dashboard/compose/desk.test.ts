import { describe, expect, it } from 'vitest';
import { bytesOf, type ComposeNews } from '../../workers/client.ts';
import { blankForm } from '../../workers/compose/form.ts';
import { composeGuide } from '../../workers/compose/guide.ts';
import { read, write } from '../../workers/compose/write.ts';
import type { ComposeAnswer, ComposeAsk, RecordedExchange, SendOrder, Sent } from '../../workers/messages.ts';

import { createComposeDesk, type ComposeDesk } from './desk.ts';
import { itemsOf, recordOf, withValueAt } from './form-values.ts';
import { entryShown, MAX_HISTORY } from './state.ts';

/** The worker's cores without the worker. */
class Bench {
  readonly orders: SendOrder[] = [];
  readonly cancelled: number[] = [];
  readonly desk: ComposeDesk;
  #hear: (news: ComposeNews) => void = () => {};
  #ids = 0;

  constructor() {
    this.desk = createComposeDesk({
      target: () => ({
        url: 'http://tracker.example/',
        access: { relay: undefined, credentials: undefined },
      }),
      explain: () => undefined,
      onRecord: () => {},
      connect: (listener) => {
        this.#hear = listener;
        return {
          ask: (ask) => Promise.resolve(this.#answer(ask) as never),
          send: (order) => this.orders.push(order),
          cancel: (job) => this.cancelled.push(job),
        };
      },
    });
  }

  #answer(ask: ComposeAsk): ComposeAnswer {
    switch (ask.kind) {
      case 'guide':
        return { kind: 'guide', guide: composeGuide() };
      case 'blank': {
        const ids = { peerId: ask.peerId ?? `new${++this.#ids}`, transactionId: 't1' };
        return { kind: 'blank', form: blankForm(ask.edition, ask.method, ids) };
      }
      case 'write':
        return { kind: 'written', written: write(ask.form) };
      default:
        return { kind: 'read', read: read(bytesOf(ask.body)) };
    }
  }

  get state() {
    return this.desk.store.getState();
  }

  hear(news: ComposeNews): void {
    this.#hear(news);
  }

  static async begun(): Promise<Bench> {
    const bench = new Bench();
    bench.desk.enter();
    await settled();
    return bench;
  }
}

/** Answers come as promises. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const exchange = (id: number): RecordedExchange => ({
  id,
  time: id,
  clock: 'absolute',
  from: 'composer',
  swarms: [],
  url: '',
  attempt: 1,
  verdict: 'ok',
  findings: { request: 0, response: 0 },
  request: { contentType: 'application/xml', body: `<X>${id}</X>`, bytes: 8 },
  result: { kind: 'answered', status: 200, reason: 'OK', bytes: 0 },
});
const sent = (id: number): Sent => ({ exchange: exchange(id), without: [] });

describe('form and text', () => {
  it('begin with a message that conforms, and go together', async () => {
    const bench = await Bench.begun();
    const { form, text, problems } = bench.state;
    expect([form?.method, problems]).toEqual(['CONNECT', []]);
    if (form === undefined) return;
    const values = recordOf(withValueAt(form.values, ['actions', 0, 'swarmId'], 'news'));
    bench.desk.setForm({ ...form, values });
    await settled();
    expect(bench.state.text).toBe(text.replace('"film"', '"news"'));
    bench.desk.setText(bench.state.text.replace('"news"', '"sport"'));
    await settled();
    const [action] = itemsOf(bench.state.form?.values['actions']);
    expect(recordOf(action)['swarmId']).toBe('sport');
  });

  it('leave each other alone where one is no message, and say why', async () => {
    const bench = await Bench.begun();
    const { form, text } = bench.state;
    if (form === undefined) throw new Error('There is a form.');
    bench.desk.setForm({ ...form, values: { ...form.values, peerId: '' } });
    await settled();
    expect([bench.state.text, bench.state.problems]).toEqual([
      text,
      [{ path: 'peerId', problem: 'is missing' }],
    ]);
    bench.desk.setText('{"PPSPTrackerProtocol":{"version":1');
    await settled();
    expect(bench.state).toMatchObject({
      text: '{"PPSPTrackerProtocol":{"version":1',
      form: undefined,
      problems: [],
      why: expect.stringContaining('JSON'),
    });
  });

  it('are those of any peer, of its edition', async () => {
    const bench = await Bench.begun();
    bench.desk.sendAs({ peerId: 'p7', edition: 'rfc7846' });
    await settled();
    expect(bench.state.text).toContain('"p7"');
    bench.desk.sendAs({ peerId: 'p8', edition: 'gu-04' });
    await settled();
    expect(bench.state.text).toContain('<PeerID>p8</PeerID>');
    bench.desk.sendAsNew();
    await settled();
    expect(bench.state.text).toContain('<PeerID>new2</PeerID>');
  });

  it('begin with any exchange, whose bytes may be no text', async () => {
    const bench = new Bench();
    bench.desk.edit({ ...exchange(1), request: { body: Uint8Array.of(0xff, 0x41), bytes: 2 } });
    bench.desk.enter();
    await settled();
    expect(bench.state).toMatchObject({ text: '�A', raw: Uint8Array.of(0xff, 0x41) });
    bench.desk.send();
    expect(bench.orders[0]?.plan.body).toEqual(Uint8Array.of(0xff, 0x41));
  });
});

describe('sending', () => {
  it('sends what stands there as it was set, and one sending at a time', async () => {
    const bench = await Bench.begun();
    bench.desk.set({ times: 3, pace: 100, renew: 'peer', deformations: ['truncate'] });
    bench.desk.send();
    bench.desk.send();
    expect(bench.orders).toMatchObject([
      {
        job: 1,
        plan: {
          url: 'http://tracker.example/',
          contentType: 'application/ppsp-tracker+json',
          body: bench.state.text,
          times: 3,
          pace: 100,
          renew: 'peer',
          deformations: ['truncate'],
        },
      },
    ]);
  });

  it('keeps what came of it, tells how far it is, and can be called off', async () => {
    const bench = await Bench.begun();
    bench.desk.set({ times: 10 });
    bench.desk.send();
    bench.hear({ kind: 'sent', job: 1, done: 2, latest: [sent(1), sent(2)] });
    expect(bench.state.sending).toMatchObject({ done: 2, of: 10, cancelling: false });
    expect(entryShown(bench.state)?.exchange.id).toBe(2);
    bench.desk.cancel();
    bench.hear({ kind: 'sent', job: 7, done: 9, latest: [sent(9)] });
    bench.hear({ kind: 'done', job: 1 });
    expect([bench.cancelled, bench.state.sending, bench.state.outcome]).toEqual([
      [1],
      undefined,
      { of: 10, done: 2, counts: { ok: 2 } },
    ]);
  });

  it('keeps the newest of the history, within bounds', async () => {
    const bench = await Bench.begun();
    bench.desk.send();
    const many = Array.from({ length: MAX_HISTORY + 50 }, (_, id) => sent(id));
    bench.hear({ kind: 'sent', job: 1, done: many.length, latest: many });
    expect([bench.state.history.length, bench.state.history[0]?.exchange.id]).toEqual([
      MAX_HISTORY,
      MAX_HISTORY + 49,
    ]);
    const large = { ...sent(1000), exchange: { ...exchange(1000), request: { bytes: 9 * 1024 * 1024 } } };
    bench.hear({ kind: 'sent', job: 1, done: 1, latest: [large] });
    expect(bench.state.history.map(({ exchange: { id } }) => id)).toEqual([1000]);
  });

  it('sends the bytes of an exchange again, as they were', async () => {
    const bench = await Bench.begun();
    bench.desk.set({ times: 100, deformations: ['no-body'] });
    bench.desk.resend(exchange(5));
    expect(bench.orders[0]?.plan).toMatchObject({
      body: '<X>5</X>',
      contentType: 'application/xml',
      times: 1,
      renew: 'nothing',
      deformations: [],
    });
  });
});
