/** Regions of whole messages, `example EDITION NAME`, and of a peer's life, `lifecycle EDITION`. */
import { codecOf, mediaTypeKind } from '../../protocol/editions/index.ts';
import { EDITIONS } from '../../protocol/message.ts';
import type { EditionId } from '../../protocol/message.ts';
import { pretty } from '../../protocol/pretty.ts';
import type { Regions } from './document.ts';
import { names, session } from './exchanges.ts';
import type { Exchange } from './exchanges.ts';
import { block } from './markdown.ts';

const text = (body: Uint8Array): string => new TextDecoder().decode(body);

/** A body laid out: other white space between its tokens, nothing else. */
export function shown(edition: EditionId, body: Uint8Array): string {
  const kind = mediaTypeKind(codecOf(edition).mediaType) === 'json' ? 'json' : 'xml';
  const lines = pretty(kind, text(body)).map((pieces) => pieces.map((piece) => piece.text).join(''));
  return block(kind, lines.join('\n'));
}

function example(edition: EditionId, { says, body, response }: Exchange): string {
  const status = `${response.status} ${response.reason}`;
  return [
    `\`${edition}\`, ${says}: ${body.byteLength} bytes`,
    shown(edition, body),
    `Answer \`${status}\`: ${response.body.byteLength} bytes`,
    shown(edition, response.body),
  ].join('\n\n');
}

function exchange(edition: EditionId, name: string): Exchange {
  const found = session(edition).find((exchange) => exchange.name === name);
  if (found === undefined) throw new RangeError(`no exchange of ${edition} is called ${name}`);
  return found;
}

/** Who is on the lists of an answer, whatever its form: the sessions know them by name. */
function listed({ response }: Exchange): string {
  const body = text(response.body);
  const found = ['alice', 'bob', 'carol', 'dave'].filter((name) => body.includes(name));
  if (body.includes('STAT_QUERY</Method>')) return ', STAT_QUERY q.1';
  return found.length === 0 ? '' : `, peers: ${found.join(' ')}`;
}

function lifecycle(edition: EditionId): string {
  const lines = session(edition).flatMap((exchange) => [
    `  erin->>tracker: ${exchange.says.replaceAll(';', ',')}`,
    `  tracker-->>erin: ${exchange.response.status} ${exchange.response.reason}${listed(exchange)}`,
  ]);
  return block('mermaid', ['sequenceDiagram', ...lines].join('\n'));
}

export const EXAMPLE_REGIONS: Regions = Object.fromEntries(
  EDITIONS.flatMap((edition) => [
    [`lifecycle ${edition}`, () => lifecycle(edition)],
    ...names(edition).map(
      (name) => [`example ${edition} ${name}`, () => example(edition, exchange(edition, name))] as const,
    ),
  ]),
);
