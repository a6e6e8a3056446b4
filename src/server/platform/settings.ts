import { resolve } from 'node:path';

export type Settings = {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | null;
  /** The address people use, without a trailing slash; goes into mails and decides about Secure cookies. */
  publicUrl: string;
  tls: { cert: string; key: string } | null;
  smtp: { url: string; from: string } | null;
  authSecret: string | null;
  trustProxy: boolean;
  logLevel: string;
  /** Uploads: bytes a file may have. */
  fileLimitBytes: number;
  /** How long the raw bytes of a mail are kept behind what became of it. */
  rawMailDays: number;
  /** In tests, answers are checked against their declared shape, so that no field leaves unseen. */
  checkAnswers: boolean;
};

export class WrongSetting extends Error {
  override name = 'WrongSetting';
  readonly setting: string;
  constructor(setting: string) {
    super(`wrong value of ${setting}`);
    this.setting = setting;
  }
}

/** Reads the settings from the environment; README lists them. Throws WrongSetting naming the bad one. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const port = wholeNumber(env, 'PORT', 8080, 0, 65_535);
  const tls = env.TLS_CERT && env.TLS_KEY ? { cert: env.TLS_CERT, key: env.TLS_KEY } : null;
  if (!tls && (env.TLS_CERT || env.TLS_KEY)) throw new WrongSetting(env.TLS_CERT ? 'TLS_KEY' : 'TLS_CERT');
  const scheme = tls ? 'https' : 'http';
  return {
    port,
    host: env.HOST ?? '0.0.0.0',
    dataDir: resolve(env.DATA_DIR ?? './data'),
    databaseUrl: env.DATABASE_URL || null,
    publicUrl: url(env, 'PUBLIC_URL', `${scheme}://localhost:${port}`),
    tls,
    smtp: env.SMTP_URL ? { url: url(env, 'SMTP_URL', ''), from: env.SMTP_FROM ?? 'service@localhost' } : null,
    authSecret: env.AUTH_SECRET || null,
    trustProxy: env.TRUST_PROXY === '1',
    logLevel: env.LOG_LEVEL ?? 'info',
    fileLimitBytes: wholeNumber(env, 'FILE_LIMIT_MB', 25, 1, 2_000) * 1024 * 1024,
    rawMailDays: wholeNumber(env, 'RAW_MAIL_DAYS', 730, 1, 36_500),
    checkAnswers: env.CHECK_ANSWERS === '1',
  };
}

function wholeNumber(
  env: Record<string, string | undefined>,
  name: string,
  fallback: number,
  min: number,
  max: number,
): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) throw new WrongSetting(name);
  return value;
}

function url(env: Record<string, string | undefined>, name: string, fallback: string): string {
  const text = env[name];
  if (!text) return fallback;
  if (!URL.canParse(text)) throw new WrongSetting(name);
  return text.replace(/\/+$/, '');
}
