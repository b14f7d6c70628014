/** Serving what neighbours asked for, from a finite upload: a few chunks at a time, max-min fair among them. */
import type { Link } from './link.ts';
import { shareFairly } from './share.ts';

/** Chunks sent at a time; the upload limit is split over them. */
const UPLOAD_SLOTS = 4;
/** Bytes below which a chunk counts as sent: the sums are floating-point. */
const CRUMB = 0.5;

/**
 * Spends up to `budget` bytes on what the links want, in `seconds`. Calls `sent` for each chunk that is through.
 * Returns the bytes spent.
 */
export function serve(
  links: Iterable<Link>,
  budget: number,
  seconds: number,
  sent: (link: Link, chunk: number) => void,
): number {
  const waiting = inTurn(links);
  if (waiting.length === 0) return 0;
  const parts = new Float64Array(UPLOAD_SLOTS);
  let left = budget;
  // What a group leaves of the budget goes to the next, so that a step never ends with both idle line and queue.
  for (let first = 0; first < waiting.length && left > CRUMB; first += UPLOAD_SLOTS) {
    const group = waiting.slice(first, first + UPLOAD_SLOTS);
    const limits = group.map(({ want }) => Math.min(want.left, want.rate * seconds));
    shareFairly(left, limits, parts);
    for (const [index, { link, chunk, want }] of group.entries()) {
      const part = parts[index] ?? 0;
      want.left -= part;
      left -= part;
      if (want.left > CRUMB) continue;
      link.wanted.delete(chunk);
      sent(link, chunk);
    }
  }
  return budget - left;
}

/** All that is wanted: what each link asked first, then what each asked second, and so on. */
function inTurn(links: Iterable<Link>) {
  const order: { link: Link; chunk: number; want: { left: number; readonly rate: number } }[] = [];
  let queues: { link: Link; wants: ReturnType<Link['wanted']['entries']> }[] = [];
  for (const link of links) if (link.wanted.size > 0) queues.push({ link, wants: link.wanted.entries() });
  while (queues.length > 0)
    queues = queues.filter(({ link, wants }) => {
      const next = wants.next();
      if (next.done === true) return false;
      const [chunk, want] = next.value;
      order.push({ link, chunk, want });
      return true;
    });
  return order;
}
