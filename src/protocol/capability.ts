/**
 * Capabilities are numbers in RFC 7846 (§3.2.2) and levels in the drafts (base-01 table 2). This table
 * is the one place that says which number a level stands for (our thresholds: the texts give none).
 */
import type { Capability } from './message.ts';

type Level = Exclude<Capability, number>;

/** The least number that reaches a level. */
const THRESHOLDS = {
  /** Links. */
  concurrentLinks: { LOW: 0, NORMAL: 4, HIGH: 16 },
  /** Seconds. */
  onlineTime: { LOW: 0, NORMAL: 60, HIGH: 600 },
  /** kbit/s. */
  uploadBandwidth: { LOW: 0, NORMAL: 512, HIGH: 2048 },
} as const satisfies Record<string, Record<Level, number>>;

export type CapabilityKind = keyof typeof THRESHOLDS;

export function toNumber(kind: CapabilityKind, capability: Capability): number {
  return typeof capability === 'number' ? capability : THRESHOLDS[kind][capability];
}

/** The highest level reached. */
export function toLevel(kind: CapabilityKind, capability: Capability): Level {
  if (typeof capability !== 'number') return capability;
  if (capability >= THRESHOLDS[kind].HIGH) return 'HIGH';
  return capability >= THRESHOLDS[kind].NORMAL ? 'NORMAL' : 'LOW';
}

/** Reaches at least what is wanted (digest, "Peer list"); a level counts as its threshold. */
export function meets(kind: CapabilityKind, capability: Capability, wanted: Capability): boolean {
  return toNumber(kind, capability) >= toNumber(kind, wanted);
}
