import { expect, test } from 'vitest';
import { codecCases } from './codec-cases.ts';

test('both sides of every case do the same work', () => {
  for (const { name, ours, theirs } of codecCases()) {
    const [mine, other] = [ours(), theirs()];
    if (name.includes('write'))
      expect(new TextDecoder().decode(mine as Uint8Array)).toBe(
        new TextDecoder().decode(other as Uint8Array),
      );
    else expect(mine).toMatchObject({ ok: true, findings: [] });
  }
});
