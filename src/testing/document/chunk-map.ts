/** Region `chunk map`: one map, its bits and its Base64, as the codec writes them. */
import { encodeBase64 } from '../../protocol/base64.ts';
import type { Regions } from './document.ts';
import { block, code } from './markdown.ts';
import { REPRESENTATION, TEN_SEGMENTS } from './session-parts.ts';

const BYTE = 8;

function drawn(): string {
  const [representation] = TEN_SEGMENTS.representations;
  const [map] = representation?.maps ?? [];
  if (map === undefined) throw new TypeError('the example has a map');
  const { startIndex, endIndex, bitmap } = map;
  const bits = Array.from(bitmap, (byte) => byte.toString(2).padStart(BYTE, '0')).join('');
  const segments = Array.from(bits, (_, bit) => startIndex + bit);
  const row = (name: string, cells: readonly string[]): string =>
    `${name.padEnd(9)}${cells.map((cell, at) => (at > 0 && at % BYTE === 0 ? ` | ${cell}` : ` ${cell}`)).join('')}`;
  const place = segments.map((_, at) => String(BYTE - 1 - (at % BYTE)));
  const held = segments.filter((segment, at) => segment <= endIndex && bits[at] === '1');
  return [
    block(
      'text',
      [
        row(
          'segment',
          segments.map((segment) => (segment <= endIndex ? String(segment) : '-')),
        ),
        row('held', Array.from(bits)),
        row('bit 2^n', place),
        `${'byte'.padEnd(9)} ${Array.from(bitmap, (byte) => `0x${byte.toString(16).padStart(2, '0')}`.padEnd(2 * BYTE)).join('  ')}`.trimEnd(),
      ].join('\n'),
    ),
    `${REPRESENTATION}, segments ${startIndex} to ${endIndex}: held are ${held.join(', ')}. In Base64: ${code(encodeBase64(bitmap))}. ` +
      '`-` marks padding, which is 0.',
  ].join('\n\n');
}

export const CHUNK_MAP_REGIONS: Regions = { 'chunk map': drawn };
