/** The page's way to what works off it: the peer pool and the watch on the tracker. */
export { createPeerPool, type PeerPool, type PoolListener } from './pool.ts';
export { createTrackerWatch, type StatsReport, type TrackerWatch } from './tracker-watch.ts';
