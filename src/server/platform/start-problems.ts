import { readFileSync } from 'node:fs';

/**
 * What can stand in the way of starting, each with its exit code (after sysexits.h, so that systemd and
 * scripts can tell "wait" from "mend the settings"). Texts stand in locales as `start.problems.<code>`.
 * `npm start -- --help` lists the codes.
 */
export const exitCodes = {
  usage: 64,
  role_needs_database: 64,
  setting_invalid: 64,
  data_of_other_postgres: 65,
  data_of_newer_copperpea: 65,
  password_lost: 65,
  port_taken: 69,
  database_unreachable: 69,
  database_too_old: 69,
  postgres_failed: 69,
  binaries_missing: 69,
  left_over_stuck: 71,
  os_user_missing: 71,
  os_user_nameless: 71,
  folder_not_writable: 73,
  disk_full: 74,
  second_start: 75,
  roles_refused: 77,
  port_forbidden: 77,
  data_of_other_user: 77,
  tls_unreadable: 78,
  database_url_wrong: 78,
} as const;

export type StartProblemCode = keyof typeof exitCodes;

/** An expected obstacle at start: one plain sentence, what to do next, an exit code. Not a bug. */
export class StartProblem extends Error {
  readonly code: StartProblemCode;
  readonly params: Record<string, string | number>;

  constructor(code: StartProblemCode, params: Record<string, string | number> = {}, cause?: unknown) {
    super(code, { cause });
    this.name = 'StartProblem';
    this.code = code;
    this.params = params;
  }
}

type Texts = {
  problems: Record<string, { text: string; next: string }>;
  reasons: Record<string, string>;
};

/** The language of whoever sits at the terminal, after LC_ALL, LC_MESSAGES, LANG. */
export function terminalLanguage(environment = process.env): 'zh-CN' | 'en' {
  const chosen = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return chosen.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** The sentence and the next step in that language. */
export function explain(problem: StartProblem, language = terminalLanguage()): string {
  const file = new URL(`../../../locales/parts/start.${language}.json`, import.meta.url);
  const { start } = JSON.parse(readFileSync(file, 'utf8')) as { start: Texts };
  const { text, next } = start.problems[problem.code] as { text: string; next: string };
  const reason = String(problem.params.reason ?? '');
  const params = { ...problem.params, reason: start.reasons[reason] ?? reason };
  return `${fill(text, params)}\n${fill(next, params)}`;
}

function fill(text: string, params: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name) => String(params[name] ?? ''));
}

/** Says the problem on standard error and ends the process with its exit code. */
export function sayAndExit(problem: StartProblem): never {
  process.stderr.write(`${explain(problem)}\n`);
  process.exit(exitCodes[problem.code]);
}

/** The problem behind an error of the file system, or null when it is none that a person can mend. */
export function problemOfFolder(error: unknown, folder: string): StartProblem | null {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StartProblem('disk_full', { folder }, error);
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT'].includes(code))
    return new StartProblem('folder_not_writable', { folder, reason: code }, error);
  return null;
}

/** The problem behind a server's failure to listen, or null. */
export function problemOfListening(error: unknown, port: number): StartProblem | null {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'EADDRINUSE') return new StartProblem('port_taken', { port, other: port + 1 }, error);
  if (code === 'EACCES') return new StartProblem('port_forbidden', { port }, error);
  return null;
}
