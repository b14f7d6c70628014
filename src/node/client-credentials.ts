/** Files with what this computer says of itself to somebody else's tracker: a token, or a user and a password. */
import { readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { InvalidArgumentError } from 'commander';
import type { Credentials } from '../transport/authentication.ts';
import { StartError } from './start-error.ts';

export interface CredentialsFile {
  readonly scheme: Credentials['scheme'];
  readonly file: string;
}

/** For the command line. */
export function readCredentialsOption(text: string): CredentialsFile {
  const [, scheme, file] = /^(bearer|digest):(.+)$/s.exec(text) ?? [];
  if (file === undefined || (scheme !== 'bearer' && scheme !== 'digest'))
    throw new InvalidArgumentError('It must be bearer:FILE or digest:FILE.');
  return { scheme, file };
}

/** RFC 6750 §2.1. */
const TOKEN = /^[\w.~+/-]+=*$/;
/** What `--auth` of `serve` and `tracker` takes: hashes, by which nobody can say who they are. */
const HASHED = /^(?:[\da-f]{64}\s+\S|[^:]+:[^:]+:[\da-f]{64}(?:[:\s]|$))/i;

/**
 * One line that is neither empty nor a comment (`#`): a token, or `user:password`. `text`: of the file, `name` its
 * name for people, `flag` where it was named.
 * @throws {StartError} That quotes nothing of it.
 */
export function readCredentials(
  scheme: Credentials['scheme'],
  text: string,
  name: string,
  flag: string,
): Credentials {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const [line = ''] = lines;
  const wrong = (what: string): StartError => new StartError(`${flag}: ${name} ${what}`);
  if (HASHED.test(line))
    throw wrong(
      'holds hashes, as a tracker needs them: here the secret itself is needed, in a file of its own.',
    );
  if (lines.length !== 1)
    throw wrong(`must hold one line: ${scheme === 'bearer' ? 'the token' : 'user:password'}.`);
  if (scheme === 'bearer') {
    const token = line.trim();
    if (!TOKEN.test(token)) throw wrong('holds no token: letters, digits and -._~+/ alone.');
    return { scheme, token };
  }
  const colon = line.indexOf(':');
  if (colon < 1) throw wrong('must hold user:password.');
  return { scheme, user: line.slice(0, colon), password: line.slice(colon + 1) };
}

/** @throws {StartError} When it cannot be read. */
export function loadCredentials({ scheme, file }: CredentialsFile, flag: string): Credentials {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new StartError(`${flag}: cannot read ${file}: ${problem}`, { cause: error });
  }
  return readCredentials(scheme, text, file, flag);
}

/** A text that nobody can guess (RFC 7616 §3.4). */
export const cnonce = (): string => randomBytes(16).toString('base64url');
