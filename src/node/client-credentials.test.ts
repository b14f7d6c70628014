import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAccessList } from './access-file.ts';
import { loadCredentials, readCredentials } from './client-credentials.ts';
import { runConformance } from './conformance.ts';
import { startServer } from './server.ts';

const SECRET = 'Sehr.geheim_0123456789';
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a file of credentials', () => {
  it.each([
    ['bearer', `# the tracker's\n\n${SECRET}\n`, { scheme: 'bearer', token: SECRET }],
    ['digest', 'me:pass:word \r\n', { scheme: 'digest', user: 'me', password: 'pass:word ' }],
  ] as const)('is read: %s', (scheme, text, credentials) => {
    expect(readCredentials(scheme, text, 'f', '--auth')).toEqual(credentials);
  });

  it.each([
    ['bearer', '', /one line: the token/],
    ['bearer', `${SECRET}\n${SECRET}`, /one line/],
    ['bearer', `${SECRET} more`, /no token/],
    ['bearer', `${hash(SECRET)} me *`, /holds hashes/],
    ['digest', SECRET, /user:password/],
    ['digest', `:${SECRET}`, /user:password/],
    ['digest', `me:here:${hash(SECRET)}`, /holds hashes/],
  ] as const)('is refused, and not quoted: %s %#', (scheme, text, problem) => {
    const read = (): unknown => readCredentials(scheme, text, 'f', '--auth');
    expect(read).toThrow(problem);
    expect(read).toThrow(/^(?!.*geheim)/s);
  });

  it('is missed by its name', () => {
    const read = (): unknown => loadCredentials({ scheme: 'bearer', file: '/nowhere/token' }, '--auth');
    expect(read).toThrow(/^--auth: cannot read \/nowhere\/token: ENOENT/);
  });
});

describe('conformance --auth', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'swarmscope-auth-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['bearer', 'digest'] as const)('asks a guarded tracker by %s, and tells nobody', async (scheme) => {
    const entry = scheme === 'bearer' ? `${hash(SECRET)} me *` : `me:here:${hash(`me:here:${SECRET}`)} *`;
    const access = readAccessList(scheme, entry, 'access');
    const server = await startServer({ host: '127.0.0.1', port: 0, access });
    const file = join(folder, 'secret');
    writeFileSync(file, scheme === 'bearer' ? SECRET : `me:${SECRET}`);
    const reports = {
      json: join(folder, 'r.json'),
      html: join(folder, 'r.html'),
      junit: join(folder, 'r.xml'),
    };
    const lines: string[] = [];
    const run = (auth: Parameters<typeof runConformance>[0]['auth']): Promise<number> =>
      runConformance(
        {
          url: new URL(server.url),
          edition: 'rfc7846',
          only: ['rfc7846/4.1.1/*', ...(auth === undefined ? [] : ['rfc7846/http/*'])],
          section: undefined,
          level: undefined,
          trackTimer: undefined,
          timeout: 30,
          concurrency: 4,
          list: false,
          auth,
          ...reports,
        },
        { print: (line) => lines.push(line), tool: 'swarmscope 0.0.0' },
      );
    try {
      expect(await run({ scheme, file })).toBe(0);
      // Those show what they send, headers and all.
      expect(lines).toContainEqual(expect.stringMatching(/skip {2}rfc7846\/http\/.*needs a raw socket$/));
      expect(lines.at(-1)).toMatch(/^[1-9]\d* passed, 0 failed .* 0 inconclusive/);
      for (const report of [
        ...Object.values(reports).map((name) => readFileSync(name, 'utf8')),
        lines.join('\n'),
      ]) {
        expect(report).not.toContain(SECRET);
        expect(report).not.toMatch(/authorization|response=/i);
      }
      expect(await run(undefined)).toBe(1);
    } finally {
      await server.stop();
    }
  });
});
