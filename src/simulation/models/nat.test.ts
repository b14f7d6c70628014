import { describe, expect, test } from 'vitest';
import { NAT_FILTERINGS, NAT_MAPPINGS, TRAVERSALS } from '../scenario/network.ts';
import { OPEN, reaches } from './nat.ts';

/** In the words that came before RFC 4787's (RFC 3489 §5). */
const FULL_CONE = { mapping: 'endpoint-independent', filtering: 'endpoint-independent' } as const;
const RESTRICTED = { mapping: 'endpoint-independent', filtering: 'address-dependent' } as const;
const PORT_RESTRICTED = { mapping: 'endpoint-independent', filtering: 'address-and-port-dependent' } as const;
const SYMMETRIC = { mapping: 'address-and-port-dependent', filtering: 'address-and-port-dependent' } as const;
const FIREWALL = { mapping: 'none', filtering: 'address-and-port-dependent' } as const;
const ALL = {
  open: OPEN,
  'full cone': FULL_CONE,
  restricted: RESTRICTED,
  'port-restricted': PORT_RESTRICTED,
  symmetric: SYMMETRIC,
  firewall: FIREWALL,
};

describe('without traversal', () => {
  test.each(Object.entries(ALL))(
    'only who lets everybody in is reached, from %s as from anywhere',
    (_, from) => {
      const reached = Object.entries(ALL).filter(([, to]) => reaches(from, to, 'none'));
      expect(reached.map(([name]) => name)).toEqual(['open', 'full cone']);
    },
  );
});

describe('with hole punching', () => {
  test.each(Object.entries(ALL))(
    'all but two symmetric, or a symmetric and one that filters ports: %s',
    (name, from) => {
      const failing = Object.entries(ALL).filter(([, to]) => !reaches(from, to, 'hole-punching'));
      const expected: Readonly<Record<string, readonly string[]>> = {
        'port-restricted': ['symmetric'],
        firewall: ['symmetric'],
        symmetric: ['port-restricted', 'symmetric', 'firewall'],
      };
      expect(failing.map(([to]) => to)).toEqual(expected[name] ?? []);
    },
  );

  const every = NAT_MAPPINGS.flatMap((mapping) =>
    NAT_FILTERINGS.map((filtering) => ({ mapping, filtering })),
  );

  test('it does not matter who begins, and what worked without it works with it', () => {
    for (const one of every)
      for (const other of every) {
        expect(reaches(one, other, 'hole-punching')).toBe(reaches(other, one, 'hole-punching'));
        if (reaches(one, other, 'none')) expect(reaches(one, other, 'hole-punching')).toBe(true);
      }
  });

  test('a peer on the open network is reached by all, and reaches all that others can be told of', () => {
    for (const traversal of TRAVERSALS)
      for (const one of every) expect(reaches(one, OPEN, traversal)).toBe(true);
  });
});
