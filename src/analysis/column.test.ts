import { expect, it } from 'vitest';
import { Column } from './column.ts';

it('reads what was set, however far off, and else what an empty cell has', () => {
  for (const of of ['float64', 'uint32', 'uint8'] as const) {
    const column = new Column(of, 7);
    column.set(100_000, 3);
    column.add(2, 1);
    column.add(100_000, 2);
    expect([0, 2, 99_999, 100_000, 1e9].map((index) => column.get(index))).toEqual([7, 8, 7, 5, 7]);
  }
});
