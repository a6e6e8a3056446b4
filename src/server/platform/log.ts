import pino from 'pino';

export type Log = pino.Logger;

/** One JSON object a line on standard output. Secrets that could ride along in headers are struck out. */
export function makeLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.secret', '*.token'],
      censor: '…',
    },
  });
}
