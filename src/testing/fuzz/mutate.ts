/** A message spoiled by one to four changes, each where it hurts. */
import { encodeText } from '../../protocol/text.ts';
import { escapeAttribute, escapeText } from '../../protocol/xml.ts';
import type { Dice } from './dice.ts';
import {
  BYTES,
  hostileElement,
  hostileJson,
  hostileMember,
  hostilePrologue,
  hostileValue,
  MARKER,
} from './hostile.ts';
import type { Place } from './places.ts';
import type { Source } from './sources.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** One in so many of each kind. */
const BROKEN_BYTES = 0.25;
const SPOILED_WHOLE = 0.08;

export function mutate(source: Source, sources: readonly Source[], dice: Dice): Bytes {
  let body = source.body;
  const byBytes = source.form === 'packed' || dice.chance(BROKEN_BYTES);
  if (source.form !== 'packed' && !(byBytes && dice.chance(0.5)))
    body = encodeText(changePieces(source, sources, dice));
  if (byBytes) for (let left = dice.below(4) + 1; left > 0; left--) body = changeBytes(body, dice, sources);
  if (source.form !== 'packed' && dice.chance(SPOILED_WHOLE)) body = spoil(body, dice);
  return body;
}

/** All changes are found in the text as it was, and made from its end to its start. */
function changePieces({ text, places, form }: Source, sources: readonly Source[], dice: Dice): string {
  if (places.length === 0) return text;
  const chosen = Array.from({ length: dice.below(4) + 1 }, () => dice.pick(places));
  let changed = text;
  let from = text.length + 1;
  for (const place of chosen.sort((a, b) => b.start - a.start || b.end - a.end)) {
    if (place.end > from) continue;
    from = place.start;
    changed = changed.slice(0, place.start) + instead(text, place, sources, dice) + changed.slice(place.end);
  }
  if (form === 'xml' && dice.chance(0.05)) {
    const at = dice.chance(0.5) ? Math.max(0, changed.indexOf('?>') + 2) : 0;
    changed = changed.slice(0, at) + hostilePrologue(dice) + changed.slice(at);
  }
  return changed;
}

function instead(text: string, place: Place, sources: readonly Source[], dice: Dice): string {
  const old = text.slice(place.start, place.end);
  if (place.kind === 'value') return value(place.of, old, dice);
  const comma = place.of === 'json' ? ',' : '';
  switch (dice.below(6)) {
    case 0:
      return '';
    case 1:
      return old + comma + old;
    case 2:
      return old + comma + another(place, sources, dice);
    case 3:
      return another(place, sources, dice);
    default:
      return old + comma + added(place.of, dice);
  }
}

/** A piece of the same kind of some other message. */
function another(place: Place, sources: readonly Source[], dice: Dice): string {
  const { text, places } = dice.pick(sources);
  const alike = places.filter(({ kind, of }) => kind === 'piece' && of === place.of);
  if (alike.length === 0) return '';
  const { start, end } = dice.pick(alike);
  return text.slice(start, end);
}

function value(of: Place['of'], old: string, dice: Dice): string {
  if (of === 'json') {
    if (dice.chance(0.1)) return `"${MARKER}`;
    return dice.chance(0.4) ? hostileJson(dice) : JSON.stringify(hostileValue(dice));
  }
  const hostile = dice.chance(0.1) ? old + hostileValue(dice) : hostileValue(dice);
  if (dice.chance(0.3)) return hostile;
  return of === 'attribute' ? escapeAttribute(hostile) : escapeText(hostile);
}

function added(of: Place['of'], dice: Dice): string {
  switch (of) {
    case 'json':
      return dice.chance(0.7) ? hostileMember(dice) : hostileJson(dice);
    case 'attribute':
      return ` ${dice.pick([MARKER, 'xmlns', `xmlns:${MARKER}`, '__proto__', 'constructor', 'id', 'a:version'])}="${escapeAttribute(hostileValue(dice))}"`;
    default:
      return hostileElement(dice);
  }
}

function changeBytes(body: Bytes, dice: Dice, sources: readonly Source[]): Bytes {
  const at = dice.below(body.length + 1);
  const to = Math.min(body.length, at + dice.size(64));
  const [before, after] = [body.subarray(0, at), body.subarray(at)];
  switch (dice.below(7)) {
    case 0: {
      const flipped = new Uint8Array(body);
      for (let left = dice.below(4); left >= 0 && body.length > 0; left--) {
        const at = dice.below(body.length);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << dice.below(8));
      }
      return flipped;
    }
    case 1:
      return joined(
        before,
        Uint8Array.from({ length: dice.size(16) }, () => dice.below(256)),
        after,
      );
    case 2:
      return joined(before, body.subarray(to));
    case 3:
      return joined(body.subarray(0, to), body.subarray(at));
    case 4: {
      const other = dice.pick(sources).body;
      return joined(before, other.subarray(dice.below(other.length + 1)));
    }
    case 5:
      return joined(before);
    default:
      return joined(before, Uint8Array.from(dice.pick(BYTES)), after);
  }
}

/** In another encoding, behind a mark, between other things. */
function spoil(body: Bytes, dice: Dice): Bytes {
  const mark = [0xef, 0xbb, 0xbf];
  switch (dice.below(9)) {
    case 0:
      return joined(mark, body);
    case 1:
      return joined(mark, mark, body);
    case 2:
      return utf16(body, true, dice.chance(0.5));
    case 3:
      return utf16(body, false, dice.chance(0.5));
    case 4:
      return joined([0], body);
    case 5:
      return joined(body, [0]);
    case 6:
      return joined(body, body);
    case 7:
      return joined(encodeText(' \r\n'.repeat(dice.size(1000))), body);
    default:
      return joined(encodeText(hostilePrologue(dice)), body);
  }
}

function utf16(body: Bytes, littleEndian: boolean, marked: boolean): Bytes {
  const view = new DataView(new ArrayBuffer(2 * body.length + (marked ? 2 : 0)));
  let at = 0;
  const put = (unit: number): void => {
    view.setUint16(at, unit, littleEndian);
    at += 2;
  };
  if (marked) put(0xfeff);
  body.forEach(put);
  return new Uint8Array(view.buffer);
}

function joined(...pieces: readonly ArrayLike<number>[]): Bytes {
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
