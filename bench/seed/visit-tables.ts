import type { Cell } from './copy-rows.ts';
import { begin, iso, type Table, twice, upTo } from './table.ts';
import { contactId, contactNumber, customerId, engineerId, idOf, type World } from './world.ts';
import { type SeededVisit, visitOf } from './world-visits.ts';

const hourMs = 3_600_000;
const kickOff = JSON.stringify({
  our_people: [{ name: '工程师', duty: '现场处理' }],
  their_people: [{ name: '店长', duty: '接口人，负责停机时间' }],
  need: '收银不再卡顿',
  expectations: '当天恢复，不影响晚市',
  cooperation: '打烊前半小时不收银',
  cooperation_ordered_by: '店长',
  plan: '先查网线和交换机，再看收银软件',
  cautions: '先备份当天的流水',
  acknowledged: null,
});

export const visitTables: Table[] = [
  {
    name: 'visits',
    columns: [
      'id',
      'version',
      'ticket_id',
      'customer_id',
      'site_id',
      'engineer_id',
      'kind',
      'is_emergency',
      'state',
      'planned_from',
      'planned_to',
      'goal',
      'done_when',
      'not_today',
      'interface_contact_id',
      'dispatched_at',
      'dispatched_by_name',
      'departed_at',
      'arrived_at',
      'started_at',
      'left_at',
      'kick_off',
      'created_at',
      'updated_at',
    ],
    rows: ofVisits((world, visit) => [visitRow(world, visit)]),
  },
  {
    name: 'visit_assignments',
    columns: ['id', 'visit_id', 'customer_id', 'engineer_id', 'assigned_at', 'created_at'],
    rows: ofVisits((world, visit) => [
      [
        idOf('visit_assignment', visit.ticket.index, visit.plannedAt),
        visit.id,
        customerId(world, visit.ticket.customer),
        engineerId(world, visit.engineer),
        ...twice(visit.ticket.at),
      ],
    ]),
  },
  {
    name: 'visit_log_entries',
    columns: [
      'id',
      'visit_id',
      'customer_id',
      'kind',
      'started_at',
      'ended_at',
      'line',
      'customer_line',
      'waiting_for',
      'waiting_on_contact_id',
      'photos',
      'done_by_id',
      'done_by_name',
      'happened_at',
      'received_at',
      'created_at',
    ],
    rows: ofVisits(entryRows),
  },
  {
    name: 'visit_findings',
    columns: [
      'id',
      'visit_id',
      'customer_id',
      'what',
      'risk',
      'standard',
      'evidence',
      'advice',
      'cheaper_advice',
      'obstacle',
      'reaction',
      'reaction_words',
      'photos',
      'done_by_id',
      'done_by_name',
      'happened_at',
      'received_at',
      'created_at',
    ],
    rows: ofVisits(findingRows),
  },
];

function ofVisits(rows: (world: World, visit: SeededVisit) => Cell[][]) {
  return function* (world: World): Generator<Cell[]> {
    for (const index of upTo(world.size)) {
      const visit = visitOf(world, index);
      if (visit) yield* rows(world, visit);
    }
  };
}

const wasOnSite = ({ state }: SeededVisit) => state !== 'planned';

function visitRow(world: World, visit: SeededVisit): Cell[] {
  const { ticket, plannedAt, state } = visit;
  const onSite = wasOnSite(visit);
  const site = (ms: number) => (onSite ? iso(visit.onSiteAt + ms) : null);
  return [
    visit.id,
    onSite ? 5 : 1,
    ticket.id,
    customerId(world, ticket.customer),
    idOf('site', ticket.customer, begin(world)),
    engineerId(world, visit.engineer),
    'repair',
    false,
    state,
    iso(plannedAt),
    iso(plannedAt + 2.5 * hourMs),
    '收银机扫码不再卡顿，晚市前恢复',
    '三台收银机连续扫码一百次，每次不到一秒',
    '不换收银软件的版本',
    contactId(world, contactNumber(ticket.customer, 0)),
    ...(onSite ? [iso(ticket.at), '调度'] : [null, null]),
    site(-hourMs),
    site(0),
    site(600_000),
    state === 'done' ? site(2 * hourMs) : null,
    kickOff,
    ...twice(ticket.at),
  ];
}

const work = [
  ['travel', '地铁转公交', ''],
  ['work', '换了交换机到前台的网线，端口三有氧化', '前台的网线换好了，正在看第二台收银机。'],
  ['waiting', '店长在开会', '等店长打开机柜。'],
  ['verification', '三台各扫一百次，最慢 0.6 秒', '三台收银机都试过了，扫码不再卡。'],
] as const;

function entryRows(world: World, visit: SeededVisit): Cell[][] {
  if (!wasOnSite(visit)) return [];
  const { ticket, onSiteAt } = visit;
  return work.map(([kind, line, customerLine], n) => {
    const at = onSiteAt + (n - 1) * 1_800_000;
    const waits = kind === 'waiting';
    return [
      idOf('visit_entry', ticket.index * 4 + n, onSiteAt),
      visit.id,
      customerId(world, ticket.customer),
      kind,
      iso(at),
      iso(at + 1_500_000),
      line,
      customerLine,
      waits ? '机柜钥匙' : '',
      waits ? contactId(world, contactNumber(ticket.customer, 0)) : null,
      '[]',
      ...doneBy(world, visit, at + 1_500_000),
    ];
  });
}

function findingRows(world: World, visit: SeededVisit): Cell[][] {
  if (!wasOnSite(visit)) return [];
  const { ticket, onSiteAt } = visit;
  return [
    [
      idOf('visit_finding', ticket.index, onSiteAt),
      visit.id,
      customerId(world, ticket.customer),
      '交换机没有接不间断电源，停电时收银会断',
      'medium',
      '企业内部机房规范第三章',
      '机柜里只有一个普通插排',
      '给交换机和主机加一台不间断电源',
      '先把交换机接到门禁的备用电源上',
      '预算要到下个季度',
      'later',
      '下个月开店长会时再说',
      '[]',
      ...doneBy(world, visit, onSiteAt + 3_600_000),
    ],
  ];
}

function doneBy(world: World, { engineer }: SeededVisit, atMs: number): Cell[] {
  const at = iso(Math.min(atMs, world.now));
  return [engineerId(world, engineer), `工程师${engineer}`, at, at, at];
}
