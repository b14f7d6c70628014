import { expect, it } from 'vitest';
import { csvRecord, csvTable, SERIES_COLUMNS, seriesRecords } from './csv.ts';

it('quotes what RFC 4180 wants quoted, and ends every record with CRLF', () => {
  expect(csvRecord(['a', 1.5, 'b,c', 'say "x"', 'two\nlines', undefined])).toBe(
    'a,1.5,"b,c","say ""x""","two\nlines",\r\n',
  );
  expect(csvTable(['name', 'n'], [{ name: 'x', n: 1 }, { name: 'y' }])).toBe('name,n\r\nx,1\r\ny,\r\n');
});

it('writes the series in the columns of the contract', () => {
  expect(SERIES_COLUMNS.join(',')).toBe('time,swarm,leeches,seeds,arrivals,departures,requests,errors');
  const row = {
    time: 0.5,
    swarm: 'a,b',
    leeches: 1,
    seeds: 2,
    arrivals: 3,
    departures: 4,
    requests: 5,
    errors: 6,
  };
  expect(seriesRecords([row])).toBe('0.5,"a,b",1,2,3,4,5,6\r\n');
});
