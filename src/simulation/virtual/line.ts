/**
 * An event as a line of the log, and back: one JSON object, members always in the same order, pure ASCII, times in
 * seconds with six decimals, written from the whole number of microseconds so that no rounding gets in.
 */
import { SECOND, type Micros, type PeerIndex, type RunEvent, type Totals } from './events.ts';

/** `12.000345`. */
export function seconds(time: Micros): string {
  const whole = Math.floor(time / SECOND);
  return `${whole}.${String(SECOND + (time - whole * SECOND)).slice(1)}`;
}

/** JSON, with escapes for what is not ASCII: then a character is a byte. */
const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const place = (where: PeerIndex | 'tracker'): string => (where === 'tracker' ? '"tracker"' : String(where));

const member = (name: keyof Totals, value: number | undefined): string =>
  value === undefined ? '' : `,"${name}":${value}`;
const totals = ({ uploaded, downloaded, polluted }: Totals): string =>
  member('uploaded', uploaded) + member('downloaded', downloaded) + member('polluted', polluted);
/** Digits as they stand in a list; a number has at most ten. */
const digits = new Uint8Array(11 * 64);
const MOST = 64;
const [ZERO, COMMA] = [0x30, 0x2c];

/** `listed.join(',')`, without a text for each number: nearly all there is to write of a list. */
function listOf(listed: readonly PeerIndex[]): string {
  if (listed.length > MOST) return listed.join(',');
  let from = digits.length;
  for (let index = listed.length - 1; index >= 0; index--) {
    let left = listed[index] ?? 0;
    do {
      const rest = Math.floor(left / 10);
      digits[--from] = ZERO + left - 10 * rest;
      left = rest;
    } while (left > 0);
    if (index > 0) digits[--from] = COMMA;
  }
  return String.fromCharCode(...digits.subarray(from));
}

/** With the line's end. */
export const lineOf = (event: RunEvent): string =>
  `{"at":${seconds(event.at)},"kind":"${event.kind}"${membersOf(event)}}\n`;

function membersOf(event: RunEvent): string {
  switch (event.kind) {
    case 'phase':
      return `,"phase":"${event.phase}"`;
    case 'arrived':
      return (
        `,"peer":${event.peer},"peerId":${quoted(event.peerId)},"swarm":${event.swarm},"edition":"${event.edition}"` +
        `,"mode":"${event.mode}","upload":${event.upload},"download":${event.download},"asn":${event.asn}` +
        `,"nat":${quoted(event.nat)},"behaviour":${quoted(event.behaviour)}`
      );
    case 'departed':
      return `,"peer":${event.peer},"how":"${event.how}"${totals(event)}`;
    case 'totals':
      return `,"peer":${event.peer},"edge":"${event.edge}"${totals(event)}`;
    case 'invented':
      return `,"peer":${event.peer},"as":${event.as},"peerId":${quoted(event.peerId)}`;
    case 'request':
      return `,"peer":${event.peer},"method":"${event.method}","bytes":${event.bytes},"attempt":${event.attempt}`;
    case 'handled': {
      const error = event.error === undefined ? '' : `,"error":"${event.error}"`;
      const listed = event.listed === undefined ? '' : `,"listed":[${listOf(event.listed)}]`;
      return `,"peer":${event.peer},"method":"${event.method}","status":${event.status},"bytes":${event.bytes}${error}${listed}`;
    }
    case 'answered':
      return `,"peer":${event.peer},"method":"${event.method}","ok":${event.ok},"took":${seconds(event.took)}`;
    case 'unanswered':
      return `,"peer":${event.peer},"method":"${event.method}","attempt":${event.attempt}`;
    case 'joined':
      return `,"peer":${event.peer},"swarm":${event.swarm},"mode":"${event.mode}"`;
    case 'unjoined':
      return `,"peer":${event.peer},"swarm":${event.swarm},"mode":"${event.mode}","reason":"${event.reason}"`;
    case 'completed':
      return `,"peer":${event.peer},"took":${seconds(event.took)}${totals(event)}`;
    case 'chunk':
      return `,"peer":${event.peer},"from":${event.from},"chunk":${event.chunk},"bytes":${event.bytes},"good":${event.good}`;
    case 'link':
      return `,"peer":${event.peer},"to":${event.to},"open":${event.open}`;
    case 'unlinked':
      return `,"peer":${event.peer},"to":${event.to},"why":"${event.why}"`;
    case 'playback':
      return `,"peer":${event.peer},"state":"${event.state}"`;
    case 'switched':
      return `,"peer":${event.peer},"to":${event.to}`;
    case 'fault':
      return `,"fault":${event.fault},"what":${quoted(event.what)},"on":${event.on}`;
    case 'tracker':
      return `,"state":"${event.state}","kept":${event.kept}`;
    case 'network':
      return `,"what":"${event.what}","from":${place(event.from)},"to":${place(event.to)}`;
    default:
      return event satisfies never;
  }
}

/** The event of a line that `lineOf` wrote. */
export function eventOf(line: string): RunEvent {
  const told = JSON.parse(line) as RunEvent;
  const at = Math.round(told.at * SECOND);
  return 'took' in told ? { ...told, at, took: Math.round(told.took * SECOND) } : { ...told, at };
}
