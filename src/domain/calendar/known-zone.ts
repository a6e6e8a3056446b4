/**
 * Whether the runtime's time zone data knows this IANA name (or fixed offset such as `+08:00`). A file of its own:
 * screens check forms with it, and need not load what counts working time.
 */
export function isKnownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
