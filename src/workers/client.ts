/** The page's way to what works off it: the peer pool, the watch on the tracker, and what it needs of the cores by itself. */
export { EDITIONS } from '../protocol/message.ts';
export { pretty } from '../protocol/pretty.ts';
export { secretSpans } from '../protocol/secrets.ts';
export { bytesOf } from '../recording/record.ts';
export { recordOfSimulated } from '../recording/simulated.ts';
export { FORMS, snippetIn, type Form, type Snippet } from '../recording/snippets/snippets.ts';
export { DEFAULT_SCENARIO } from '../simulation/default-scenario.ts';
export { PHASES } from '../simulation/report.ts';
export { RUN_EDITIONS, configured, defaultSettings, initialPeers } from '../simulation/scenario.ts';
export { createExplainer, type Explained, type Explainer, type Fault } from './explainer.ts';
export { PEER_TRANSITIONS } from '../tracker/states.ts';
export { createPeerPool } from './pool.ts';
export { askRelay, relayOf } from './relay-question.ts';
export { createWire, type Wire } from './wire.ts';
export { createTrackerWatch, type StatsReport } from './tracker-watch.ts';
