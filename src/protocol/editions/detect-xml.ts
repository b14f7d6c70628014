/**
 * Which XML edition a document is in, and whether it asks or answers (digest, top). The rule is `editionOf`
 * over the elements directly under the root. `scanXml` comes to the same by one pass over the bytes, with no
 * tree, for a tracker does this with every request before the codec reads it.
 */
import type { EditionId } from '../message.ts';
import { RULES } from '../rules.ts';
import { readXml } from '../xml.ts';
import type { XmlElement } from '../xml.ts';
import { MAX_ELEMENTS } from './base/read-response.ts';
import { StartTags } from './scan-xml.ts';

export interface Detected {
  readonly edition: EditionId;
  /**
   * `request`: for `decodeRequest`, gu-04's `<RESPONSE>` of a peer to a STAT_QUERY included; `response`:
   * for `decodeResponse`.
   */
  readonly kind: 'request' | 'response';
}

/** What the rule looks at. */
interface Signs {
  /** The first of `KINDS` directly under the root: it says whose document this is. */
  readonly first: string;
  /** Its text, trimmed. */
  readonly word: string;
  readonly version: string | undefined;
  /** A scope or a map of content is there. */
  readonly scoped: boolean;
  /** One of `GU_ONLY` is there. */
  readonly listed: boolean;
}

/** gu-04 asks with Method and RESPONSE, the others with Request; all answer with Response. */
const KINDS: ReadonlySet<string> = new Set(['Method', 'RESPONSE', 'Request', 'Response']);
/** extended-04 §4.4: what base-01 does not have. */
const SCOPE = 'ContentGroup';
const STATISTICS = 'StatisticsGroup';
const STAT = 'Stat';
const PROPERTY = 'property';
const MAP = 'ContentMap';
const ADDED: ReadonlySet<string> = new Set(['FIND', 'DISCONNECT']);
/** What the answers of gu-04 hold and the others do not (gu -06 §4.6, §4.8; digest, "gu-04"). */
const GU_ONLY: ReadonlySet<string> = new Set(['Peers', 'PeerInfoList', 'Queries', 'SwarmID', 'ChunkID']);
/** base-01 table 7. gu-04 has AUTHENTICATION REQUIRED too: with nothing else in it, it is taken for base-01's. */
const BASE_WORDS: ReadonlySet<string> = new Set(['SUCCESSFUL', 'AUTHENTICATION REQUIRED']);

/** Of elements that tell anything. */
const NAMES: readonly string[] = [...KINDS, SCOPE, STATISTICS, STAT, ...GU_ONLY];

/** A peer's answer, whichever way it writes the element. */
const ANSWERED = /^STAT[_ ]QUERY$/i;

function judge({ first, word, version, scoped, listed }: Signs): Detected {
  const extended = version === RULES['extended-1.1'].version;
  switch (first) {
    case 'Request':
      return {
        edition: extended || scoped || ADDED.has(word) ? 'extended-1.1' : 'base-1.0',
        kind: 'request',
      };
    case 'Response': {
      const own = extended ? 'extended-1.1' : 'base-1.0';
      const edition = BASE_WORDS.has(word) && !listed ? own : 'gu-04';
      return { edition, kind: ANSWERED.test(word) ? 'request' : 'response' };
    }
    default:
      return { edition: 'gu-04', kind: 'request' };
  }
}

/** The rule, over a tree. */
export function editionOf(root: XmlElement): Detected | undefined {
  const first = root.children.find(({ name }) => KINDS.has(name));
  if (!first) return undefined;
  const holdsMap = ({ children }: XmlElement): boolean =>
    children.some(({ name, attributes }) => name === STAT && attributes.get(PROPERTY) === MAP);
  return judge({
    first: first.name,
    word: first.text.trim(),
    version: root.attributes.get('version'),
    scoped: root.children.some(
      (child) => child.name === SCOPE || (child.name === STATISTICS && holdsMap(child)),
    ),
    listed: root.children.some(({ name }) => GU_ONLY.has(name)),
  });
}

/** The same rule over the bytes; `unsure` where a parser must say. */
function scanXml(body: Uint8Array): Detected | 'unsure' | undefined {
  const tags = new StartTags(body, NAMES);
  let first: string | undefined;
  let word = '';
  let version: string | undefined;
  let scoped = false;
  let listed = false;
  let statistics = false;
  while (tags.next()) {
    if (tags.depth === 0) version = tags.attribute('version');
    else if (tags.depth === 1) {
      const name = tags.localName();
      statistics = name === STATISTICS;
      scoped ||= name === SCOPE;
      listed ||= name !== undefined && GU_ONLY.has(name);
      if (first === undefined && name !== undefined && KINDS.has(name)) {
        first = name;
        word = tags.text().trim();
      }
    } else if (statistics && tags.depth === 2 && tags.localName() === STAT)
      scoped ||= tags.attribute(PROPERTY) === MAP;
    if (tags.unsure) return 'unsure';
    if (first !== undefined && settled(first, { word, version, scoped, listed })) break;
  }
  return first === undefined ? undefined : judge({ first, word, version, scoped, listed });
}

/** Whether nothing that is still to come can change what the document is. */
function settled(first: string, { word, version, scoped, listed }: Omit<Signs, 'first'>): boolean {
  switch (first) {
    case 'Request':
      return scoped || ADDED.has(word) || version === RULES['extended-1.1'].version;
    case 'Response':
      return listed || !BASE_WORDS.has(word);
    default:
      return true;
  }
}

/** `undefined`: XML of none of the editions, or none that is well-formed enough to tell. */
export function detectXml(body: Uint8Array): Detected | undefined {
  const scanned = scanXml(body);
  if (scanned !== 'unsure') return scanned;
  const xml = readXml(body, MAX_ELEMENTS);
  return xml.ok ? editionOf(xml.root) : undefined;
}
