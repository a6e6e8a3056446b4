import { newId } from '#server/platform/ids.ts';
import { contacts, customers, people } from '#test/cast.ts';
import type { Schema } from './operations.ts';
import { partsOfVisit } from './visits.ts';

/** Random numbers that are the same for the same seed. */
export type Random = (below: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const knownIds: [RegExp, string][] = [
  [/^customer_id$/, customers.鲁味餐饮.id],
  [/^site_id$/, customers.鲁味餐饮.site],
  [/^contract_id$/, customers.鲁味餐饮.contract],
  [/^entry_id$/, partsOfVisit.entry],
  [/^finding_id$/, partsOfVisit.finding],
  [/^engineer_id$/, people.林海.id],
  [/contact_id$|requester_id$/, contacts.小吴.id],
  [/assignee_id$|owner_id$|user_id$|person_id$/, people.林海.id],
];

/** A value that fits the schema as far as a schema can say; ids are those of the cast where the name tells which. */
export function sampleOf(schema: Schema, random: Random, name = ''): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[random(schema.enum.length)];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return sampleOf(choices[random(choices.length)] as Schema, random, name);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sampleOf(part, random, name)));
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return sampleObject(schema, random);
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 0, random(2)) }, () =>
        sampleOf(schema.items ?? {}, random, name),
      );
    case 'string':
      return sampleText(schema, random, name);
    case 'integer':
    case 'number':
      return Math.min(schema.maximum ?? 5, Math.max(schema.minimum ?? 0, 1));
    case 'boolean':
      return random(2) === 0;
    case 'null':
      return null;
    default:
      return 'anything';
  }
}

function sampleObject(schema: Schema, random: Random): Record<string, unknown> {
  const sample: Record<string, unknown> = {};
  for (const [field, of] of Object.entries(schema.properties ?? {})) {
    if (schema.required?.includes(field) || random(3) > 0) sample[field] = sampleOf(of, random, field);
  }
  return sample;
}

function sampleText(schema: Schema, random: Random, name: string): string {
  switch (schema.format) {
    case 'uuid':
      return knownIds.find(([pattern]) => pattern.test(name))?.[1] ?? newId();
    case 'date-time':
      return new Date(Date.UTC(2027, random(12), 1 + random(28), 9)).toISOString();
    case 'date':
      return `2027-0${1 + random(9)}-1${random(9)}`;
    case 'email':
      return `someone${random(1e6)}@fuzz.example`;
    default:
      if (name === 'clash_id') return `${partsOfVisit.edit}:goal`;
      return '一句话'.repeat(Math.ceil((schema.minLength ?? 1) / 3)).slice(0, schema.maxLength ?? 1_000);
  }
}
