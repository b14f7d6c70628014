/** A run on the virtual clock as the page has it: its speed, how far it is, what it is known by at its end. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createVirtual, type Virtual } from '../workers/client.ts';
import type {
  PeerDetail,
  PeerHandle,
  ResultFile,
  Scenario,
  Snapshot,
  Speed,
  StepBy,
  VirtualEnd,
  VirtualProgress,
  VirtualReport,
} from '../workers/messages.ts';

export type { Speed, StepBy, VirtualEnd, VirtualProgress } from '../workers/messages.ts';

/** Virtual seconds in a second. */
export const SPEEDS: readonly Speed[] = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 100, 300, 1000, Infinity];
const SPEED_AT_FIRST = 10;
const MAX_PARTS = 16;

export interface VirtualState {
  readonly speed: Speed;
  readonly progress: VirtualProgress | undefined;
  readonly end: VirtualEnd | undefined;
  /** The files of the run are being made. */
  readonly saving: boolean;
}

export interface VirtualDesk {
  readonly store: StoreApi<VirtualState>;
  setSpeed(speed: Speed): void;
  /** So many places among the speeds. */
  faster(by: number): void;
  /** When the run is over: events.ndjson, series.csv, summary.json; none where the log was too long to be kept. */
  save(take: (files: readonly ResultFile[]) => void): void;
}

/** What the session does with it. */
export interface VirtualSession extends VirtualDesk {
  begin(scenario: Scenario): void;
  pause(): void;
  resume(): void;
  /** The run is over as far as it has come. */
  end(): void;
  step(by: StepBy): void;
  inspect(peer: PeerHandle | undefined): void;
  /** Nothing is left of the run. */
  dismiss(): void;
}

interface VirtualListener {
  snapshot(part: number, snapshot: Snapshot): void;
  detail(detail: PeerDetail): void;
  ended(): void;
  fault(message: string): void;
  recorded(port: MessagePort): void;
  observed(port: MessagePort): void;
}

/** What the page's address says of the virtual clock besides the settings. */
export interface VirtualWish {
  readonly speed: Speed;
  /** Workers that share a run. */
  readonly parts: number;
}

/** `speed=` a number or `max`, `workers=` a number; what cannot be used is explained. */
export function virtualWishIn(address: string): {
  readonly wish: VirtualWish;
  readonly ignored: readonly string[];
} {
  const parameters = new URL(address).searchParams;
  const ignored: string[] = [];
  const speedText = parameters.get('speed');
  const speed = speedText === 'max' ? Infinity : Number(speedText ?? SPEED_AT_FIRST);
  const parts = Number(parameters.get('workers') ?? 1);
  const speedFits = speedText === null || speedText === 'max' || (speed >= 0.1 && speed <= 1000);
  const partsFit = Number.isInteger(parts) && parts >= 1 && parts <= MAX_PARTS;
  if (!speedFits) ignored.push('speed: from 0.1 to 1000, or max.');
  if (!partsFit) ignored.push(`workers: a whole number from 1 to ${MAX_PARTS}.`);
  return { wish: { speed: speedFits ? speed : SPEED_AT_FIRST, parts: partsFit ? parts : 1 }, ignored };
}

type Connect = (parts: number, listener: Parameters<typeof createVirtual>[1]) => Virtual;

export function createVirtualDesk(
  { speed, parts }: VirtualWish,
  listener: VirtualListener,
  connect: Connect = createVirtual,
): VirtualSession {
  const store = createStore<VirtualState>(() => ({
    speed,
    progress: undefined,
    end: undefined,
    saving: false,
  }));
  let takeFiles: ((files: readonly ResultFile[]) => void) | undefined;
  let inspected: PeerHandle | undefined;
  const virtual = connect(parts, {
    hear,
    recorded: (port) => listener.recorded(port),
    observed: (port) => listener.observed(port),
  });

  function hear(report: VirtualReport): void {
    switch (report.kind) {
      case 'look':
        store.setState({ progress: report.progress });
        report.snapshots.forEach((snapshot, part) => listener.snapshot(part, snapshot));
        return;
      case 'detail':
        return listener.detail(report.detail);
      case 'ended':
        store.setState({ end: report.end });
        return listener.ended();
      case 'files':
        store.setState({ saving: false });
        takeFiles?.(report.files);
        takeFiles = undefined;
        return;
      case 'fault':
        store.setState({ saving: false });
        return listener.fault(report.message);
      default:
        return report satisfies never;
    }
  }

  function setSpeed(next: Speed): void {
    store.setState({ speed: next });
    virtual.setSpeed(next);
  }

  return {
    store,
    setSpeed,
    faster(by) {
      const { speed } = store.getState();
      const at = SPEEDS.findIndex((one) => one >= speed);
      // From a speed in between, slower is the next below.
      const place = SPEEDS[at] === speed || by < 0 ? at + by : at + by - 1;
      setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, place))] ?? speed);
    },
    save(take) {
      if (store.getState().end === undefined || store.getState().saving) return;
      takeFiles = take;
      store.setState({ saving: true });
      virtual.askFiles();
    },
    begin(scenario) {
      store.setState({ progress: undefined, end: undefined, saving: false });
      virtual.start({ scenario, speed: store.getState().speed, inspected });
    },
    pause: () => virtual.pause(),
    resume: () => virtual.resume(),
    end: () => virtual.end(),
    step: (by) => virtual.step(by),
    inspect(peer) {
      inspected = peer;
      virtual.inspect(peer);
    },
    dismiss() {
      inspected = undefined;
      virtual.dismiss();
      store.setState({ progress: undefined, end: undefined, saving: false });
    },
  };
}

/** Seconds that the run still takes, as fast as it has gone lately; undefined while that is not known. */
export function remainingSeconds({ progress, end }: VirtualState): number | undefined {
  if (progress === undefined || end !== undefined || progress.pace <= 0) return undefined;
  return (progress.duration - progress.time) / progress.pace;
}
