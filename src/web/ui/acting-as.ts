let personId: string | null = null;

/** Who does what is done on this page from now on. */
export function setActingAs(id: string): void {
  personId = id;
}

/**
 * In whose name a write goes, from when it began: whoever signs in on the device while it waits, or in another tab, does not
 * send it in theirs. Null before anybody is known, and the session alone says who it is.
 */
export function actingAs(): string | null {
  return personId;
}
