/**
 * An event as a line of the log, and back: one JSON object, members always in the same order, pure ASCII, times in
 * seconds with six decimals, written from the whole number of microseconds so that no rounding gets in.
 */
import { Ascii } from './ascii.ts';
import { SECOND, type Micros, type PeerIndex, type RunEvent, type Totals } from './events.ts';

function totals(to: Ascii, { uploaded, downloaded, polluted }: Totals): void {
  if (uploaded !== undefined) number(to, ',"uploaded":', uploaded);
  if (downloaded !== undefined) number(to, ',"downloaded":', downloaded);
  if (polluted !== undefined) number(to, ',"polluted":', polluted);
}

/** `before`: the member's name, with what stands around it. */
function number(to: Ascii, before: string, value: number): void {
  to.text(before);
  to.number(value);
}

/** Of the few words that there are, none of which needs an escape. */
function word(to: Ascii, before: string, value: string): void {
  to.text(before);
  to.text(value);
  to.text('"');
}

function quoted(to: Ascii, before: string, value: string): void {
  to.text(before);
  to.quoted(value);
}

function flag(to: Ascii, before: string, value: boolean): void {
  to.text(before);
  to.text(value ? 'true' : 'false');
}

function time(to: Ascii, before: string, value: Micros): void {
  to.text(before);
  to.seconds(value);
}

function place(to: Ascii, before: string, where: PeerIndex | 'tracker'): void {
  if (where === 'tracker') quoted(to, before, where);
  else number(to, before, where);
}

/** With the line's end. */
export function writeLine(to: Ascii, event: RunEvent): void {
  time(to, '{"at":', event.at);
  word(to, ',"kind":"', event.kind);
  writeMembers(to, event);
  to.text('}\n');
}

const scratch = new Ascii();
const ASCII = new TextDecoder();

export function lineOf(event: RunEvent): string {
  writeLine(scratch, event);
  return ASCII.decode(scratch.take());
}

function writeMembers(to: Ascii, event: RunEvent): void {
  if ('peer' in event) number(to, ',"peer":', event.peer);
  switch (event.kind) {
    case 'phase':
      return word(to, ',"phase":"', event.phase);
    case 'arrived':
      quoted(to, ',"peerId":', event.peerId);
      number(to, ',"swarm":', event.swarm);
      word(to, ',"edition":"', event.edition);
      word(to, ',"mode":"', event.mode);
      number(to, ',"upload":', event.upload);
      number(to, ',"download":', event.download);
      number(to, ',"asn":', event.asn);
      quoted(to, ',"nat":', event.nat);
      return quoted(to, ',"behaviour":', event.behaviour);
    case 'departed':
      word(to, ',"how":"', event.how);
      return totals(to, event);
    case 'totals':
      word(to, ',"edge":"', event.edge);
      return totals(to, event);
    case 'invented':
      number(to, ',"as":', event.as);
      return quoted(to, ',"peerId":', event.peerId);
    case 'request':
      word(to, ',"method":"', event.method);
      number(to, ',"bytes":', event.bytes);
      return number(to, ',"attempt":', event.attempt);
    case 'handled':
      word(to, ',"method":"', event.method);
      number(to, ',"status":', event.status);
      number(to, ',"bytes":', event.bytes);
      if (event.error !== undefined) word(to, ',"error":"', event.error);
      return event.listed === undefined ? undefined : list(to, event.listed);
    case 'answered':
      word(to, ',"method":"', event.method);
      flag(to, ',"ok":', event.ok);
      return time(to, ',"took":', event.took);
    case 'unanswered':
      word(to, ',"method":"', event.method);
      return number(to, ',"attempt":', event.attempt);
    case 'joined':
      number(to, ',"swarm":', event.swarm);
      return word(to, ',"mode":"', event.mode);
    case 'unjoined':
      number(to, ',"swarm":', event.swarm);
      word(to, ',"mode":"', event.mode);
      return word(to, ',"reason":"', event.reason);
    case 'completed':
      time(to, ',"took":', event.took);
      return totals(to, event);
    case 'chunk':
      number(to, ',"from":', event.from);
      number(to, ',"chunk":', event.chunk);
      number(to, ',"bytes":', event.bytes);
      return flag(to, ',"good":', event.good);
    case 'link':
      number(to, ',"to":', event.to);
      return flag(to, ',"open":', event.open);
    case 'unlinked':
      number(to, ',"to":', event.to);
      return word(to, ',"why":"', event.why);
    case 'playback':
      return word(to, ',"state":"', event.state);
    case 'switched':
      return number(to, ',"to":', event.to);
    case 'fault':
      number(to, ',"fault":', event.fault);
      quoted(to, ',"what":', event.what);
      return flag(to, ',"on":', event.on);
    case 'tracker':
      word(to, ',"state":"', event.state);
      return flag(to, ',"kept":', event.kept);
    case 'network':
      word(to, ',"what":"', event.what);
      place(to, ',"from":', event.from);
      return place(to, ',"to":', event.to);
    default:
      return event satisfies never;
  }
}

function list(to: Ascii, listed: readonly PeerIndex[]): void {
  let before = ',"listed":[';
  for (const peer of listed) {
    number(to, before, peer);
    before = ',';
  }
  to.text(listed.length === 0 ? ',"listed":[]' : ']');
}

/** The event of a line that `lineOf` wrote. */
export function eventOf(line: string): RunEvent {
  const told = JSON.parse(line) as RunEvent;
  const at = Math.round(told.at * SECOND);
  return 'took' in told ? { ...told, at, took: Math.round(told.took * SECOND) } : { ...told, at };
}
