import type { Act } from '../ui/api-client.ts';
import { changesOf, type FieldValue, type Values } from './RecordDialog.tsx';

type Of = {
  kind: 'assets' | 'contacts' | 'sites';
  customerId: string;
  /** The thing that is edited; none for a new one. */
  thingId: string | undefined;
  /** Turns a form's value into a row's. */
  read: (name: string, value: FieldValue) => unknown;
};

/** What a record dialog of a customer's thing sends: all of a new one, of a known one only what was changed. */
export function recordAct(of: Of, form: { id: string; values: Values; base: Values }): Act {
  if (of.thingId !== undefined) {
    const body = { changes: changesOf(form, of.read) };
    return { method: 'PATCH', path: `/api/${of.kind}/${of.thingId}`, body };
  }
  const values = Object.entries(form.values).map(([name, value]) => [name, of.read(name, value)]);
  const path = `/api/customers/${of.customerId}/${of.kind}`;
  return { method: 'POST', path, body: { id: form.id, ...Object.fromEntries(values) } };
}
