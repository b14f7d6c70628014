/** Loaded into the server by soak.mjs: answers `heap` with the bytes in use after a garbage collection. */
process.on('message', (message) => {
  if (message !== 'heap') return;
  globalThis.gc?.();
  process.send?.(process.memoryUsage().heapUsed);
});
// Listening for messages must not keep the server from ending.
process.channel?.unref();
