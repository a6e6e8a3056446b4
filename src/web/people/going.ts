/**
 * Goes to another page with a fresh start: nothing of whoever was signed in before stays in memory. Only paths of
 * our own are followed, so that a link to the sign-in cannot lead to a foreign page.
 */
export function go(path: string): void {
  const target = new URL(path, location.origin);
  location.assign(target.origin === location.origin ? target.href : '/');
}
