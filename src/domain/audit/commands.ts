import { z } from 'zod';
import { id, instant, page, paging } from '../ground/text.ts';

export const listEvents = z.strictObject({
  ...paging,
  name: z
    .string()
    .regex(/^[a-z_]+\.[a-z_]+$/)
    .max(100)
    .optional(),
  actor_id: id.optional(),
  customer_id: id.optional(),
  from: instant.optional(),
  to: instant.optional(),
});

export const eventRow = z.strictObject({
  id,
  name: z.string(),
  subject_kind: z.string(),
  subject_id: id,
  context_kind: z.string().nullable(),
  context_id: id.nullable(),
  customer_id: id.nullable(),
  actor_kind: z.string(),
  actor_id: id.nullable(),
  actor_name: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  happened_at: instant,
  received_at: instant,
  device_id: id.nullable(),
  request_id: z.string().nullable(),
});
export type EventRow = z.output<typeof eventRow>;
export const eventList = page(eventRow);
export const eventNames = z.strictObject({ items: z.array(z.string()) });
