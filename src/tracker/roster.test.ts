import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Roster } from './roster.ts';

const step = fc.record({ add: fc.boolean(), which: fc.nat(20) });

it('shows, page by page while some come and go, everyone who stayed exactly once and in order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), fc.integer({ min: 1, max: 5 }), (steps, limit) => {
      const roster = new Roster<{ serial: number }>();
      const present: { serial: number }[] = [];
      const seen: { serial: number }[] = [];
      let stayed = new Set<{ serial: number }>();
      let after = -1;
      for (const { add, which } of steps) {
        if (add || present.length === 0) {
          const item = { serial: -1 };
          roster.add(item);
          present.push(item);
        } else {
          const [gone] = present.splice(which % present.length, 1);
          if (gone !== undefined) {
            roster.drop(gone);
            stayed.delete(gone);
          }
        }
        if (after === -1) stayed = new Set(present);
        const page = roster.page(after, limit);
        expect(page).toEqual(present.filter(({ serial }) => serial > after).slice(0, limit));
        seen.push(...page);
        after = page.at(-1)?.serial ?? after;
      }
      for (let page = roster.page(after, limit); page.length > 0; page = roster.page(after, limit)) {
        seen.push(...page);
        after = page.at(-1)?.serial ?? after;
      }
      expect(new Set(seen).size).toBe(seen.length);
      for (const item of stayed) expect(seen).toContain(item);
    }),
  );
});

it('lets go of nobody it does not hold', () => {
  expect(() => new Roster<{ serial: number }>().drop({ serial: 3 })).toThrow();
});
