export type RefusalKind = 'invalid' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'limited';

export type RefusalParams = Record<string, unknown>;

/**
 * An expected "no", meant for a person. `code` is the key of its plain sentence and next step in locales/
 * (`refusals.<code>.text`, `.next`); `params` fill that sentence. The server never sends the sentence itself.
 */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly code: string;
  readonly params: RefusalParams;

  constructor(kind: RefusalKind, code: string, params: RefusalParams = {}) {
    super(code);
    this.name = 'Refusal';
    this.kind = kind;
    this.code = code;
    this.params = params;
  }
}

/** The result of a rule, or its Refusal thrown: rules return refusals, actions pass them on this way. */
export function unlessRefused<T>(result: T | Refusal): T {
  if (result instanceof Refusal) throw result;
  return result;
}
