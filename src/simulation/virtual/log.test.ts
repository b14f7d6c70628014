import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunEvent } from './events.ts';
import { eventOf, lineOf } from './line.ts';
import { LogBook, merged } from './log.ts';

const text = new TextDecoder();

test('times come back as they were', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1e14 }), fc.nat({ max: 1e14 }), (at, took) => {
      const event: RunEvent = { at, kind: 'answered', peer: 3, method: 'CONNECT', ok: true, took };
      expect(eventOf(lineOf(event))).toEqual(event);
    }),
  );
});

test('lines are ASCII whatever names a scenario has', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (nat) => {
      const event: RunEvent = {
        at: 1,
        kind: 'arrived',
        peer: 1,
        peerId: 'id',
        swarm: 0,
        edition: 'rfc7846',
        mode: 'LEECH',
        upload: 1,
        download: 2,
        asn: 3,
        nat,
        behaviour: 'regular',
      };
      const line = lineOf(event);
      expect(/^[ -~]+\n$/.test(line)).toBe(true);
      expect(eventOf(line)).toEqual(event);
    }),
  );
});

test('lines of several parts come out in the order of time and entity', () => {
  // Each entity lives in one part; parts tell in the order of time and entity themselves.
  const told = fc.array(fc.record({ at: fc.nat(5), entity: fc.nat(7) }), { maxLength: 60 });
  fc.assert(
    fc.property(told, fc.integer({ min: 1, max: 4 }), (events, parts) => {
      const inOrder = events
        .map((event, n) => ({ ...event, n }))
        .sort((a, b) => a.at - b.at || a.entity - b.entity || a.n - b.n);
      const books = Array.from({ length: parts }, () => new LogBook('full', true));
      const alone = new LogBook('full', false);
      for (const { at, entity, n } of inOrder) {
        const event: RunEvent = { at, kind: 'switched', peer: entity, to: n };
        books[entity % parts]?.tell(entity, event);
        alone.tell(entity, event);
      }
      expect(text.decode(merged(books.map((book) => book.take())))).toBe(text.decode(alone.take().bytes));
    }),
  );
});
