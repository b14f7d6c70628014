/** How often a run of a sweep is tried before it counts as failed. A file of its own: the page's first view needs nothing else of sweeps. */
export const ATTEMPTS = 2;
