import type { PlaceProps } from '../places.ts';

export function Wire(_: PlaceProps) {
  return <h2>Wire</h2>;
}
