/** `<Stats>` of a STAT_REPORT and of the answer to a STAT_QUERY (gu -06 §4.9, table 4). */
import { asSwarmId } from '../../ids.ts';
import type { ContentMap, Property, StreamStats } from '../../message.ts';
import { present } from '../../reading.ts';
import type { Reading } from '../../reading.ts';
import type { XmlElement } from '../../xml.ts';
import { every, single } from '../base/elements.ts';
import { readStat } from '../base/read-statistics.ts';
import type { Statistics } from '../base/read-statistics.ts';
import { readRepresentations } from './clip.ts';
import { readProperty, readPropertyName, readStatItems } from './elements.ts';

export const STREAM_STATS = 'StreamStats';
export const CHUNK_MAP = 'ChunkMap';
const TABLE_4 = 'gu -06 §4.9, table 4';

/** -04 lists no properties, so whatever is not one of these two forms of -06 is a name and a value. */
export function readStatistics(reading: Reading, root: XmlElement): Statistics | undefined {
  const items = readStatItems(reading, root);
  if (!items) return undefined;
  const stats: StreamStats[] = [];
  const contentMaps: ContentMap[] = [];
  const properties: Property[] = [];
  for (const { element, path } of items) {
    const name = readPropertyName(reading, element, path);
    if (name === undefined) return undefined;
    const structured = name === STREAM_STATS || name === CHUNK_MAP;
    if (structured && element.children.length > 0) {
      for (const report of reports(reading, element, path, `${name}Report`))
        if (name === STREAM_STATS) stats.push(readStat(reading, report.element, report.path));
        else {
          const map = readContentMap(reading, report.element, report.path);
          if (!map) return undefined;
          contentMaps.push(map);
        }
      continue;
    }
    if (structured) reading.found(path, `a ${name}Report`, TABLE_4);
    const property = readProperty(reading, element, path);
    if (!property) return undefined;
    properties.push(property);
  }
  return { stats, contentMaps, properties };
}

/** Of one Stat. Later editions put their content straight into it. */
function reports(
  reading: Reading,
  element: XmlElement,
  path: string,
  name: string,
): { readonly element: XmlElement; readonly path: string }[] {
  const found = every(element, name, path);
  if (found.length > 0) return found;
  reading.found(path, `a ${name}`, 'gu -06 §4.9');
  return [{ element, path }];
}

function readContentMap(reading: Reading, element: XmlElement, path: string): ContentMap | undefined {
  const swarmId = reading.optionalId(single(reading, element, path, 'SwarmID')?.text, `${path}.SwarmID`);
  const representations = readRepresentations(reading, element, path);
  if (!representations) return undefined;
  return { ...present('swarmId', swarmId === undefined ? undefined : asSwarmId(swarmId)), representations };
}
