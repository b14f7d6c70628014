/**
 * `<Clip>`: segments of a clip's video or audio (gu -06 §4.6, §4.8, §4.9; what a Clip is: figure 4).
 *
 * Video and audio of one clip are cut and counted apart, so they are two representations of our model: the
 * video goes by the clip's Name, the audio by Name and `#audio` (ours). A later edition's peer meets the
 * same names in `<Representation id=>`.
 */
import { readChunkMap } from '../../chunk-map.ts';
import { idProblem } from '../../ids.ts';
import type { ChunkMap, ScopeRange } from '../../message.ts';
import { all, MAX_LIST } from '../../reading.ts';
import type { Reading } from '../../reading.ts';
import type { XmlElement } from '../../xml.ts';
import { every } from '../base/elements.ts';
import { childId } from './elements.ts';

export type ClipType = 'video' | 'audio';

const AUDIO = '#audio';
const SCHEMA = 'gu -06 appendix A';

/** `undefined` when the clip's Name is too long for it. */
export function representationOf(name: string, type: ClipType): string | undefined {
  const representation = type === 'audio' ? name + AUDIO : name;
  return idProblem(representation) === undefined ? representation : undefined;
}

export function clipOf(representation: string): { readonly name: string; readonly type: ClipType } {
  return representation.endsWith(AUDIO) && representation.length > AUDIO.length
    ? { name: representation.slice(0, -AUDIO.length), type: 'audio' }
    : { name: representation, type: 'video' };
}

/** Every representation named under `parent`, its segments read by `read`. */
function readClips<Segment>(
  reading: Reading,
  parent: XmlElement,
  path: string,
  read: (reading: Reading, element: XmlElement, path: string) => Segment | undefined,
): { readonly id: string; readonly segments: readonly Segment[] }[] | undefined {
  const clips = all(every(parent, 'Clip', path), (clip) => {
    const name = childId(reading, clip.element, clip.path, 'Name');
    if (name === undefined) return undefined;
    return all(every(clip.element, 'ChunkSegments', clip.path), (run) => {
      const type = readType(reading, run.element, run.path);
      const segments = all(every(run.element, 'Segment', run.path), (segment) =>
        read(reading, segment.element, segment.path),
      );
      if (type === undefined || !segments) return undefined;
      if (segments.length > MAX_LIST) return reading.refuse(run.path, `has more than ${MAX_LIST} segments`);
      const id = representationOf(name, type);
      return id === undefined ? reading.refuse(`${clip.path}.Name`, 'is too long') : { id, segments };
    });
  });
  const representations = clips?.flat();
  if (representations === undefined || representations.length <= MAX_LIST) return representations;
  return reading.refuse(path, `names more than ${MAX_LIST} representations`);
}

function readType(reading: Reading, element: XmlElement, at: string): ClipType | undefined {
  const path = `${at}@type`;
  const value = element.attributes.get('type');
  const word = value?.toLowerCase() ?? 'video';
  if (word !== value) reading.found(path, 'video or audio', SCHEMA);
  return reading.oneOf(word, ['video', 'audio'], path);
}

/** What a JOIN or FIND is about; absent when it names no segment. */
export function readScope(reading: Reading, root: XmlElement, path: string): ScopeRange[] | undefined {
  if (every(root, 'Clip', path).length > 1) reading.found(`${path}.Clip`, 'one Clip', SCHEMA);
  const ranges = readClips(reading, root, path, readRange)?.flatMap(({ id, segments }) =>
    segments.map((range): ScopeRange => ({ representation: id, ...range })),
  );
  if (ranges && ranges.length > MAX_LIST) return reading.refuse(path, `names more than ${MAX_LIST} ranges`);
  return ranges?.length === 0 ? undefined : ranges;
}

function readRange(
  reading: Reading,
  element: XmlElement,
  path: string,
): Omit<ScopeRange, 'representation'> | undefined {
  const startIndex = readIndex(reading, element, path, 'from');
  if (startIndex === undefined) return undefined;
  if (!element.attributes.has('to')) return { startIndex };
  const endIndex = readIndex(reading, element, path, 'to');
  if (endIndex === undefined) return undefined;
  if (endIndex < startIndex) return reading.refuse(`${path}@to`, 'is before the first segment');
  return { startIndex, endIndex };
}

function readIndex(reading: Reading, element: XmlElement, path: string, name: string): number | undefined {
  const digits = element.attributes.get(name)?.trim();
  if (digits === undefined) return reading.refuse(`${path}@${name}`, 'is missing');
  return reading.digits(digits, `${path}@${name}`);
}

/** What a ChunkMapReport holds. */
export function readRepresentations(
  reading: Reading,
  report: XmlElement,
  path: string,
): { readonly id: string; readonly maps: readonly ChunkMap[] }[] | undefined {
  return readClips(reading, report, path, readMap)?.map(({ id, segments }) => ({ id, maps: segments }));
}

function readMap(reading: Reading, { attributes, text }: XmlElement, path: string): ChunkMap | undefined {
  return readChunkMap(reading, {
    start: attributes.get('from'),
    end: attributes.get('to'),
    size: attributes.get('bitmapsize'),
    map: text,
    paths: { start: `${path}@from`, end: `${path}@to`, size: `${path}@bitmapsize`, map: path },
    section: 'gu -06 §4.9',
  });
}
