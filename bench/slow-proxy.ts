import { once } from 'node:events';
import net from 'node:net';

/** Makes every answer of a server late by `ms`, to see that the check notices; with 0 there is nothing in between. */
export async function startSlowProxy(url: string, ms: number): Promise<{ url: string; close(): void }> {
  if (!(ms > 0)) return { url, close: () => {} };
  const { hostname, port } = new URL(url);
  const sockets = new Set<net.Socket>();
  const proxy = net.createServer((client) => {
    const server = net.connect(Number(port), hostname);
    client.pipe(server);
    server.on('data', (chunk) => setTimeout(() => client.writable && client.write(chunk), ms));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => setTimeout(() => other.destroy(), ms));
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port: own } = proxy.address() as net.AddressInfo;
  return {
    url: `http://127.0.0.1:${own}`,
    close: () => {
      proxy.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
