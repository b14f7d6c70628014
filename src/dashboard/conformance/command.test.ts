import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { commandFor } from './command.ts';

const info = { id: 'rfc7846/4.1.1/leave' };

it('names the tracker, the case and the track timer', () => {
  expect(commandFor({ suite: 'trackers', info, url: 'http://t.example/a', trackTimer: 3 })).toBe(
    "swarmscope conformance 'http://t.example/a' --only 'rfc7846/4.1.1/leave' --track-timer 3",
  );
  expect(commandFor({ suite: 'peers', info, url: 'http://t.example/a', trackTimer: 3 })).toBe(
    "swarmscope conformance --peers --own --only 'rfc7846/4.1.1/leave'",
  );
});

it('says the same to a shell, whatever is in the URL', () => {
  const url = `http://t.example/?a='$(id)'&b="\`c\`"`;
  const command = commandFor({ suite: 'trackers', info, url, trackTimer: undefined });
  const script = command.replace(/^swarmscope/, `printf '%s\\n'`);
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim().split('\n')).toEqual([
    'conformance',
    url,
    '--only',
    info.id,
  ]);
});
