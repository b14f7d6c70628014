/** What a STAT_REPORT tells (base-01 §3.2, table 4 and 5, §4.2; extended-04 §5.4). */
import { asSwarmId } from '../../ids.ts';
import type { StatReportRequest, StreamStats } from '../../message.ts';
import { all, MAX_LIST, present } from '../../reading.ts';
import type { Reading } from '../../reading.ts';
import { RULES } from '../../rules.ts';
import type { XmlElement } from '../../xml.ts';
import type { BaseEdition } from './elements.ts';
import { every, ROOT, single } from './elements.ts';
import { readContentMap } from './read-content.ts';

const STREAM = 'StreamStatistics';
const CONTENT = 'ContentMap';

export type Statistics = Pick<StatReportRequest, 'stats' | 'contentMaps' | 'properties'>;

export function readStatistics(
  reading: Reading,
  root: XmlElement,
  edition: BaseEdition,
): Statistics | undefined {
  const group = single(reading, root, ROOT, 'StatisticsGroup');
  const path = `${ROOT}.StatisticsGroup`;
  const items = group ? every(group, 'Stat', path) : []; // none: keep-alive, §4.2
  if (items.length > MAX_LIST) return reading.refuse(path, `has more than ${MAX_LIST} Stat elements`);
  // Other properties may be defined (§3.2, §7); what is in them is unknown here.
  const of = (property: string): typeof items =>
    items.filter(({ element }) => (element.attributes.get('property') ?? STREAM) === property);
  for (const { element, path: at } of items)
    if (!element.attributes.has('property')) reading.found(`${at}@property`, STREAM, 'base-01 §3.2, table 4');
  const stats = all(of(STREAM), (item) => readStat(reading, item.element, item.path));
  const contentMaps = RULES[edition].contentScopes
    ? all(of(CONTENT), (item) => readContentMap(reading, item))
    : [];
  return stats && contentMaps && { stats, contentMaps, properties: [] };
}

/** The four that every edition in XML has, under the same names. */
export function readStat(reading: Reading, element: XmlElement, path: string): StreamStats {
  const text = (name: string): string | undefined => single(reading, element, path, name)?.text.trim();
  const counter = (name: string): bigint | undefined => {
    const digits = text(name);
    return digits === undefined ? undefined : reading.counterDigits(digits, `${path}.${name}`);
  };
  const swarmId = reading.optionalId(single(reading, element, path, 'SwarmID')?.text, `${path}.SwarmID`);
  const uploaded = counter('UploadedBytes');
  const downloaded = counter('DownloadedBytes');
  const bandwidth = text('AvailBandwidth');
  return {
    ...present('swarmId', swarmId === undefined ? undefined : asSwarmId(swarmId)),
    ...present('uploadedBytes', uploaded),
    ...present('downloadedBytes', downloaded),
    ...present(
      'availableBandwidth',
      bandwidth === undefined ? undefined : reading.digits(bandwidth, `${path}.AvailBandwidth`),
    ),
  };
}
