/** Trackers that are wrong about the bytes: spelling, XML, versions, HTTP. */
import { encodeText } from '../../protocol/text.ts';
import { reading, sending, writing } from './tracker-faults.ts';
import type { Wrong } from './tracker-faults.ts';

const isXml = (text: string): boolean => text.trimStart().startsWith('<');

const METHOD = /<Method>([^<]*)<\/Method>/;
export const FORM_MUTANTS = {
  'tells methods of gu-04 apart by their case': reading((text) =>
    /<Method>[^<]*[a-z]/.test(text) ? text.replace(METHOD, '<Method>PING</Method>') : text,
  ),
  'reads no method with a space in it': reading((text) =>
    /<Method>[^<]* /.test(text) ? text.replace(METHOD, '<Method>PING</Method>') : text,
  ),
  'reads no prefix that was not declared': reading((text) =>
    text.includes('<report:') && !text.includes('xmlns:report=') ? text.replace('</Stats>', '') : text,
  ),
  'wants TransactionID before PeerID': reading((text) =>
    isXml(text) && text.indexOf('<TransactionID') > text.indexOf('<PeerID')
      ? text.replace(/<PeerID.*?<\/PeerID>/, '')
      : text,
  ),
  'takes methods of base-01 in any case': reading((text) =>
    text.replace(/<Request>([^<]*)</, (_, word: string) => `<Request>${word.toUpperCase()}<`),
  ),
  'takes any version': reading((text) =>
    isXml(text)
      ? text.replace(/version="9\.9"/, 'version="1.0"')
      : text.replace(/"version":(?!1[,}])\d+/, '"version":1'),
  ),
  'writes no XML declaration': writing((text) => text.replace(/^<\?xml[^>]*>/, '')),
  'writes identifiers unescaped': writing((text) => (isXml(text) ? text.replaceAll('&lt;', '<') : text)),
  'says with a body what is wrong with XML': sending((response, { contentType }) =>
    response.status === 400 && response.body.length === 0 && contentType !== undefined
      ? {
          ...response,
          body: encodeText('<error/>'),
          headers: { ...response.headers, 'content-type': 'application/xml' },
        }
      : response,
  ),
  'answers errors with status 200': sending((response) =>
    response.body.length > 0 && response.status !== 200
      ? { ...response, status: 200, reason: 'OK' }
      : response,
  ),
  'writes Content-Type where there is no body': sending((response) =>
    response.body.length === 0
      ? {
          ...response,
          headers: { ...response.headers, 'content-type': 'application/xml' },
        }
      : response,
  ),
  'gives no reason for a refusal': sending((response) => ({
    ...response,
    reason: response.reason.replace(/:.*$/, ''),
  })),
} satisfies Readonly<Record<string, Wrong>>;
