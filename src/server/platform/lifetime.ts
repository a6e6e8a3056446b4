// With PostgreSQL's own patience (cluster.ts) this stays below the 5 s within which everything must have ended.
const patienceMs = 4_500;

/**
 * Ends the process in order, once, when it is asked to: Ctrl-C, SIGTERM, SIGHUP, the launcher's word, or the
 * launcher's death. `stop` ends what was started; when it hangs, the process ends without it.
 */
export function stopWhenAsked(stop: () => Promise<void>): void {
  let stopping = false;
  const begin = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), patienceMs).unref();
    stop().then(
      () => process.exit(0),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, begin);
  if (!process.channel) return;
  process.on('message', (message) => {
    if (message === 'stop') begin();
  });
  process.on('disconnect', begin);
  // Listening to the launcher alone is no reason to live on.
  process.channel.unref();
}
