import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export type ArrivedMail = Email & { source: string };
export type MailServer = {
  port: number;
  url: string;
  arrived: ArrivedMail[];
  /** How many of them came encrypted, and how many in the open. */
  secured: number;
  unsecured: number;
  /** The first mail to this address that fits, waiting for it a little. */
  mailTo(address: string, fits?: (mail: ArrivedMail) => boolean): Promise<ArrivedMail>;
  close(): Promise<void>;
};

/** A real mail server on loopback that keeps what arrives; `answers` may refuse at any step. */
export async function startMailServer(answers: Partial<SMTPServerOptions> = {}): Promise<MailServer> {
  const arrived: ArrivedMail[] = [];
  const ways = { secured: 0, unsecured: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      ways[session.secure ? 'secured' : 'unsecured'] += 1;
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const source = Buffer.concat(chunks).toString('utf8');
        arrived.push({ ...(await PostalMime.parse(source)), source });
        done();
      });
    },
    ...answers,
  });
  // Clients that break off are part of the tests.
  server.on('error', () => {});
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  let open = true;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    arrived,
    get secured() {
      return ways.secured;
    },
    get unsecured() {
      return ways.unsecured;
    },
    mailTo: async (address, fits = () => true) => {
      for (let tries = 0; tries < 150; tries += 1) {
        const found = arrived.find((mail) => mail.to?.some((to) => to.address === address) && fits(mail));
        if (found) return found;
        await new Promise((later) => setTimeout(later, 100));
      }
      const seen = arrived.map((mail) => `${mail.to?.[0]?.address} ${mail.subject}`).join('\n');
      throw new Error(`no such mail to ${address}; there are:\n${seen}`);
    },
    close: () =>
      new Promise<void>((closed) => {
        if (!open) return closed();
        open = false;
        server.close(() => closed());
      }),
  };
}
