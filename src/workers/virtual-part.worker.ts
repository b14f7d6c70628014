/** Shell around one of several parts of a run on the virtual clock. */
import { serveParts } from '../simulation/virtual/port.ts';
import type { PartPorts } from './virtual/messages.ts';
import { overPort } from './virtual/port-like.ts';
import { Recorder } from './virtual/recorder.ts';

/** Milliseconds between two batches. */
const BATCH = 125;

self.onmessage = ({ data: { port, record } }: MessageEvent<PartPorts>) => {
  const recorder = new Recorder(record);
  serveParts(overPort(port), recorder);
  setInterval(() => recorder.flush(0), BATCH);
};
