/**
 * The file behind `--auth`: who may speak to the tracker, and as which peers. It holds hashes, never what they are
 * of. Lines: empty, a comment (`#` at its start), or an entry as README.md has it.
 */
import type { Identity } from '../tracker/access.ts';
import { StartError } from './start-error.ts';

export interface BearerEntry {
  readonly identity: Identity;
  /** SHA-256 of the token, in hex. */
  readonly tokenHash: string;
}

export interface DigestEntry {
  readonly identity: Identity;
  readonly user: string;
  /** Hashes of `user:realm:password`, in hex, by algorithm (H(A1) of RFC 7616 §3.4.2). */
  readonly secrets: ReadonlyMap<string, string>;
}

export type AccessList =
  | { readonly scheme: 'bearer'; readonly entries: readonly BearerEntry[] }
  | { readonly scheme: 'digest'; readonly realm: string; readonly entries: readonly DigestEntry[] };

export type Scheme = AccessList['scheme'];

const BEARER = /^(?<hash>[\da-f]{64})[ \t]+(?<name>\S+)(?:[ \t]+(?<pattern>\S.*))?$/i;
const DIGEST =
  /^(?<user>[^:]+):(?<realm>[^:]+):(?<sha256>[\da-f]{64})(?::(?<md5>[\da-f]{32}))?(?:[ \t]+(?<pattern>\S.*))?$/i;
/** It stands in a header, in quotes. */
const REALM = /^[\x20-\x7e]+$/;

/** `name`: of the file, for people. Throws StartError, which names the line and quotes nothing of it. */
export function readAccessList(scheme: Scheme, text: string, name: string): AccessList {
  const problem = (line: number, what: string): StartError =>
    new StartError(`--auth: ${name}, line ${line}: ${what}`);
  const entries = new Map<string, { readonly fields: Record<string, string | undefined>; line: number }>();
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1;
    const written = raw.trim();
    if (written === '' || written.startsWith('#')) continue;
    const fields = (scheme === 'bearer' ? BEARER : DIGEST).exec(written)?.groups;
    if (fields === undefined)
      throw problem(
        line,
        scheme === 'bearer'
          ? 'it must be the SHA-256 of a token in hex, a name and, where wanted, a pattern of peer IDs.'
          : 'it must be user:realm:SHA-256[:MD5], hashes in hex, and, where wanted, a pattern of peer IDs.',
      );
    if ((fields['pattern']?.split('*').length ?? 1) > 2) throw problem(line, 'a pattern has at most one *.');
    const key = fields['user'] ?? fields['hash']?.toLowerCase() ?? '';
    const before = entries.get(key);
    if (before !== undefined)
      throw problem(
        line,
        `the same ${scheme === 'bearer' ? 'token' : 'user'} stands on line ${before.line} already.`,
      );
    entries.set(key, { fields, line });
  }
  const [first] = entries.values();
  if (first === undefined)
    throw new StartError(`--auth: ${name} names nobody: nobody could use the tracker.`);
  if (scheme === 'bearer')
    return {
      scheme,
      entries: [...entries].map(
        ([
          tokenHash,
          {
            fields: { name = '', pattern },
          },
        ]) => ({
          identity: identityOf(name, pattern),
          tokenHash,
        }),
      ),
    };
  const realm = first.fields['realm'] ?? '';
  return {
    scheme,
    realm,
    entries: [...entries].map(([user, { fields, line }]) => {
      if (!REALM.test(realm)) throw problem(line, 'a realm is printable ASCII.');
      if (fields['realm'] !== realm) throw problem(line, `its realm is not that of line ${first.line}.`);
      const { sha256 = '', md5, pattern } = fields;
      const secrets = new Map([['SHA-256', sha256.toLowerCase()]]);
      if (md5 !== undefined) secrets.set('MD5', md5.toLowerCase());
      return { identity: identityOf(user, pattern), user, secrets };
    }),
  };
}

/** Without a pattern it is the peer of its own name, and no other (digest, "Security the texts ask for"). */
const identityOf = (name: string, pattern: string | undefined): Identity => ({
  name,
  mayActAs: pattern === undefined ? (peerId) => peerId === name : matches(pattern),
});

/** `*` stands for any text, the empty one too. */
function matches(pattern: string): Identity['mayActAs'] {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return (peerId) => peerId === pattern;
  return (peerId) =>
    peerId.length >= before.length + after.length && peerId.startsWith(before) && peerId.endsWith(after);
}
