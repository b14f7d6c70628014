import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecOf } from '../../protocol/editions/index.ts';
import { explain } from '../../protocol/explain/explain.ts';
import { EDITIONS } from '../../protocol/message.ts';
import { RULES } from '../../protocol/rules.ts';
import { arbitraryRequest } from '../../testing/arbitraries.ts';
import { blankForm, fieldsOf, formOf, requestOf } from './form.ts';

const IDS = { peerId: 'p1', transactionId: 't1' };
const names = (...of: Parameters<typeof fieldsOf>): string[] => fieldsOf(...of).map(({ name }) => name);

describe.each(EDITIONS)('%s', (edition) => {
  it('gives every message back from its form, as typed by people', () => {
    fc.assert(
      fc.property(arbitraryRequest(edition), (request) => {
        const read = requestOf(formOf(request));
        expect(read).toEqual({ ok: true, request });
      }),
    );
  });

  it.each(RULES[edition].methods)('has a blank %s that conforms', (method) => {
    const read = requestOf(blankForm(edition, method, IDS));
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const body = codecOf(edition).encodeRequest(read.request);
    const { outcome, summary } = explain(body, { edition, kind: 'request' });
    expect([outcome, summary]).toEqual(['conforms', expect.stringContaining(method)]);
  });

  it.each(RULES[edition].methods)('cites a section for each field of %s', (method) => {
    for (const { section, meaning, name } of fieldsOf(edition, method))
      expect([name, section !== '' && meaning !== '']).toEqual([name, true]);
  });
});

it('has the fields that the edition has for the method, in its words', () => {
  expect(names('rfc7846', 'CONNECT')).toEqual([
    'peer_id',
    'transaction_id',
    'swarm_action',
    'peer_num',
    'peer_addr',
  ]);
  expect(names('extended-1.1', 'FIND')).toEqual([
    'PeerID',
    'TransactionID',
    'SwarmID',
    'PeerNum',
    'PeerAddress',
    'ContentGroup',
  ]);
  expect(names('gu-04', 'CONNECT')).toEqual(['PeerID', 'TransactionID', 'AuthToken', 'PeerAddress', 'Cer']);
  expect(names('gu-04', 'KEEPALIVE')).toEqual(['PeerID', 'TransactionID', 'AuthToken']);
  const mode = fieldsOf('rfc7846', 'CONNECT')
    .find(({ key }) => key === 'actions')
    ?.fields?.find(({ key }) => key === 'mode');
  expect(mode?.options).toEqual([
    { word: 'SEEDER', value: 'SEED' },
    { word: 'LEECH', value: 'LEECH' },
  ]);
});

it('says where a form is no message, and why', () => {
  const blank = blankForm('rfc7846', 'CONNECT', { ...IDS, peerId: '' });
  const values = {
    ...blank.values,
    actions: [{ swarmId: 'a\u0007', action: 'STAY', mode: 'SEED' }],
    peerNum: { count: '-1' },
    addresses: [{ address: '300.1.1.1', port: 'x', priority: '1', type: 'HOST' }],
  };
  expect(requestOf({ ...blank, values })).toEqual({
    ok: false,
    problems: [
      { path: 'peerId', problem: 'is missing' },
      { path: 'actions.0.swarmId', problem: 'holds a control character' },
      { path: 'actions.0.action', problem: 'is not JOIN or LEAVE' },
      { path: 'peerNum.count', problem: 'is not a whole number' },
      { path: 'addresses.0.address', problem: 'is no IPv4 or IPv6 address' },
      { path: 'addresses.0.port', problem: 'is not a whole number' },
    ],
  });
  expect(requestOf({ ...blank, values: { ...IDS, actions: [] } })).toMatchObject({
    problems: [{ path: 'actions', problem: 'has no entry' }],
  });
});
