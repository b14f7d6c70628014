/** Which cases catch which tracker of `trackers.ts`: by edition and section, the names of all that fail, and of no other. */
import type { TRACKER_MUTANTS } from './trackers.ts';

export type Caught = Readonly<Record<string, string>>;

export const CAUGHT: Readonly<Record<keyof typeof TRACKER_MUTANTS, Caught>> = {
  'lists the asking peer': {
    'rfc7846/4.1.1': 'list-has-everyone',
    'rfc7846/4.1.2': 'any-of-a-seeds-swarms list-without-asker seed-finds-leeches-only',
    'extended-1.1/5.1': 'leech-gets-list',
    'extended-1.1/5.3': 'asker-not-listed list',
    'base-1.0/4.1': 'asker-not-listed leech-gets-list',
    'gu-04/4.6': 'asker-not-listed leech-gets-list live-seed-listed',
    'gu-04/4.8': 'asker-not-listed list',
    'gu-04/slides': 'find-chunk-by-map requirements',
  },
  'lists 31 peers': {
    'rfc7846/4.1.1': 'list-of-thirty-at-most list-of-thirty-at-most-unasked',
    'rfc7846/4.1.2': 'list-of-thirty-at-most',
    'base-1.0/3.1': 'list-of-thirty peer-num-beyond-thirty',
  },
  'ignores PeerNum': {
    'rfc7846/4.1.1': 'count-of-zero list-has-as-many-as-asked peer-count-limits-list',
    'rfc7846/4.1.2': 'peer-count-limits-list',
    'rfc7846/4.1-examples': 'find-count-at-root',
    'extended-1.1/5.3': 'peer-num',
    'base-1.0/3.1': 'peer-num-spelling',
    'base-1.0/4.1': 'peer-num peer-num-filled',
    'gu-04/4.6': 'peer-num',
    'gu-04/4.8': 'peer-num peer-num-spelling',
  },
  'lists a peer twice': {
    'rfc7846/4.1.1': 'list-has-everyone list-without-doubles',
    'rfc7846/4.1.2': 'any-of-a-seeds-swarms seed-finds-leeches-only',
    'extended-1.1/5.1': 'leech-gets-list',
    'extended-1.1/5.3': 'each-peer-once list',
    'base-1.0/4.1': 'each-peer-once leech-gets-list',
    'gu-04/4.6': 'leech-gets-list',
    'gu-04/4.8': 'each-peer-once list',
    'gu-04/slides': 'find-chunk-by-map',
  },
  'lists peers of XML without their addresses': {
    'extended-1.1/5.1': 'listed-with-address',
    'extended-1.1/5.3': 'listed-with-address new-addresses',
    'base-1.0/3.2':
      'address-as-declared asn-and-connection-kept every-address ipv6-address no-address-declared type-and-priority-kept',
    'base-1.0/4.1': 'listed-with-address',
    'gu-04/4.4': 'address-as-declared ipv6-address no-address-declared',
    'gu-04/4.6': 'listed-with-address',
    'gu-04/4.8': 'listed-with-address',
  },
  'hands out seeds to seeds': {
    'rfc7846/4.1.1': 'no-seed-for-a-seed',
    'rfc7846/4.1.2': 'seed-finds-leeches-only',
    'extended-1.1/4.3.1': 'leech-turns-seed',
    'extended-1.1/5.3': 'no-seed-for-seeds',
    'base-1.0/4.1': 'no-seed-for-seeds',
    'gu-04/4.8': 'no-seed-for-seeds',
  },
  'hands out peers whose timer ran out': {
    'rfc7846/2.3.2-d': 'silent-peer-leaves-every-swarm silent-peer-leaves-lists',
    'extended-1.1/4.3.1': 'silent-peer-leaves-lists',
    'base-1.0/2.4.2': 'silent-peer-leaves-every-swarm',
    'gu-04/4.6': 'expire-time',
    'gu-04/4.10': 'silent-peer-leaves-lists',
  },
  'hands out peers that left': {
    'rfc7846/4.1.1': 'leave-takes-off-lists switch-takes-off-lists',
    'rfc7846/4.1.2': 'list-without-who-left',
    'extended-1.1/5.2': 'of-one-swarm',
    'base-1.0/4.1': 'leave-takes-off-lists switch-changes-lists',
    'gu-04/4.7': 'leaves-lists',
  },
  'hands out peers that disconnected': {
    'extended-1.1/5.2': 'leaves-every-list',
    'gu-04/4.5': 'leaves-every-swarm',
  },
  'hands out peers whose registration an error ended': {
    'extended-1.1/4.3.2': 'invalid-find-cleans-lists',
    'base-1.0/2.4.2': 'invalid-connect-cleans-lists',
  },
  'hands out nobody to a LEECH that switches': {
    'rfc7846/4.1.1': 'switch-gets-list',
    'base-1.0/4.1': 'switch-gets-list',
  },
  'lists peers without their modes': {
    'gu-04/4.6': 'leech-turns-seed listed-with-mode',
    'gu-04/4.8': 'response-to-the-letter',
  },
  'keeps the editions apart': {
    'extended-1.1/4.5': 'base-peer-listed json-peer-listed listed-to-base-peer',
    'gu-04/editions': 'base-peer-listed json-peer-listed listed-to-base-peer listed-to-json-peer',
  },
  'gives a SEED a list that it did not ask for': {
    'rfc7846/4.1.1': 'seed-without-peer-num-gets-none',
    'base-1.0/4.1': 'seed-without-peer-num',
    'gu-04/4.6': 'seed-without-peer-num',
  },
  'takes a LEAVE from START': {
    'rfc7846/2.3': 'refused-connect-registers-nobody',
    'rfc7846/4.1.1': 'leave-from-start switch-from-start',
    'rfc7846/4.3': 'status-of-forbidden',
    'extended-1.1/4.3.2': 'leave-from-start',
    'base-1.0/2.4.2': 'invalid-connect-changes-nothing-else',
    'base-1.0/4.1': 'leave-from-start switch-from-start',
    'base-1.0/4.3': 'forbidden forbidden-reason',
  },
  'lets a SEED join while TRACKING': {
    'rfc7846/4.1.1': 'leech-turns-seed-by-join seed-joins-own-swarm seed-joins-while-tracking',
    'base-1.0/2.4.2': 'invalid-connect-cleans-lists invalid-connect-ends-registration',
    'base-1.0/4.1': 'leech-turns-seed-by-join seed-joins-own-swarm seed-joins-while-tracking',
  },
  'lets a LEECH be in two swarms': {
    'extended-1.1/4.3.2': 'invalid-connect-ends-registration leech-in-two-swarms',
  },
  'keeps a registration after an error': {
    'extended-1.1/4.3.2':
      'invalid-connect-ends-registration invalid-find-cleans-lists invalid-find-ends-registration',
    'base-1.0/2.4.2':
      'invalid-connect-cleans-lists invalid-connect-ends-registration registers-anew-after-error',
  },
  'ends a registration after an error, in gu-04': {
    'gu-04/4.7': 'error-keeps-registration',
  },
  'ends a registration with the last LEAVE, in gu-04': {
    'gu-04/4.7': 'joins-after-last-leave last-leave-keeps',
  },
  'never cleans out silent peers': {
    'rfc7846/2.3.2-d':
      'silent-peer-is-refused silent-peer-leaves-every-swarm silent-peer-leaves-lists silent-peer-registers-anew',
    'rfc7846/2.3.1': 'refused-request-resets-nothing repeated-request-resets-nothing',
    'extended-1.1/4.3.1': 'silent-peer-is-refused silent-peer-leaves-lists',
    'base-1.0/2.4.2': 'silent-peer-is-refused silent-peer-leaves-every-swarm silent-peer-registers-anew',
    'gu-04/4.10': 'refused-request-resets-nothing silent-peer-is-refused silent-peer-leaves-lists',
  },
  'resets the track timer on refused requests': {
    'rfc7846/2.3.1': 'refused-request-resets-nothing',
    'gu-04/4.10': 'refused-request-resets-nothing',
  },
  'does not reset the track timer on signs of life': {
    'rfc7846/2.3.1': 'keep-alive-resets-timer',
    'extended-1.1/4.3.1': 'report-resets-timer',
    'base-1.0/2.4.1': 'keep-alive-resets-timer',
    'gu-04/4.10': 'report-resets-timer resets-timer',
  },
  'answers peers that it does not know': {
    'rfc7846/2.3':
      'find-unregistered keep-alive-unregistered refused-connect-registers-nobody stat-report-unregistered',
    'rfc7846/2.3.2-d': 'silent-peer-is-refused',
    'rfc7846/2.3.1': 'refused-request-resets-nothing repeated-request-resets-nothing',
    'rfc7846/4.1.1':
      'last-leave-ends-registration seed-leaves-all-ends-registration switch-from-start-registers-nobody',
    'rfc7846/ids': 'names-of-programs',
    'extended-1.1/4.3.1': 'disconnect last-leave silent-peer-is-refused',
    'extended-1.1/4.3.2':
      'disconnect-unregistered find-unregistered invalid-connect-ends-registration invalid-find-ends-registration report-unregistered',
    'extended-1.1/5.2': 'find-afterwards of-all-by-name',
    'base-1.0/2.4.2':
      'invalid-connect-ends-registration refused-connect-registers-nobody silent-peer-is-refused stat-report-unregistered',
    'base-1.0/4.1': 'last-leave-ends-registration seed-leaves-all-ends-registration',
    'gu-04/4.2': 'error-body',
    'gu-04/4.4': 'find-before-connect join-before-connect',
    'gu-04/slides':
      'find-after-disconnect find-chunk-after-disconnect join-after-disconnect keepalive-after-disconnect leave-after-disconnect stat-report-after-disconnect',
    'gu-04/4.5': 'of-nobody',
    'gu-04/4.9': 'unregistered',
    'gu-04/4.10': 'refused-request-resets-nothing silent-peer-is-refused unregistered',
  },
  'does not look whether a peer is in the swarm': {
    'rfc7846/2.3':
      'error-keeps-registration find-swarm-of-others find-unknown-swarm stat-report-unknown-swarm',
    'extended-1.1/4.3.2':
      'find-of-swarm-not-joined find-of-unknown-swarm invalid-find-cleans-lists invalid-find-ends-registration',
    'base-1.0/4.2': 'statistics-of-other-swarm',
    'gu-04/4.7': 'of-swarm-not-joined',
    'gu-04/4.8': 'swarm-not-joined unknown-swarm',
    'gu-04/4.9': 'of-swarm-not-joined',
    'gu-04/4.10': 'refused-request-resets-nothing',
  },
  'refuses a JOIN of a swarm the peer is in': {
    'rfc7846/4.1.1': 'leech-starts-again list-without-asker',
    'extended-1.1/4.3.1': 'seed-joins-own-swarm',
    'base-1.0/4.1': 'leech-starts-again',
    'gu-04/4.6': 'join-again',
  },
  'ends a registration with any LEAVE': {
    'rfc7846/4.1.1': 'seed-leaves-some',
    'extended-1.1/4.3.1': 'leaves-some',
    'base-1.0/4.1': 'seed-leaves-some',
    'gu-04/4.7': 'keeps-other-swarms',
  },
  'takes the same swarm twice': {
    'rfc7846/4.1.1': 'same-swarm-twice',
    'base-1.0/4.1': 'same-swarm-twice',
  },
  'takes identifiers for numbers': {
    'base-1.0/3.1': 'identifiers-are-text',
  },
  'answers a repeated request anew': {
    'rfc7846/2.3.1': 'repeated-request-resets-nothing',
    'rfc7846/4.3': 'repeated-answer-is-the-same repeated-leave repeated-seed-join repeated-switch',
    'base-1.0/4.3': 'repeated-connect repeated-leave same-answer',
  },
  'answers with another transaction ID': {
    'rfc7846/4.2':
      'echo-find echo-join echo-keep-alive echo-leave echo-refusal echo-seed-join echo-stat-report echo-strange-text',
    'rfc7846/ids': 'names-of-programs',
    'extended-1.1/5.1': 'transaction-id',
    'extended-1.1/5.2': 'transaction-id',
    'extended-1.1/5.3': 'transaction-id',
    'base-1.0/4.1': 'transaction-id',
    'base-1.0/4.2': 'transaction-id',
    'gu-04/4.1': 'transaction-id',
    'gu-04/4.2': 'error-transaction-id',
    'gu-04/4.5': 'transaction-id',
    'gu-04/4.6': 'transaction-id',
    'gu-04/4.7': 'answered',
    'gu-04/4.8': 'transaction-id',
    'gu-04/4.9': 'transaction-id',
    'gu-04/4.10': 'answered',
  },
  'leaves the Results in another order': {
    'base-1.0/4.1': 'results-in-order',
  },
  'gives no Result of a LEAVE': {
    'rfc7846/4.1.1': 'result-for-leave',
    'base-1.0/4.1': 'leave-result',
  },
  'tells nobody its public address': {
    'rfc7846/4.1.1': 'public-address-told',
    'extended-1.1/5.1': 'peer-group',
    'base-1.0/4.1':
      'public-address public-address-first public-address-port public-address-reflexive public-address-to-leave',
    'gu-04/4.4': 'reflexive-address',
  },
  'answers extended-1.1 in version 1.0': {
    'extended-1.1/4.4': 'response-to-connect-to-the-letter version-as-asked',
    'extended-1.1/5.2': 'response-to-the-letter',
    'extended-1.1/5.3': 'response-to-the-letter',
  },
  'reads the bits of a map from the wrong end': {
    'extended-1.1/4.4.1':
      'bit-order bits-from-start-index end-index-left-out map-without-swarm new-map-keeps-the-rest scope-lists-holder',
    'gu-04/4.8': 'scope-lists-holder',
    'gu-04/slides': 'find-chunk-by-map',
    'gu-04/4.9': 'undeclared-prefix-is-read',
  },
  'ignores the scope of a request': {
    'extended-1.1/4.4.1':
      'bit-order bits-from-start-index every-representation forgotten-with-the-swarm new-map-replaces padding-bits representations-apart scope-is-whole scope-leaves-others-out',
    'extended-1.1/5.1': 'scope-leaves-others-out',
    'gu-04/4.8': 'nobody-holds-it',
  },
  'forgets the chunk of a JOIN_CHUNK': {
    'gu-04/slides': 'find-chunk find-chunk-leaves-others-out join-chunk-declares',
  },
  'takes a LIVESEED for a SEED': {
    'gu-04/4.6': 'live-seed-listed',
  },
  'ignores ExpireTime': {
    'gu-04/4.6': 'expire-time',
  },
  'forgets what peers say of themselves': {
    'gu-04/slides': 'requirements',
  },
  'answers 403 for a swarm it does not know, in gu-04': {
    'gu-04/4.8': 'unknown-swarm',
  },
  'takes a DISCONNECT from one swarm for one from all': {
    'extended-1.1/5.2': 'of-one-swarm-keeps-the-other of-swarm-not-joined',
  },
  'hands out peers where it saw them': {
    'rfc7846/4.1.1':
      'declared-address-handed-out ipv6-address-handed-out preferred-address-handed-out public-address-not-told-to-who-knows public-address-told',
    'rfc7846/4.1.2': 'lists-addresses',
    'base-1.0/3.2':
      'address-as-declared asn-and-connection-kept every-address ipv6-address type-and-priority-kept',
    'base-1.0/4.1': 'public-address-port',
    'gu-04/4.4': 'address-as-declared ipv6-address',
  },
  'refuses statistics of any swarm': {
    'rfc7846/4.1.3':
      'counters-of-64-bits no-list-in-answer result-per-swarm statistics-of-own-swarm statistics-of-several-swarms statistics-of-some-swarms',
    'rfc7846/4.2': 'echo-stat-report',
    'rfc7846/4.4': 'in-stat-report',
    'rfc7846/4.1-examples': 'counter-left-out stat-in-capitals',
    'extended-1.1/4.3.1': 'report-while-tracking',
    'base-1.0/4.2':
      'counters-of-64-bits other-properties statistics-of-several-swarms statistics-of-swarm statistics-without-counters statistics-without-swarm',
    'gu-04/4.9': 'stream-stats',
  },
  'takes any answer for one to its question': {
    'gu-04/slides': 'answer-to-nothing report-answers',
  },
  'tells methods of gu-04 apart by their case': {
    'gu-04/4.2': 'connect-in-small-letters join-in-mixed-letters',
  },
  'reads no method with a space in it': {
    'gu-04/slides': 'join-chunk-with-space',
    'gu-04/4.9': 'with-space',
  },
  'reads no prefix that was not declared': {
    'gu-04/4.9': 'undeclared-prefix',
  },
  'wants TransactionID before PeerID': {
    'base-1.0/3.1': 'order-of-the-examples',
    'gu-04/4.1': 'order-of-elements',
  },
  'takes methods of base-01 in any case': {
    'extended-1.1/4.4.2': 'disconnect-in-small-letters find-in-small-letters',
    'base-1.0/3.3': 'connect-in-small-letters stat-report-in-small-letters',
  },
  'takes any version': {
    'rfc7846/4.3': 'status-of-version version-0 version-2 version-255 version-before-grammar',
    'extended-1.1/4.4': 'foreign-version',
    'base-1.0/4.3': 'version version-empty-body version-in-reason',
    'gu-04/4.3': 'version',
  },
  'writes no XML declaration': {
    'extended-1.1/4.4': 'response-to-connect-to-the-letter',
    'extended-1.1/5.2': 'response-to-the-letter',
    'extended-1.1/5.3': 'response-to-the-letter',
    'base-1.0/3.1': 'encoding-utf-8 response-to-the-letter xml-declaration',
    'base-1.0/4.2': 'response-to-the-letter',
  },
  'writes identifiers unescaped': {
    'base-1.0/3.1': 'escaped-identifiers',
  },
  'says with a body what is wrong with XML': {
    'rfc7846/http': 'xml-of-no-edition',
    'base-1.0/4.3': 'not-well-formed-empty-body version-empty-body',
  },
  'answers errors with status 200': {
    'rfc7846/4.3': 'status-of-bad-request status-of-forbidden status-of-version',
    'rfc7846/http': 'other-media-type',
    'rfc7846/robustness': 'over-1-mib',
    'gu-04/4.2': 'error-body',
    'gu-04/4.3': 'no-peer-id no-transaction-id no-version not-well-formed unknown-method version',
    'gu-04/4.8': 'nobody-holds-it',
  },
  'writes Content-Type where there is no body': {
    'rfc7846/http': 'xml-of-no-edition',
    'base-1.0/4.3': 'no-content-type-of-nothing',
  },
  'gives no reason for a refusal': {
    'extended-1.1/4.5': 'unknown-messages',
    'base-1.0/4.3': 'reason-phrase version-in-reason',
  },
};
