import { ProblemError } from './problem.ts';

/** Errors of parts that were asked for and did not come; each browser says that in words of its own. */
const missing = new WeakSet<Error>();
window.addEventListener('vite:preloadError', ({ payload }) => missing.add(payload));

const patienceMs = 8_000;
const entry = /src="(\/assets\/index-[^"]+\.js)"/;

/**
 * Why a part of the app did not come, where that is what went wrong. Either way only a reload brings it: a browser remembers
 * what it could not load for as long as the page lives. A page that is older than the app asks for parts under names that
 * nobody has any more, neither the server nor what this device keeps.
 */
export async function problemOfPart(error: unknown): Promise<ProblemError | null> {
  if (!missing.has(error as Error)) return null;
  const code = (await isPageOlder()) ? 'newer_app' : 'part_missing';
  return new ProblemError({ status: 409, code: `ui.${code}` });
}

async function isPageOlder(): Promise<boolean> {
  try {
    const page = await fetch('/', { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) });
    const present = entry.exec(await page.text())?.[1];
    return present !== undefined && !document.querySelector(`script[src="${present}"]`);
  } catch {
    return false;
  }
}
