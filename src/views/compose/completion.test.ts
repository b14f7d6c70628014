import { CompletionContext } from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { xml } from '@codemirror/lang-xml';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import type { WireWord } from '../../dashboard/compose/state.ts';
import { completeFrom } from './completion.ts';

const word = (path: string, value: string, use: WireWord['use'] = 'mandatory'): WireWord => ({
  path,
  name: /[^.@]*$/.exec(path)?.[0].replace('[]', '') ?? '',
  use,
  value,
  section: 'RFC 7846 §3',
  meaning: 'Something.',
});

const JSON_WORDS = [
  word('R', 'object'),
  word('R.version', 'number, 1'),
  word('R.connect', 'object'),
  word('R.connect.swarm_action[]', 'array of at least one object'),
  word('R.connect.swarm_action[].action', 'JOIN or LEAVE'),
  word('R.connect.swarm_action[].swarm_id', 'string, 1 to 1,024 bytes'),
  word('R.find', 'object', 'departure'),
];
const XML_WORDS = [
  word('R', 'elements'),
  word('R@version', '1.0'),
  word('R.Request', 'CONNECT or STAT_REPORT'),
  word('R.SwarmID[]', 'identifier'),
  word('R.SwarmID[]@action', 'JOIN or LEAVE'),
  word('R.SwarmID[]@peerMode', 'SEED or LEECH'),
  word('R.Group.Info[]', 'elements'),
];

/** What is offered at `|`, and what picking the first makes of the text. */
function offered(
  text: string,
  explicit = false,
): { readonly names: readonly string[]; readonly first: string } {
  const pos = text.indexOf('|');
  const doc = text.replace('|', '');
  const isJson = doc.startsWith('{');
  const state = EditorState.create({ doc, extensions: isJson ? json() : xml() });
  const complete = completeFrom(() => (isJson ? JSON_WORDS : XML_WORDS));
  const result = complete(new CompletionContext(state, pos, explicit));
  if (result === null) return { names: [], first: doc };
  const [first] = result.options;
  const apply = typeof first?.apply === 'string' ? first.apply : '';
  return {
    names: result.options.map(({ label, displayLabel }) => displayLabel ?? label),
    first: doc.slice(0, result.from) + apply + doc.slice(result.to ?? pos),
  };
}

describe('JSON', () => {
  it('offers the members of the object that the cursor is in, departures last', () => {
    expect(offered('{"R": {"|"}}')).toEqual({
      names: ['version', 'connect', 'find'],
      first: '{"R": {"version": }}',
    });
    expect(offered('{"R": {"connect": {"swarm_action": [{"|"}]}}}').names).toEqual(['action', 'swarm_id']);
    expect(offered('{"R": {|}}', true).names).toEqual(['version', 'connect', 'find']);
    expect(offered('{|}', true).names).toEqual(['R']);
  });

  it('offers the words of a value, and keeps a name that has one', () => {
    expect(offered('{"R":{"connect":{"swarm_action":[{"action":"|"}]}}}')).toEqual({
      names: ['"JOIN"', '"LEAVE"'],
      first: '{"R":{"connect":{"swarm_action":[{"action":"JOIN"}]}}}',
    });
    expect(offered('{"R":{"ver|":1}}').first).toBe('{"R":{"version":1}}');
  });

  it('offers nothing unasked where there is nothing to say', () => {
    expect(offered('{"R":{"version":1| }}').names).toEqual([]);
  });
});

describe('XML', () => {
  it('offers the elements of the one that the cursor is in', () => {
    expect(offered('<R><|</R>').names).toEqual(['Request', 'SwarmID']);
    expect(offered('<R>|</R>', true).first).toBe('<R><Request></Request></R>');
    expect(offered('<R><Group><|</Group></R>').names).toEqual(['Info']);
  });

  it('offers attributes, and the words of their values', () => {
    expect(offered('<R><SwarmID |>film</SwarmID></R>', true).names).toEqual(['action', 'peerMode']);
    expect(offered('<R><SwarmID pe|>film</SwarmID></R>').names).toEqual(['action', 'peerMode']);
    expect(offered('<R><SwarmID action="|">film</SwarmID></R>')).toEqual({
      names: ['JOIN', 'LEAVE'],
      first: '<R><SwarmID action="JOIN">film</SwarmID></R>',
    });
  });

  it('offers the words of an element’s text when asked', () => {
    expect(offered('<R><Request>|</Request></R>', true).names).toEqual(['CONNECT', 'STAT_REPORT']);
  });
});
