/** Bodies of any length for the question whether twice the length takes twice the work. */
import { codecOf, detectEdition } from '../../protocol/editions/index.ts';
import { explain } from '../../protocol/explain/explain.ts';
import type { EditionId } from '../../protocol/message.ts';
import { unpackRequest } from '../../protocol/packed/read-request.ts';
import { unpackResponse } from '../../protocol/packed/read-response.ts';
import { pretty } from '../../protocol/pretty.ts';
import { encodeText } from '../../protocol/text.ts';
import { createTrackerEndpoint } from '../../tracker/http.ts';
import { createTracker } from '../../tracker/tracker.ts';
import { formOf, TARGETS } from './sources.ts';
import type { Target } from './sources.ts';

/** A text of about `length` characters. */
type Grown = (length: number) => string;

const filled =
  (before: string, piece: string, after = ''): Grown =>
  (length) =>
    before +
    piece.repeat(Math.max(1, Math.floor((length - before.length - after.length) / piece.length))) +
    after;
const counted =
  (before: string, piece: (index: number) => string, after = ''): Grown =>
  (length) => {
    let text = before;
    for (let index = 0; text.length < length; index++) text += piece(index);
    return text + after;
  };

const ROOT = 'PPSPTrackerProtocol';
const JSON_HEAD = `{"${ROOT}":{"version":1,"request_type":"CONNECT","transaction_id":"t","peer_id":"p"`;
const JSON_GROWN: Readonly<Record<string, Grown>> = {
  '[[[[': filled('', '['),
  '{"a":{"a":': filled('', '{"a":'),
  '"a":1,"a":1,': filled(`${JSON_HEAD},"a":1`, ',"a":1', '}}'),
  '"0":1,"1":1,': counted(`${JSON_HEAD},"a":1`, (index) => `,"${index}":1`, '}}'),
  '"\\\\\\\\': filled('{"', '\\', '":1}'),
  '""""': filled('{', '"'),
  'white space': filled('', ' '),
  'white space inside': filled(JSON_HEAD, ' ', '}}'),
  'a long number': filled(`${JSON_HEAD},"a":1`, '9', '}}'),
  'a long ID': filled('{"PPSPTrackerProtocol":{"version":1,"transaction_id":"', 'é', '"}}'),
  'an unfinished string': filled('{"', 'a'),
  'a long port': filled(`${JSON_HEAD},"connect":{"peer_addr":{"port":"`, '9', '"}}}}'),
  'a long address': filled(`${JSON_HEAD},"connect":{"peer_addr":{"ip_address":{"address":"`, ':', '"}}}}}'),
  'swarm actions': filled(`${JSON_HEAD},"connect":{"swarm_action":[{}`, ',{"swarm_id":"s"}', ']}}}'),
  'empty items': filled(`${JSON_HEAD},"connect":{"swarm_action":[{}`, ',{}', ']}}}'),
  statistics: filled(
    `${JSON_HEAD.replace('CONNECT', 'STAT_REPORT')},"stat_report":{"stat":[{}`,
    ',{"swarm_id":"s"}',
    ']}}}',
  ),
};

const head = (edition: EditionId, method: string): string =>
  edition === 'gu-04'
    ? `<${ROOT} version="1.0"><Method>${method}</Method><TransactionID>t</TransactionID><PeerID>p</PeerID>`
    : `<?xml version="1.0" encoding="UTF-8"?><${ROOT} version="${edition === 'base-1.0' ? '1.0' : '1.1'}">` +
      `<Request>${method}</Request><TransactionID>t</TransactionID><PeerID>p</PeerID>`;
const END = `</${ROOT}>`;

function xmlGrown(edition: EditionId): Readonly<Record<string, Grown>> {
  const connect = head(edition, 'CONNECT');
  const report = head(edition, 'STAT_REPORT');
  const map =
    edition === 'gu-04'
      ? `${report}<Stats><Stat property="ChunkMap"><ChunkMapReport><Clip><Name>v</Name><ChunkSegments type="video"><Segment from="0" to="7" bitmapsize="8">`
      : `${report}<StatisticsGroup><Stat property="ContentMap"><Representation id="v"><SegmentInfo startIndex="0" endIndex="7" chunkmapSize="8">`;
  const mapEnd =
    edition === 'gu-04'
      ? '</Segment></ChunkSegments></Clip></ChunkMapReport></Stat></Stats>'
      : '</SegmentInfo></Representation></Stat></StatisticsGroup>';
  return {
    '<a><a>': filled('', '<a>'),
    '<a><a> inside': filled(connect, '<a>'),
    '<a/><a/>': filled(connect, '<a/>', END),
    '<<<<': filled(connect, '<'),
    '&&&&': filled(`${connect}<a>`, '&', `</a>${END}`),
    '&amp;&amp;': filled(`${connect}<a>`, '&amp;', `</a>${END}`),
    ']]]]': filled(`${connect}<a>`, ']', `</a>${END}`),
    '----': filled(`${connect}<!--`, '-'),
    '<!--<!--': filled(connect, '<!--'),
    '<!----><!---->': filled(connect, '<!---->', END),
    '<![CDATA[]]>': filled(connect, '<![CDATA[&]]>', END),
    '<?a?><?a?>': filled(connect, '<?a?>', END),
    '<?<?<?': filled(connect, '<?'),
    '<!DOCTYPE': filled('<!DOCTYPE a [', '<!ENTITY a "&a;&a;">'),
    'white space': filled('', ' '),
    'white space inside': filled(connect, ' ', END),
    'white space in a declaration': filled('<?xml version="1.0"', ' ', `x?><${ROOT}/>`),
    'white space in a tag': filled(`${connect}<a `, ' ', `b/>${END}`),
    'white space in a method': filled(head(edition, ' STAT').slice(0, -1), ' ', '_QUERY'),
    'a long attribute': filled(`${connect}<a b="`, 'é', `"/>${END}`),
    attributes: counted(`${connect}<a`, (index) => ` a${index}=""`, `/>${END}`),
    'the same attribute': filled(`${connect}<a`, ' a=""', `/>${END}`),
    'a long name': filled(`${connect}<a`, 'a', `/>${END}`),
    'a long version': filled(`<${ROOT} version="`, '1', `"/>`),
    'a long ID': filled(connect.replace('p</PeerID>', ''), 'é', `</PeerID>${END}`),
    'references in an ID': filled(connect.replace('p</PeerID>', ''), '&lt;', `</PeerID>${END}`),
    methods: filled(connect, edition === 'gu-04' ? '<Method>FIND</Method>' : '<Request>FIND</Request>', END),
    swarms: filled(connect, '<SwarmID action="JOIN" peerMode="SEED">s</SwarmID>', END),
    addresses: filled(
      `${connect}<PeerAddresses>`,
      '<PeerAddress ip="::1" port="1"/>',
      `</PeerAddresses>${END}`,
    ),
    'dots in a chunk map': filled(map, '.', `A${mapEnd}${END}`),
    'white space in a chunk map': filled(map, ' ', `A${mapEnd}${END}`),
    'a long chunk map': filled(map, 'A', `${mapEnd}${END}`),
    'empty statistics': filled(
      `${report}<${edition === 'gu-04' ? 'Stats' : 'StatisticsGroup'}>`,
      '<Stat property="a"/>',
      `</${edition === 'gu-04' ? 'Stats' : 'StatisticsGroup'}>${END}`,
    ),
  };
}

const PACKED_GROWN: Readonly<Record<string, readonly number[]>> = {
  zeros: [0],
  'all bits': [0xff],
  'a list of everything': [0x2c, 0x00, 0x08, 0x01, 0x70, 0x01, 0x70, 0x88],
};

export interface ScalingCase {
  readonly target: Target;
  readonly pattern: string;
  readonly reader: string;
  readonly body: (length: number) => Uint8Array;
  readonly work: (body: Uint8Array) => unknown;
}

export function scalingCases(): ScalingCase[] {
  return TARGETS.flatMap((target): ScalingCase[] => {
    if (target === 'packed')
      return Object.entries(PACKED_GROWN).flatMap(([pattern, bytes]) =>
        [unpackRequest, unpackResponse].map((work) => ({
          target,
          pattern,
          reader: work.name,
          body: (length: number) => Uint8Array.from({ length }, (_, at) => bytes[at % bytes.length] ?? 0),
          work,
        })),
      );
    const grown = formOf(target) === 'json' ? JSON_GROWN : xmlGrown(target);
    return Object.entries(grown).flatMap(([pattern, grow]) =>
      Object.entries(readers(target)).map(([reader, work]) => ({
        target,
        pattern,
        reader,
        body: (length: number) => encodeText(grow(length)),
        work,
      })),
    );
  });
}

function readers(edition: EditionId): Readonly<Record<string, (body: Uint8Array) => unknown>> {
  const codec = codecOf(edition);
  const endpoint = createTrackerEndpoint(createTracker({}, 0), { maxBody: Number.POSITIVE_INFINITY });
  const decoder = new TextDecoder();
  return {
    detectEdition,
    decodeRequest: (body) => codec.decodeRequest(body),
    decodeResponse: (body) => codec.decodeResponse(body, 'CONNECT'),
    explain: (body) => explain(body, { edition }),
    pretty: (body) => pretty(edition === 'rfc7846' ? 'json' : 'xml', decoder.decode(body)),
    tracker: (body) =>
      endpoint.answer(
        {
          method: 'POST',
          target: '/',
          contentType: codec.mediaType,
          body,
          remote: { address: '::1', port: 1 },
        },
        { now: 0, random: () => 0 },
      ),
  };
}
