import { describe, expect, it } from 'vitest';
import { encodeText } from '../../protocol/text.ts';
import { checkXml } from '../../protocol/xml-check.ts';
import type { CaseResult, Exchange, Verdict } from '../case.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { escaped, shownBody } from './report.ts';
import type { RunReport } from './report.ts';

/** What a tracker may put into a report: markup, entities, and what XML cannot carry. */
const HOSTILE = `</pre><script>alert("1")</script>&#x3c;]]>'\u0000\u0007\ufffe\ud800\u2028`;

const EXCHANGE: Exchange = {
  step: `step ${HOSTILE}`,
  at: 1.4,
  took: 20.6,
  request: {
    method: 'POST',
    target: `/${HOSTILE}`,
    headers: [['Content-Type', HOSTILE]],
    body: encodeText(`{"a":"${HOSTILE}"}`),
  },
  answer: { status: 200, reason: HOSTILE, headers: [[HOSTILE, HOSTILE]], body: new Uint8Array([0xff, 0, 1]) },
};

const result = (
  name: string,
  level: 'MUST' | 'SHOULD',
  verdict: Verdict,
  section = 'RFC 7846 §4.3',
): CaseResult => ({
  info: {
    id: `rfc7846/4.3/${name}`,
    edition: 'rfc7846',
    section,
    level,
    requirement: `It is ${name}.`,
    advice: 'Do <it> & be done.',
  },
  verdict,
  exchanges: [EXCHANGE],
  milliseconds: 1234.5,
});

const fail = { verdict: 'fail', expected: `this ${HOSTILE}`, actual: `that ${HOSTILE}` } as const;
const REPORT: RunReport = {
  subject: `http://tracker.example/${HOSTILE}`,
  tool: 'swarmscope 1.2.3',
  started: '2026-01-02T03:04:05.678Z',
  milliseconds: 5000,
  results: [
    result('good', 'MUST', { verdict: 'pass' }),
    result('bad', 'MUST', fail),
    result('worse', 'SHOULD', fail, 'RFC 7846 §4.4'),
    result('skipped', 'MUST', { verdict: 'skipped', why: HOSTILE }),
    result('open', 'MUST', { verdict: 'inconclusive', why: HOSTILE }),
    result('broken', 'MUST', { verdict: 'fault', why: HOSTILE }),
  ],
};

describe('a body', () => {
  it('is shown as text where it is UTF-8, and in Base64 otherwise', () => {
    expect(shownBody(encodeText('é'))).toEqual({ bytes: 2, cut: false, form: 'text', shown: 'é' });
    expect(shownBody(new Uint8Array())).toEqual({ bytes: 0, cut: false, form: 'text', shown: '' });
    expect(shownBody(new Uint8Array([0xff]))).toEqual({
      bytes: 1,
      cut: false,
      form: 'base64',
      shown: '/w==',
    });
    expect(shownBody(encodeText('\ufeffa')).shown).toBe('\ufeffa');
  });

  it('is cut at 16 KiB, between letters', () => {
    for (const start of ['', 'a', 'aa', 'aaa']) {
      const { bytes, cut, form, shown } = shownBody(encodeText(start + '😀'.repeat(10_000)));
      expect([bytes, cut, form]).toEqual([start.length + 40_000, true, 'text']);
      expect(shown).toBe(start + '😀'.repeat(start === '' ? 4096 : 4095));
    }
  });
});

it('escapes for text and attributes alike', () => {
  expect(escaped(`<a b="c" d='e'>&\u0000\ud800\t\n`)).toBe(
    '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;\ufffd\ufffd\t\n',
  );
});

describe('JUnit', () => {
  const xml = junitReport(REPORT);
  it('is well-formed whatever came over the wire', () => {
    expect(checkXml(xml, 10_000)).toMatchObject({ ok: true });
    expect(xml).not.toContain('<script');
  });

  it('counts a failed MUST as failure, a failed SHOULD as skipped, a fault of ours as error', () => {
    expect(xml).toMatch(/<testsuites [^>]*tests="6" failures="1" errors="1" skipped="3" time="5.000">/);
    expect(xml).toMatch(/<testsuite name="RFC 7846 §4.3" tests="5" failures="1" errors="1" skipped="2"/);
    expect(xml).toMatch(/<testcase classname="rfc7846\/4.3" name="good" time="1.234"\/>|time="1.235"\/>/);
    expect(xml).toMatch(
      /name="bad" [^>]*><failure type="fail \(MUST\)" message="expected this [^"]*; actual: that/,
    );
    expect(xml).toMatch(/name="worse" [^>]*><skipped message="fail \(SHOULD\): expected/);
    expect(xml).toMatch(/name="open" [^>]*><skipped message="inconclusive \(MUST\): /);
    expect(xml).toMatch(/name="broken" [^>]*><error /);
  });
});

describe('HTML', () => {
  const html = htmlReport(REPORT);
  it('lets nothing from the wire be markup, runs no script and fetches nothing', () => {
    expect(html).not.toMatch(/<script|<img|<link|\son\w+=|javascript:|src=|href=/i);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html.match(/<pre>/g)).toHaveLength(12);
    expect(html.match(/<\/pre>/g)).toHaveLength(12);
  });

  it('tells of every case its requirement, section, what was expected and came, and the bytes', () => {
    expect(html).toMatch(/<details class="case fail" id="rfc7846\/4.3\/bad" open>/);
    expect(html).toMatch(/<details class="case should" id="rfc7846\/4.3\/worse" open>/);
    expect(html).toMatch(/<details class="case pass" id="rfc7846\/4.3\/good">/);
    for (const text of [
      'It is bad.',
      '<dd>RFC 7846 §4.4</dd>',
      '<dt>Expected</dt><dd>this ',
      '<dt>Actual</dt><dd>that ',
    ])
      expect(html).toContain(text);
    expect(html).toContain('Do &lt;it&gt; &amp; be done.');
    expect(html).toContain('[in Base64]\n/wAB');
    expect(html).toContain(
      '1 passed, 1 MUST and 1 SHOULD not met, 1 inconclusive, 1 skipped, 1 faults of the suite',
    );
  });
});

it('JSON holds counts, verdicts and bytes', () => {
  const report = JSON.parse(jsonReport(REPORT)) as { readonly results: readonly unknown[] };
  expect(report).toMatchObject({
    tool: 'swarmscope 1.2.3',
    counts: { pass: 1, fail: 2, skipped: 1, inconclusive: 1, fault: 1, failedMusts: 1 },
  });
  expect(report.results[1]).toMatchObject({
    id: 'rfc7846/4.3/bad',
    level: 'MUST',
    ...fail,
    exchanges: [{ answer: { status: 200, body: { bytes: 3, form: 'base64', shown: '/wAB' } } }],
  });
});
