import { newId } from '#server/platform/ids.ts';
import type { Operation, Schema } from './operations.ts';
import { type Random, sampleOf } from './samples.ts';

export type WrongRequest = {
  /** What is wrong with it, for the message of a failing test. */
  wrong: string;
  method: Operation['method'];
  url: string;
  headers: Record<string, string>;
  payload?: string | Buffer | undefined;
};

/** Ids that stand for something; `under` names those that fit an address: `/api/visits/` takes visits. */
export type Ids = { existing: string[]; under: Record<string, readonly string[]> };

const nul = String.fromCharCode(0);
const loneSurrogate = String.fromCharCode(0xd800);
const rightToLeft = String.fromCharCode(0x200f, 0x202e);

const wrongValues: [string, unknown][] = [
  ['null', null],
  ['a boolean', true],
  ['a negative number', -1],
  ['a huge number', 1e308],
  ['a number past 2^53', 2 ** 53 + 2],
  ['a fraction', 0.5],
  ['an empty text', ''],
  ['blanks', ' \t '],
  ['a list', []],
  ['a list of lists', [[[]]]],
  ['an object', { $ne: null }],
  ['a long list', Array.from({ length: 3_000 }, () => 'x')],
  ['NUL', nul],
  ['NUL inside', `a${nul}b`],
  ['a lone surrogate', `${loneSurrogate}`],
  ['a lone low surrogate', `x${String.fromCharCode(0xdfff)}`],
  ['right-to-left marks', `${rightToLeft}abc`],
  ['faces', '😀'.repeat(60)],
  ['a long text', '长'.repeat(60_000)],
  ['a quote', `'; drop table tickets; --`],
  ['a pattern', '%_\\'],
  ['a date that is none', '2026-02-30'],
  ['an instant that is none', '0000-00-00T00:00:00.000Z'],
  ['an instant far away', '9999-12-31T23:59:59.999Z'],
  ['the nil id', '00000000-0000-0000-0000-000000000000'],
  ['a prototype', '__proto__'],
];

const wrongParams: [string, string][] = [
  ['no id', 'x'],
  ['a number', '1'],
  ['NUL', '%00'],
  ['a broken escape', '%E0%A4%A'],
  ['a path', '..%2f..%2fetc%2fpasswd'],
  ['a long text', 'a'.repeat(5_000)],
  ['right-to-left marks', encodeURIComponent(rightToLeft)],
  ['a quote', encodeURIComponent("' or 1=1 --")],
];

const wrongQueries: [string, string][] = [
  ['twice the same', 'limit=1&limit=2'],
  ['a huge limit', 'limit=1e9'],
  ['a negative limit', 'limit=-1'],
  ['a broken cursor', 'after=%00'],
  ['a made-up cursor', `after=${Buffer.from('["x","y"]').toString('base64url')}`],
  ['a cursor of other types', `after=${Buffer.from('[null,{"a":1}]').toString('base64url')}`],
  ['a cursor of NUL', `after=${Buffer.from(JSON.stringify([`a${nul}`, nul])).toString('base64url')}`],
  ['an unknown field', 'unknown=1'],
  ['an object', 'a[b]=1'],
];

const rawBodies: [string, string | Buffer, string][] = [
  ['no JSON', '{', 'application/json'],
  ['nothing at all', '', 'application/json'],
  ['a bare text', '"x"', 'application/json'],
  [
    'bytes that are no UTF-8',
    Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    'application/json',
  ],
  ['deep nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'application/json'],
  ['a prototype', '{"__proto__":{"a":1},"constructor":{"prototype":{}}}', 'application/json'],
  ['too much', `{"a":"${'x'.repeat(1_100_000)}"}`, 'application/json'],
  ['another type', 'a=1', 'application/x-www-form-urlencoded'],
  [
    'a broken upload',
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a\r\n',
    'multipart/form-data; boundary=x',
  ],
  ['a type that is none', '{}', 'nonsense/;;'],
];

const wrongHeaders: [string, Record<string, string>][] = [
  ['no key', { 'idempotency-key': '' }],
  ['a short key', { 'idempotency-key': 'a' }],
  ['a long key', { 'idempotency-key': 'k'.repeat(5_000) }],
  ['a device that is none', { 'x-device': '{"device_id":1}' }],
  ['a device that is no JSON', { 'x-device': '{{' }],
  [
    'a device from far away',
    { 'x-device': JSON.stringify({ device_id: newId(), seq: 1e300, device_time: 'x' }) },
  ],
  ['an unknown key of the API', { authorization: 'Bearer cpk_nonsense' }],
  ['a broken cookie', { cookie: 'copperpea.session_token=%E0%A4%A.x' }],
  ['a foreign page', { origin: 'https://elsewhere.example' }],
];

/** Wrong requests of every sort for an operation; the same ones for the same random numbers. */
export function* wrongRequests(operation: Operation, random: Random, ids: Ids): Generator<WrongRequest> {
  for (;;) {
    const kinds = [
      ...(operation.params.length > 0 ? ['param'] : []),
      ...(operation.method === 'GET' ? ['query', 'query'] : ['raw', 'headers']),
      ...(operation.body ? ['field', 'field', 'field', 'field', 'missing', 'extra'] : []),
    ];
    yield make(operation, kinds[random(kinds.length)] as string, random, ids);
  }
}

function make(operation: Operation, kind: string, random: Random, ids: Ids): WrongRequest {
  const one = <T>(list: readonly T[]) => list[random(list.length)] as T;
  const fitting =
    ids.under[operation.path.split('/').at(operation.path.startsWith('/api/portal/') ? 3 : 2) ?? ''];
  // Mostly what the address is for: a refusal because there is no such thing says little about the rest.
  const known = () => (random(4) === 0 ? newId() : one(fitting && random(4) > 0 ? fitting : ids.existing));
  const path = (value: () => string) => operation.path.replace(/\{\w+\}/g, () => value());
  const base = { method: operation.method, url: path(known), headers: headersFor(operation) };
  const sample = operation.body ? sampleOf(operation.body, random) : undefined;
  const payload = sample === undefined ? undefined : JSON.stringify(sample);
  switch (kind) {
    case 'param': {
      const [wrong, value] = one(wrongParams);
      return { ...base, wrong: `${wrong} in the path`, url: path(() => value), payload };
    }
    case 'query': {
      const [wrong, query] = wrongQuery(operation, random);
      return { ...base, wrong: `${wrong} in the query`, url: `${base.url}?${query}` };
    }
    case 'raw': {
      const [wrong, body, type] = one(rawBodies);
      return {
        ...base,
        wrong: `${wrong} as body`,
        headers: { ...base.headers, 'content-type': type },
        payload: body,
      };
    }
    case 'headers': {
      const [wrong, headers] = one(wrongHeaders);
      return { ...base, wrong, headers: { ...base.headers, ...headers }, payload };
    }
    default: {
      const { wrong, body } = spoil(sample, kind, random);
      return { ...base, wrong, payload: JSON.stringify(body) };
    }
  }
}

function headersFor(operation: Operation): Record<string, string> {
  if (operation.method === 'GET') return {};
  return { 'idempotency-key': newId(), ...(operation.body ? { 'content-type': 'application/json' } : {}) };
}

function wrongQuery(operation: Operation, random: Random): [string, string] {
  if (operation.query.length === 0 || random(2) === 0) {
    return wrongQueries[random(wrongQueries.length)] as [string, string];
  }
  const { name } = operation.query[random(operation.query.length)] as { name: string; schema: Schema };
  const [wrong, value] = wrongValues[random(wrongValues.length)] as [string, unknown];
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [`${wrong} as ${name}`, `${name}=${encodeURIComponent(text.toWellFormed().slice(0, 8_000))}`];
}

function spoil(sample: unknown, kind: string, random: Random): { wrong: string; body: unknown } {
  const spots = listSpots(sample);
  if (kind === 'extra' || spots.length === 0) {
    return { wrong: 'a field too many', body: { ...(sample as object), surplus: { a: [1] } } };
  }
  const spot = spots[random(spots.length)] as (string | number)[];
  const copy = structuredClone(sample);
  const parent = spot.slice(0, -1).reduce((at: never, key) => at[key as never], copy as never) as Record<
    string,
    unknown
  >;
  const field = spot.at(-1) as string;
  if (kind === 'missing') {
    delete parent[field];
    return { wrong: `no ${spot.join('.')}`, body: copy };
  }
  const [wrong, value] = wrongValues[random(wrongValues.length)] as [string, unknown];
  parent[field] = value;
  return { wrong: `${wrong} as ${spot.join('.')}`, body: copy };
}

function listSpots(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...listSpots(inner, [...at, key])]);
}
