import { expect, test } from 'vitest';
import { addressWith, hasUnknownPlace, placeIn, placeNamed, PLACES } from './places.ts';

const PAGE = 'http://127.0.0.1:7846/';

test('every place is found again in the address that names it, and none of them is unknown', () => {
  for (const place of PLACES)
    for (const page of [PAGE, `${PAGE}?message=t1`, `${PAGE}?view=wire&seed=7`]) {
      const address = addressWith(place, page);
      expect(placeIn(address)).toBe(place);
      expect(hasUnknownPlace(address)).toBe(false);
    }
});

test('a message is opened on the wire, unless the address names a place; an unknown one is told of', () => {
  expect(placeIn(`${PAGE}?message=t1`)).toBe(placeNamed('wire'));
  expect(placeIn(`${PAGE}?message=t1&view=sequence`)).toBe(placeNamed('sequence'));
  expect(placeIn(`${PAGE}?view=nowhere`)).toBe(placeNamed('swarm'));
  expect(hasUnknownPlace(`${PAGE}?view=nowhere`)).toBe(true);
  expect(hasUnknownPlace(PAGE)).toBe(false);
});
