import { describe, expect, it } from 'vitest';
import { NONCE_LIFE, NonceBook } from './nonces.ts';

describe('a nonce', () => {
  it('is another each time, and one of our own making only', () => {
    const book = new NonceBook();
    const made = Array.from({ length: 100 }, () => book.issue(5));
    expect(new Set(made).size).toBe(100);
    const [nonce = ''] = made;
    expect(book.use(nonce, 1, 5)).toBe(true);
    const later = nonce.replace(/^5\./, '9.');
    for (const forged of [later, `${nonce}x`, nonce.slice(1), 'x', '', new NonceBook().issue(5)])
      expect(book.use(forged, 1, 9)).toBe(false);
  });

  it('ends with its time, to the millisecond', () => {
    const book = new NonceBook();
    const nonce = book.issue(1000);
    expect(book.use(nonce, 1, 1000 + NONCE_LIFE - 1)).toBe(true);
    expect(book.use(nonce, 2, 1000 + NONCE_LIFE)).toBe(false);
  });

  it('takes each count once, in the order in which they come', () => {
    const book = new NonceBook();
    const nonce = book.issue(0);
    const take = (...counts: number[]): boolean[] => counts.map((count) => book.use(nonce, count, 0));
    expect(take(3, 1, 2, 4)).toEqual([true, true, true, true]);
    expect(take(1, 2, 3, 4)).toEqual([false, false, false, false]);
    // A count that comes later than 256 others is not waited for.
    expect(take(300, 45, 44, 45)).toEqual([true, true, false, false]);
    expect(take(0xffff_ffff, 0xffff_ffff, 300, 0xffff_fffe)).toEqual([true, false, false, true]);
  });

  it('is remembered once used: a bounded number, and those forgotten begin no more', () => {
    const book = new NonceBook(2);
    const [a = '', b = '', c = '', unused = ''] = [0, 1, 2, 0].map((at) => book.issue(at));
    expect([a, b, c].map((nonce) => book.use(nonce, 1, 2))).toEqual([true, true, true]);
    // Replayed after it was forgotten.
    expect(book.use(a, 1, 2)).toBe(false);
    expect(book.use(unused, 1, 2)).toBe(false);
    expect([b, c].map((nonce) => book.use(nonce, 2, 2))).toEqual([true, true]);
    expect(book.use(book.issue(3), 1, 3)).toBe(true);
  });
});
