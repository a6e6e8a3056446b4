import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** `silent` swallows what is sent and answers nothing: a phone in a lift. `refused` closes at once. */
export type Network =
  | { is: 'open' }
  | { is: 'slow'; kbitPerSecond: number }
  | { is: 'refused' }
  | { is: 'silent' }
  /** A captive portal: whatever is asked, the answer is 200 and a page about vouchers. */
  | { is: 'lying' };

const portal = '<!doctype html><html><body><h1>Welcome</h1><form>Room <input></form></body></html>';
const lie = `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${portal.length}\r\nConnection: close\r\n\r\n${portal}`;
// A write of ours, at the start of what a client sends: requests of one connection follow one another.
const write = /^(POST|PATCH|PUT) \/api\/(?!auth\/)/;

function goesOn({ is }: Network): boolean {
  return is === 'open' || is === 'slow';
}

/**
 * A wire between one device and the server that can be cut in the middle of a byte stream. What it does, it does below
 * HTTP: neither side is told.
 */
export class CuttingProxy {
  /** Answers to writes that the server had given and the device never heard. */
  answersLost = 0;
  private network: Network = { is: 'open' };
  private answersToLose = 0;
  private readonly server: net.Server;
  private readonly pairs = new Set<Pair>();
  private readonly target: { host: string; port: number };
  /** What is under way on a slow wire, in its order. */
  private readonly onItsWay: { bytes: number; pass: () => void }[] = [];
  private isPassing = false;

  private constructor(target: { host: string; port: number }) {
    this.target = target;
    this.server = net.createServer((client) => this.accept(client));
  }

  static async begin(target: { host: string; port: number }, port = 0): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target);
    proxy.server.listen(port, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  /** `localhost`, which a browser trusts as it trusts https: service worker, storage and keys are there. */
  get url(): string {
    return `http://localhost:${(this.server.address() as net.AddressInfo).port}`;
  }

  get isOpen(): boolean {
    return this.network.is === 'open';
  }

  /** From now on; what is under way breaks off, unless the wire only becomes slower or faster. */
  become(network: Network): void {
    const breaks = !(goesOn(this.network) && goesOn(network));
    this.network = network;
    if (breaks && network.is !== 'silent') this.breakAll();
  }

  /** The next so many writes reach the server; their answers reach nobody. */
  loseAnswers(count: number): void {
    this.answersToLose = count;
  }

  async end(): Promise<void> {
    this.breakAll();
    this.server.close();
    await once(this.server, 'close');
  }

  private breakAll(): void {
    this.onItsWay.length = 0;
    for (const pair of this.pairs) pair.break();
  }

  private accept(client: net.Socket): void {
    if (this.network.is === 'refused') {
      client.on('error', () => {});
      client.resetAndDestroy();
      return;
    }
    const pair = new Pair(client, net.connect(this.target.port, this.target.host));
    this.pairs.add(pair);
    pair.onEnd = () => this.pairs.delete(pair);
    client.on('data', (chunk) => this.fromDevice(pair, chunk));
    pair.upstream.on('data', (chunk) => this.fromServer(pair, chunk));
  }

  private fromDevice(pair: Pair, chunk: Buffer): void {
    if (this.network.is === 'silent') return;
    if (this.network.is === 'lying') {
      pair.client.end(lie);
      return;
    }
    if (write.test(chunk.toString('latin1', 0, 40))) {
      pair.loses = this.answersToLose > 0;
      if (pair.loses) this.answersToLose -= 1;
    }
    this.pace(chunk.length, () => pair.upstream.write(chunk));
  }

  private fromServer(pair: Pair, chunk: Buffer): void {
    if (this.network.is === 'silent' || this.network.is === 'lying') return;
    if (pair.loses) {
      // The server answers after its commit: the act stands, and the device does not know.
      this.answersLost += 1;
      pair.break();
      return;
    }
    this.pace(chunk.length, () => pair.client.write(chunk));
  }

  /** All connections of a device share its one wire; what went in first comes out first, also when it becomes faster. */
  private pace(bytes: number, pass: () => void): void {
    if (this.network.is !== 'slow' && !this.isPassing) {
      pass();
      return;
    }
    this.onItsWay.push({ bytes, pass });
    if (!this.isPassing) void this.passAll();
  }

  private async passAll(): Promise<void> {
    this.isPassing = true;
    for (let next = this.onItsWay.shift(); next; next = this.onItsWay.shift()) {
      const began = performance.now();
      // In small naps: a wire that becomes faster does so for what is under way as well.
      while (this.network.is === 'slow') {
        const left = began + (next.bytes * 8) / this.network.kbitPerSecond - performance.now();
        if (left <= 0) break;
        await sleep(Math.min(left, 20));
      }
      if (goesOn(this.network)) next.pass();
    }
    this.isPassing = false;
  }
}

class Pair {
  readonly client: net.Socket;
  readonly upstream: net.Socket;
  loses = false;
  onEnd: () => void = () => {};

  constructor(client: net.Socket, upstream: net.Socket) {
    this.client = client;
    this.upstream = upstream;
    client.setNoDelay(true);
    upstream.setNoDelay(true);
    for (const socket of [client, upstream]) {
      socket.on('error', () => this.break());
      socket.on('close', () => this.break());
    }
  }

  break(): void {
    this.client.destroy();
    this.upstream.destroy();
    this.onEnd();
  }
}
