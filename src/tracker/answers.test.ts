import { describe, expect, it } from 'vitest';
import { asPeerId, asTransactionId } from '../protocol/ids.ts';
import { AnswerBook } from './answers.ts';

const p = asPeerId('p');
const body = (...bytes: number[]) => new Uint8Array(bytes);

const bookOf = (bytes = 1 << 20, bytesPerPeer = bytes, copiesBodies = true) => {
  const book = new AnswerBook<string>({ period: 100, perPeer: 3, bytesPerPeer, bytes, copiesBodies });
  const keep = (transaction: string, answer: string, now = 0, peer = p, of = body(1)) =>
    book.keep(peer, asTransactionId(transaction), of, answer, answer.length, now);
  const find = (transaction: string, of = body(1), peer = p) =>
    book.find(peer, asTransactionId(transaction), of);
  return { book, keep, find };
};

describe('AnswerBook', () => {
  it('compares the bytes of the body, and holds its own copy of them', () => {
    const { keep, find } = bookOf();
    const sent = body(1, 2, 3);
    keep('t', 'answer', 0, p, sent);
    sent[2] = 4;
    expect(find('t', body(1, 2, 3))).toBe('answer');
    expect(find('t', body(1, 2, 4))).toBeUndefined();
    expect(find('t', body(1, 2))).toBeUndefined();
    expect(find('u', body(1, 2, 3))).toBeUndefined();
  });

  it('holds the very bytes where they stay as they are', () => {
    const { keep, find } = bookOf(1 << 20, 1 << 20, false);
    const sent = body(1, 2, 3);
    keep('t', 'answer', 0, p, sent);
    expect(find('t', body(1, 2, 3))).toBe('answer');
    sent[2] = 4;
    expect(find('t', body(1, 2, 4))).toBe('answer');
  });

  it('keeps only the last when a registration ends, none when one begins', () => {
    const { book, keep, find } = bookOf();
    keep('1', 'one');
    keep('2', 'two');
    book.follow([{ kind: 'deregistered', peerId: p, reason: 'expired' }]);
    expect([find('1'), find('2')]).toEqual([undefined, 'two']);
    book.follow([{ kind: 'registered', peerId: p, serial: 1 }]);
    expect(find('2')).toBeUndefined();
    expect(book.bytes).toBe(0);
  });

  it('forgets by age, exactly at the period', () => {
    const { book, keep, find } = bookOf();
    keep('1', 'one', 0);
    keep('2', 'two', 50);
    book.expire(99);
    expect(find('1')).toBe('one');
    book.expire(100);
    expect([find('1'), find('2')]).toEqual([undefined, 'two']);
    book.expire(150);
    expect(book.bytes).toBe(0);
  });

  it('holds so many bytes for one peer, whose own oldest go first', () => {
    const { book, keep, find } = bookOf(100_000, 10_000);
    const q = asPeerId('q');
    keep('t', 'small', 0, q);
    for (let i = 0; i < 100; i++) keep(`t${i}`, 'x'.repeat(4_000));
    expect(['t97', 't98', 't99'].map((id) => find(id) !== undefined)).toEqual([false, true, true]);
    keep('huge', 'x'.repeat(10_000));
    expect([find('huge'), find('t99') !== undefined]).toEqual([undefined, true]);
    expect(find('t', body(1), q)).toBe('small');
    expect(book.bytes).toBeLessThan(11_000);
  });

  it('levels off: total bytes stay bounded, the oldest go first', () => {
    const { book, keep, find } = bookOf(10_000);
    for (let i = 0; i < 1_000; i++) {
      keep('t', 'x'.repeat(100), i / 100, asPeerId(`p${i}`));
      expect(book.bytes).toBeLessThanOrEqual(10_000);
    }
    expect(find('t', body(1), asPeerId('p999'))).toBeDefined();
    expect(find('t', body(1), asPeerId('p0'))).toBeUndefined();
    keep('huge', 'x'.repeat(20_000));
    expect(find('huge')).toBeUndefined();
    expect(find('t', body(1), asPeerId('p999'))).toBeDefined();
  });
});
