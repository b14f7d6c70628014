/** Words for the classes of what the discs' colours mean; those of `asn` are told by the drawing worker. */
import { EDITIONS } from '../../dashboard/feed.ts';
import { editionName } from '../editions.ts';
import { CLASSES, type ColourBy, type SIGN_CLASSES } from './colouring.ts';

const SIGN_NAMES: Record<(typeof SIGN_CLASSES)[number], string> = {
  seed: 'SEED',
  leech: 'LEECH',
  silent: 'silent',
  foreign: 'foreign',
  joining: 'joining',
};

export function classNames(by: ColourBy): readonly string[] {
  switch (by) {
    case 'mode':
      return Object.values(SIGN_NAMES);
    case 'edition':
      return EDITIONS.map((edition) => editionName(edition).name);
    default:
      return CLASSES[by];
  }
}
