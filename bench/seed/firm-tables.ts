import type { Cell } from './copy-rows.ts';
import { begin, calendars, dayMs, iso, type Table, twice, upTo, versionId } from './table.ts';
import {
  contactId,
  contactsOfCustomer,
  customerId,
  engineerId,
  idOf,
  sessionToken,
  type World,
} from './world.ts';

const each = (count: (world: World) => number, row: (world: World, n: number) => Cell[]) =>
  function* (world: World): Generator<Cell[]> {
    for (const n of upTo(count(world))) yield row(world, n);
  };

const hours = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00']]]),
);
const definition = { zone: 'Asia/Shanghai', hours, off: [], workdays: {}, restAnyway: false };
const target = (first_response: number, resolution: number) => ({ first_response, resolution });
const targets = JSON.stringify({
  p1: target(30, 240),
  p2: target(60, 480),
  p3: target(240, 1440),
  p4: target(480, 2880),
});

export const firmTables: Table[] = [
  {
    name: 'users',
    columns: ['id', 'kind', 'name', 'email', 'email_verified', 'roles', 'created_at', 'updated_at'],
    rows: each(
      (world) => world.engineers,
      (world, n) => [
        engineerId(world, n),
        'staff',
        `工程师${n}`,
        `e${n}@bench.example`,
        true,
        ['engineer'],
        ...twice(begin(world)),
      ],
    ),
  },
  {
    name: 'sessions',
    columns: ['id', 'user_id', 'token', 'expires_at', 'created_at', 'updated_at'],
    rows: each(
      (world) => world.engineers,
      (world, n) => [
        idOf('session', n, begin(world)),
        engineerId(world, n),
        sessionToken(n),
        iso(world.now + 7 * dayMs),
        ...twice(world.now),
      ],
    ),
  },
  {
    name: 'calendars',
    columns: ['id', 'name', 'created_at'],
    rows: each(
      () => calendars,
      (world, n) => [idOf('calendar', n, begin(world)), `日历${n}`, iso(begin(world))],
    ),
  },
  {
    name: 'calendar_versions',
    columns: ['id', 'calendar_id', 'version', 'definition', 'effective_at', 'created_at'],
    rows: each(
      () => calendars,
      (world, n) => [
        versionId(world, n),
        idOf('calendar', n, begin(world)),
        1,
        JSON.stringify(definition),
        ...twice(begin(world)),
      ],
    ),
  },
  {
    name: 'customers',
    columns: ['id', 'name', 'trade', 'created_at'],
    rows: each(
      (world) => world.customers,
      (world, n) => [customerId(world, n), `客户${n}连锁餐饮有限公司`, '餐饮', iso(begin(world))],
    ),
  },
  {
    name: 'sites',
    columns: ['id', 'customer_id', 'name', 'created_at'],
    rows: each(
      (world) => world.customers,
      (world, n) => [idOf('site', n, begin(world)), customerId(world, n), '总店', iso(begin(world))],
    ),
  },
  {
    name: 'contacts',
    columns: ['id', 'customer_id', 'name', 'email', 'roles', 'created_at'],
    rows: each(
      (world) => world.customers * contactsOfCustomer,
      (world, n) => [
        contactId(world, n),
        customerId(world, Math.floor(n / contactsOfCustomer)),
        `联系人${n}`,
        `c${n}@bench.example`,
        ['uses'],
        iso(begin(world)),
      ],
    ),
  },
  {
    name: 'assets',
    columns: ['id', 'customer_id', 'name', 'serial', 'created_at'],
    rows: each(
      (world) => world.customers * 3,
      (world, n) => [
        idOf('asset', n, begin(world)),
        customerId(world, Math.floor(n / 3)),
        `收银机${n}`,
        `SN${n}`,
        iso(begin(world)),
      ],
    ),
  },
  {
    name: 'contracts',
    columns: ['id', 'customer_id', 'name', 'calendar_id', 'targets', 'starts_on', 'created_at'],
    rows: each(
      (world) => world.customers,
      (world, n) => [
        idOf('contract', n, begin(world)),
        customerId(world, n),
        '全年维保',
        idOf('calendar', n % calendars, begin(world)),
        targets,
        '2020-01-01',
        iso(begin(world)),
      ],
    ),
  },
];
