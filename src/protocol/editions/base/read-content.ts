/** What extended-04 says of content: the scope of a CONNECT or FIND, the maps of a STAT_REPORT (§4.4.1). */
import { readChunkMap } from '../../chunk-map.ts';
import { asSwarmId } from '../../ids.ts';
import type { ChunkMap, ContentMap, ScopeRange } from '../../message.ts';
import { all, MAX_LIST, present } from '../../reading.ts';
import type { Reading } from '../../reading.ts';
import type { XmlElement } from '../../xml.ts';
import { every, ROOT, single } from './elements.ts';

const TABLE_3 = 'extended-04 §4.4.1, table 3';
const TABLE_4 = 'extended-04 §4.4.1, table 4';

type Item = ReturnType<typeof every>[number];

/** `undefined` without one; the reading knows whether it was refused. */
export function readScope(reading: Reading, root: XmlElement): ScopeRange[] | undefined {
  const group = single(reading, root, ROOT, 'ContentGroup');
  if (!group) return undefined;
  const path = `${ROOT}.ContentGroup`;
  const representations = every(group, 'Representation', path);
  if (representations.length > MAX_LIST)
    return reading.refuse(path, `names more than ${MAX_LIST} representations`);
  const ranges = all(representations, (item) => readRanges(reading, item))?.flat();
  if (ranges && ranges.length > MAX_LIST) return reading.refuse(path, `names more than ${MAX_LIST} ranges`);
  if (ranges?.length !== 0) return ranges;
  reading.found(`${path}.Representation`, 'at least one representation', TABLE_4);
  return undefined;
}

function readRanges(reading: Reading, { element, path }: Item): ScopeRange[] | undefined {
  const representation = reading.id(element.attributes.get('id'), `${path}@id`);
  const segments = every(element, 'SegmentInfo', path);
  if (representation === undefined) return undefined;
  if (segments.length === 0) return reading.refuse(`${path}.SegmentInfo`, 'is missing');
  if (segments.length > 1) reading.found(`${path}.SegmentInfo`, 'one range of segments', TABLE_4);
  return all(segments, (item) => readRange(reading, representation, item));
}

function readRange(
  reading: Reading,
  representation: string,
  { element: { attributes }, path }: Item,
): ScopeRange | undefined {
  const [start, end] = [attributes.get('startIndex'), attributes.get('endIndex')];
  if (start === undefined) return reading.refuse(`${path}@startIndex`, 'is missing');
  const startIndex = reading.digits(start.trim(), `${path}@startIndex`);
  if (startIndex === undefined) return undefined;
  if (end === undefined) return { representation, startIndex };
  const endIndex = reading.digits(end.trim(), `${path}@endIndex`);
  if (endIndex === undefined) return undefined;
  if (endIndex < startIndex) return reading.refuse(`${path}@endIndex`, 'is before the first segment');
  return { representation, startIndex, endIndex };
}

/** One `<Stat property="ContentMap">`. */
export function readContentMap(reading: Reading, { element, path }: Item): ContentMap | undefined {
  const swarmId = reading.optionalId(single(reading, element, path, 'SwarmID')?.text, `${path}.SwarmID`);
  const items = every(element, 'Representation', path);
  if (items.length > MAX_LIST) return reading.refuse(path, `names more than ${MAX_LIST} representations`);
  const representations = all(items, (item) => readRepresentation(reading, item));
  if (!representations) return undefined;
  return { ...present('swarmId', swarmId === undefined ? undefined : asSwarmId(swarmId)), representations };
}

function readRepresentation(
  reading: Reading,
  { element, path }: Item,
): ContentMap['representations'][number] | undefined {
  const id = reading.id(element.attributes.get('id'), `${path}@id`);
  const segments = every(element, 'SegmentInfo', path);
  if (segments.length > MAX_LIST) return reading.refuse(path, `has more than ${MAX_LIST} maps`);
  if (segments.length === 0) reading.found(`${path}.SegmentInfo`, 'at least one map', TABLE_3);
  const maps = all(segments, (item) => readSegments(reading, item));
  return id === undefined || !maps ? undefined : { id, maps };
}

function readSegments(reading: Reading, { element, path }: Item): ChunkMap | undefined {
  const { attributes, text } = element;
  return readChunkMap(reading, {
    start: attributes.get('startIndex'),
    end: attributes.get('endIndex'),
    size: attributes.get('chunkmapSize'),
    map: text,
    paths: {
      start: `${path}@startIndex`,
      end: `${path}@endIndex`,
      size: `${path}@chunkmapSize`,
      map: path,
    },
    section: TABLE_3,
  });
}
