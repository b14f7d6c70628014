import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventLines, MOST_CHARACTERS, type StreamEvent } from './event-lines.ts';

const all = (pieces: readonly string[]): { events: StreamEvent[]; dropped: number } => {
  const lines = new EventLines();
  const events = pieces.flatMap((piece) => lines.take(piece));
  return { events, dropped: lines.takeDropped() };
};

test('comments are passed over, names and data of several lines are read', () => {
  const text = ': connected\n\ndata: {"a":1}\n\nevent: missed\ndata:{"missed":3}\ndata: x\n\ndata: under way';
  expect(all([text]).events).toEqual([
    { name: 'message', data: '{"a":1}' },
    { name: 'missed', data: '{"missed":3}\nx' },
  ]);
});

test('however it is cut, and whatever ends its lines, the same events come', () => {
  const event = fc.record({
    name: fc.constantFrom('message', 'missed'),
    data: fc.string({ minLength: 1 }).map((data) => data.replace(/[\r\n]/g, '')),
  });
  fc.assert(
    fc.property(
      fc.array(event),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.integer({ min: 1, max: 20 }),
      (events, end, size) => {
        const text = events.map(({ name, data }) => `event: ${name}${end}data: ${data}${end}${end}`).join('');
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        expect(all(pieces)).toEqual({ events, dropped: 0 });
      },
    ),
  );
});

test('an event that never ends is not kept, and the one after it is read', () => {
  const piece = 'a'.repeat(64 * 1024);
  const endless = ['data: ', ...Array.from({ length: MOST_CHARACTERS / piece.length + 1 }, () => piece)];
  expect(all([...endless, '\ndata: more\n\n', 'data: next\n\n'])).toEqual({
    events: [{ name: 'message', data: 'next' }],
    dropped: 1,
  });
});
