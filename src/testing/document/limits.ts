/** Regions of bounds: what is read at most, kept at most, and when timers run out. */
import { MAX_ID_BYTES, MAX_NOTE_BYTES } from '../../protocol/ids.ts';
import { MAX_CERTIFICATE, MAX_TOKEN_BYTES } from '../../protocol/editions/gu04/elements.ts';
import { MAX_PEER_LIST } from '../../protocol/message.ts';
import { MAX_ADDRESSES, MAX_COUNTER, MAX_LIST } from '../../protocol/reading.ts';
import { BACK_OFF } from '../../peer/back-off.ts';
import { LEAVE_ATTEMPTS } from '../../peer/peer.ts';
import {
  MAX_INSPECTED,
  MAX_REPORTED,
  MAX_REPRESENTATIONS,
  MAX_SCOPE,
  MAX_SEGMENTS,
} from '../../tracker/holdings.ts';
import { DEFAULT_ENDPOINT_OPTIONS } from '../../tracker/http.ts';
import { MAX_QUERIED, MAX_QUERIES } from '../../tracker/queries.ts';
import { MAX_PROPERTIES, MAX_PROPERTY_LENGTH } from '../../tracker/registration.ts';
import { OVERSAMPLE } from '../../tracker/selection.ts';
import { MAX_LIVE } from '../../tracker/swarm.ts';
import { DEFAULT_OPTIONS } from '../../tracker/tracker.ts';
import type { Regions } from './document.ts';
import { table } from './markdown.ts';

const shown = (value: number): string => value.toLocaleString('en');
const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;

const read = (): string =>
  table(
    ['what is read', 'at most', 'beyond'],
    [
      [
        'an identifier (peer, swarm, transaction, chunk, representation)',
        `${shown(MAX_ID_BYTES)} bytes of UTF-8, at least 1`,
        'refused',
      ],
      ['an AS number, an access type, the name of a peer protocol', `${MAX_NOTE_BYTES} bytes`, 'refused'],
      ['a byte counter', `2^64 - 1 = ${MAX_COUNTER}`, 'refused'],
      ['any other number', `2^53 - 1 = ${Number.MAX_SAFE_INTEGER}`, 'refused'],
      ['addresses of one peer', String(MAX_ADDRESSES), 'refused'],
      ['entries of any other list', shown(MAX_LIST), 'refused'],
      ['`<AuthToken>`', `${shown(MAX_TOKEN_BYTES)} bytes`, 'refused'],
      ['`<Cer>`', `${shown(MAX_CERTIFICATE)} UTF-16 units`, 'refused'],
      ['a request body', `${shown(DEFAULT_ENDPOINT_OPTIONS.maxBody)} bytes (\`--max-body\`)`, '413'],
      ['a Request-URI', `${shown(DEFAULT_ENDPOINT_OPTIONS.maxTarget)} bytes`, '414'],
      [
        'peers asked for',
        String(MAX_PEER_LIST),
        `read with a finding in \`rfc7846\`, \`base-1.0\`, \`extended-1.1\`; ${MAX_PEER_LIST} are listed`,
      ],
    ],
  );

const kept = (): string => {
  const { maxPeers, maxSwarms, maxJoined, maxHoldings, maxAnswers } = DEFAULT_OPTIONS;
  const { maxAnswerBytes, maxPeerAnswerBytes, retryAfter } = DEFAULT_ENDPOINT_OPTIONS;
  return table(
    ['what the tracker keeps', 'at most', 'beyond'],
    [
      ['registrations', shown(maxPeers), `503, Retry-After ${retryAfter}`],
      ['swarms', shown(maxSwarms), `503, Retry-After ${retryAfter}`],
      ['swarms of one peer', shown(maxJoined), '403, and the registration stays'],
      [
        'answers for repeated transactions',
        `${maxAnswers} of a peer, ${shown(maxPeerAnswerBytes)} bytes of a peer, ${shown(maxAnswerBytes)} bytes in all`,
        'the oldest go first',
      ],
      ['segments and chunks that peers hold', `${shown(maxHoldings)} in all`, 'not remembered'],
      [
        'of one peer in one swarm',
        `${MAX_REPRESENTATIONS} representations of ${shown(MAX_SEGMENTS)} segments`,
        'the oldest go first',
      ],
      ['segments that one report adds', shown(MAX_REPORTED), 'not remembered'],
      ['segments of a scope that can be looked for', shown(MAX_SCOPE), 'only seeds are listed'],
      ['holders looked at for one list', String(MAX_INSPECTED), 'not looked at'],
      ['peers looked at for one listed, to match PeerNum', String(OVERSAMPLE), 'not looked at'],
      ['LIVESEEDs always listed', String(MAX_LIVE), 'some of them, at random'],
      [
        'named properties of a peer',
        `${MAX_PROPERTIES}, of ${shown(MAX_PROPERTY_LENGTH)} UTF-16 units each`,
        'the oldest go first; longer ones are not kept',
      ],
      ['STAT_QUERYs open to one peer', `${MAX_QUERIES}, of ${MAX_QUERIED} properties each`, 'not asked'],
    ],
  );
};

const timers = (): string => {
  const { trackTimer, initTimer, reportInterval } = DEFAULT_OPTIONS;
  return table(
    ['timer', 'default', 'who', 'what it does'],
    [
      [
        'init timer',
        `${seconds(initTimer)} (\`--init-timer\`)`,
        'tracker',
        'ends a registration that stays in PEER REGISTERED',
      ],
      [
        'track timer',
        `${seconds(trackTimer)} (\`--track-timer\`)`,
        'tracker',
        'ends a registration without a valid request',
      ],
      [
        'kept answers',
        seconds(trackTimer),
        'tracker',
        'how long a repeated transaction gets the same answer',
      ],
      [
        'report interval',
        `${seconds(reportInterval)} (\`--report-interval\`)`,
        'both',
        'between two reports of a peer; after two of them the tracker may ask by STAT_QUERY, and gives an unanswered question up',
      ],
      [
        'first try again',
        seconds(BACK_OFF.first),
        'peer',
        'after no answer, or 500 or 503; doubling, each spread over half to one and a half times',
      ],
      ['last try again', seconds(BACK_OFF.last), 'peer', 'the waits grow no longer'],
      ['tries of a farewell', String(LEAVE_ATTEMPTS), 'peer', 'then it goes without an answer'],
    ],
  );
};

export const LIMIT_REGIONS: Regions = { 'bounds read': read, 'bounds kept': kept, timers };
