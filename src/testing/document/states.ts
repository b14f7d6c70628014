/** Regions of the two state machines, drawn and as tables. */
import { EDITIONS } from '../../protocol/message.ts';
import type { EditionId } from '../../protocol/message.ts';
import { TRACKER_TRANSITIONS, transitionsOf } from '../../tracker/states.ts';
import type { PeerTransition } from '../../tracker/states.ts';
import type { Regions } from './document.ts';
import { block, section, table } from './markdown.ts';

const SENDS: Readonly<Record<PeerTransition['sends'], string>> = {
  ok: 'success',
  error: 'an error',
  nothing: '-',
};

const peer = (edition: EditionId): string =>
  table(
    ['from', 'event', 'to', 'timers', 'answer', 'text'],
    transitionsOf(edition).map(({ from, event, to, timers, sends, sections }) => [
      from,
      event,
      to,
      timers.join(', ') || '-',
      SENDS[sends],
      section(sections[edition] ?? ''),
    ]),
  );

/** Mermaid takes no blanks in the name of a state. */
const stateName = (name: string): string => name.replaceAll(' ', '_');

/** Events that lead the same way stand on one arrow. */
function diagram(edition: EditionId): string {
  const arrows = new Map<string, string[]>();
  for (const { from, event, to } of transitionsOf(edition)) {
    const arrow = `${stateName(from)} --> ${stateName(to)}`;
    arrows.set(arrow, [...(arrows.get(arrow) ?? []), event]);
  }
  const lines = Array.from(arrows, ([arrow, events]) => `  ${arrow}: ${events.join('<br/>')}`);
  return block(
    'mermaid',
    [
      'stateDiagram-v2',
      '  state "PEER REGISTERED" as PEER_REGISTERED',
      '  [*] --> START',
      ...lines,
      '  TERMINATE --> [*]',
    ].join('\n'),
  );
}

const tracker = (): string =>
  table(
    ['from', 'event', 'to', 'text'],
    TRACKER_TRANSITIONS.map((transition) => [
      transition.from,
      transition.event,
      transition.to,
      transition.section,
    ]),
  );

export const STATE_REGIONS: Regions = {
  'tracker states': tracker,
  ...Object.fromEntries(
    EDITIONS.flatMap((edition) => [
      [`states ${edition}`, () => peer(edition)],
      [`state diagram ${edition}`, () => diagram(edition)],
    ]),
  ),
};
