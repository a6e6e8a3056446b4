import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below what systems hand out by themselves (Linux from 32768, others from 49152): between finding a port and
 * listening on it, no connection going out and no listener on port 0 can take it.
 */
const lowest = 20_000;
const ports = 12_768;

/** Each process begins at a place of its own, so that two that look at the same moment find different ones. */
let next = (process.pid * 16) % ports;

/** A TCP port of 127.0.0.1 that nobody uses at this moment. Throws the system's error when 100 in a row are used. */
export async function findFreePort(): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const port = lowest + next;
    next = (next + 1) % ports;
    try {
      await listenOnce(port);
      return port;
    } catch (error) {
      if (tries === 100) throw error;
    }
  }
}

async function listenOnce(port: number): Promise<void> {
  const probe = createServer().listen(port, '127.0.0.1');
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
}
