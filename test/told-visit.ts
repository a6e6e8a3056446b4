import type { ReportedPage } from '#domain/reports/telling-facts.ts';
import { minutesOf } from '#domain/visits/confirming.ts';
import { signingText } from '#domain/visits/signing-off.ts';
import type { VisitContact } from '#domain/visits/views.ts';
import { emptyKickOff, type Visit } from '#domain/visits/visit.ts';

/** What colleagues wrote for colleagues: wherever this shows up towards a customer, something leaks. */
export const canary = 'CANARY-NUR-INTERN';

const fixed = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const photoIds = [901, 902, 903, 904, 905].map(fixed);
const [plug, cable, tills, before, after] = photoIds as [string, string, string, string, string];
const at = (hour: number, minute = 0, day = 0) =>
  new Date(Date.UTC(2026, 10, 22 + day, hour, minute)).toISOString();
const by = { by_id: fixed(1), by_name: '林海', at: at(6) };
const contact = fixed(203);

export const toldFirm = {
  name: '齐鲁维信技术服务',
  name_en: 'Qilu Weixin Field Services',
  accent_color: '#0f6e84',
  contact_phone: '400-000-0000',
  logo_file_id: null,
};

type Told = { kind: Visit['log'][number]['kind']; from: string; to: string; line: string } & Partial<
  Visit['log'][number]
>;

const day: Told[] = [
  { kind: 'travel', from: at(0, 30), to: at(1, 45), line: '从公司出发到人民路总店。' },
  {
    kind: 'work',
    from: at(1, 50),
    to: at(3, 20),
    line: '检查三台收银机到服务器的网络：2 号机水晶头氧化，更换后连接恢复；1、3 号机正常。',
    photos: [
      { file_id: plug, caption: '2 号机背面网口，更换前' },
      { file_id: cable, caption: '更换后的跳线' },
    ],
  },
  {
    kind: 'waiting',
    from: at(3, 20),
    to: at(4, 5),
    line: '等待贵方开通服务器管理员账号。',
    waiting_for: '服务器管理员账号',
    waiting_on_contact_id: contact,
  },
  {
    kind: 'work',
    from: at(4, 5),
    to: at(6, 40),
    line: 'SQL Server 服务改为自动延迟启动，并核对近七天的交易记录，未丢失数据。',
  },
  {
    kind: 'verification',
    from: at(6, 40),
    to: at(7, 15),
    line: '三台收银机各做十笔交易，断电重启两次，均能自动恢复连接。',
    photos: [{ file_id: tills, caption: '三台收银机同时结账' }],
  },
  // Without a line for the customer: its photo stays inside with it.
  {
    kind: 'out_of_contract',
    from: at(7, 15),
    to: at(7, 25),
    line: '',
    photos: [{ file_id: fixed(990), caption: canary }],
  },
  { kind: 'report', from: at(7, 25), to: at(7, 45), line: '当面说明结果与建议。' },
];

function logOf(days: number): Visit['log'] {
  return Array.from({ length: days }, (_, nth) =>
    day.map(({ from, to, line, ...rest }, index) => ({
      id: fixed(1_000 + nth * 100 + index),
      started_at: new Date(Date.parse(from) + nth * 86_400_000).toISOString(),
      ended_at: new Date(Date.parse(to) + nth * 86_400_000).toISOString(),
      line: canary,
      customer_line: line,
      waiting_for: '',
      waiting_on_contact_id: null,
      photos: [],
      ...rest,
      ...by,
    })),
  ).flat();
}

function findingsOf(count: number): Visit['findings'] {
  const stays = { obstacle: canary, ...by };
  return Array.from({ length: count }, (_, nth) => [
    {
      id: fixed(2_000 + nth * 10),
      what: '机柜内网线没有标签，两根已老化',
      risk: 'medium' as const,
      standard: '',
      evidence: '',
      advice: '择日重新理线并贴标签，约需两小时。',
      cheaper_advice: '',
      reaction: 'later' as const,
      reaction_words: '',
      photos: [],
      ...stays,
      at: at(9, 0, 20),
    },
    {
      id: fixed(2_001 + nth * 10),
      what: '服务器 SQL Server 服务设为手动启动，停电后不会自己起来',
      risk: 'high' as const,
      standard: '收银系统安装手册 3.2：数据库服务应为自动启动',
      evidence: '事件日志 11 月 18 日、20 日两次停电后服务未启动；sc qc MSSQLSERVER 显示 DEMAND_START。',
      advice: '已改为自动（延迟）启动。建议为服务器配一台 UPS，至少支撑 15 分钟。',
      cheaper_advice: '暂不买 UPS 时，停电后由值班人员按卡片步骤检查一次。',
      reaction: 'agrees' as const,
      reaction_words: '下月预算里安排。',
      photos: [
        { file_id: before, caption: '服务启动类型，修改前' },
        { file_id: after, caption: '修改后' },
      ],
      ...stays,
    },
  ]).flat();
}

function strokes(): number[][] {
  const draw = (x: number, y: number, move: (t: number) => [number, number]) =>
    Array.from({ length: 60 }, (_, index) => {
      const [dx, dy] = move(index / 59);
      return [Math.round(x + dx), Math.round(y + dy)];
    }).flat();
  return [
    draw(120, 200, (t) => [240 * t, -90 * Math.sin(t * 9)]),
    draw(380, 120, (t) => [60 * Math.sin(t * 6), 220 * t]),
    draw(480, 220, (t) => [330 * t, 60 * Math.sin(t * 14) * (1 - t)]),
  ];
}

const kickOff: Visit['kick_off'] = {
  ...emptyKickOff,
  our_people: [
    { name: '林海', duty: '现场实施与验证' },
    { name: '周敏', duty: '调度与远程支持' },
  ],
  their_people: [
    { name: '马建国', duty: '接口人，安排停机时间' },
    { name: '吴小燕', duty: '收银操作与验收' },
  ],
  need: '午市高峰收银机反复断开，需要找到原因并彻底解决。',
  expectations: '今天之内恢复，不影响晚市。',
  cooperation: '11:20 至 12:05 之间提供服务器管理员账号；14:40 起空出三台收银机做验证。',
  cooperation_ordered_by: '孙悦（店长）',
  plan: '先查网络，再查数据库服务，最后一起验证。',
  cautions: '午市期间只动一台机器。',
  acknowledged: null,
};
kickOff.acknowledged = { contact_id: contact, name: '马建国', at: at(1, 49), read: minutesOf(kickOff) };

const goal = '让三台收银机稳定连上总店服务器，午市不再中断。';
const done_when = '三台收银机断电重启后都能自动恢复连接，连续两小时没有报错。';
const not_today = '不升级收银软件版本，不更换服务器。';

const wrapUp: Visit['wrap_ups'][number] = {
  id: fixed(4_000),
  rested_on: '· 网络逐段测试\n· 数据库服务与事件日志\n· 现场三台机器的交易验证',
  problems: '· 2 号机水晶头氧化，造成时断时续\n· 服务器 SQL Server 服务设为手动启动，停电后不会自己起来',
  advice: '· 配备 UPS\n· 机柜理线',
  support_needed: '请在 11 月 30 日前决定是否购买 UPS；决定前请安排值班人员停电后检查一次服务器。',
  tomorrow: '明天午市由周敏远程观察两小时，有异常立即联系马建国。',
  reaction: '满意，理线的时间另约。',
  promised_today: 'noted',
  minutes: 12,
  ...by,
  at: at(7, 50),
};

/** A visit told to its end, with the canary in every place where only colleagues write. `days` and `findings` lengthen it. */
export function toldPage(size: { days?: number; findings?: number } = {}): ReportedPage {
  const said = { hours: 6, night: false, said_by: '马建国', said_at: at(2, 10, -2) };
  const visit: Visit = {
    id: fixed(800),
    number: 1042,
    version: 30,
    ticket_id: fixed(700),
    customer_id: fixed(101),
    site_id: fixed(111),
    engineer_id: fixed(1),
    engineer_name: '林海',
    kind: 'repair',
    is_emergency: false,
    emergency_reason: canary,
    state: 'signed',
    planned_from: at(1, 30),
    planned_to: at(8),
    ...{ goal, done_when, not_today },
    interface_contact_id: contact,
    signer_ids: [],
    today_confirmed: {
      ...{ contact_id: contact, name: '马建国', at: at(1, 48) },
      read: { goal, done_when, not_today },
    },
    last_changed: { emergency_reason: { ...by, by_name: canary } },
    scope_sales: { ...said, what: canary, verification: canary, said_by: canary },
    scope_customer: { ...said, what: '与接口人所说不同的范围', verification: '' },
    scope_interface: {
      ...said,
      what: '三台收银机与总店服务器之间的网络与数据库连接',
      verification: '三台收银机各做十笔交易',
    },
    readiness: [{ item: 'kit', state: 'waived', reason: canary, ...by, by_name: canary }],
    dispatched: { ...by, overridden: ['hours_apart'], override_reason: canary },
    departed_at: at(0, 30),
    arrived_at: at(1, 45),
    started_at: at(1, 50),
    left_at: at(8),
    no_wrap_up_reason: canary,
    cancelled: { ...by, reason: canary },
    kick_off: kickOff,
    log: logOf(size.days ?? 1),
    findings: findingsOf(size.findings ?? 1),
    promises: [
      {
        id: fixed(3_000),
        words: '把 UPS 选型和报价发给马建国',
        to_contact_id: contact,
        owner_id: fixed(1),
        due_at: at(9, 0, 3),
        state: 'open',
      },
      {
        id: fixed(3_001),
        words: '发送停电后检查卡片的打印版',
        to_contact_id: contact,
        owner_id: fixed(1),
        due_at: null,
        state: 'kept',
      },
    ],
    wrap_ups: [wrapUp],
    signatures: [
      {
        id: fixed(5_000),
        contact_id: contact,
        name: '马建国',
        role: '信息主管（接口人）',
        strokes: strokes(),
        shown: '',
        shown_sha256: 'a3f5'.repeat(16),
        as_shown: true,
        ...by,
        at: at(7, 58),
      },
    ],
    notes: [{ id: fixed(6_000), body: canary, ...by }],
    clashes: [
      { id: 'c', field: 'goal', based_on: canary, theirs: canary, mine: canary, ...by, settled: null },
    ],
  };
  for (const signature of visit.signatures) signature.shown = signingText(visit);
  return { visit, about: aboutOf(visit) };
}

function aboutOf(visit: Visit): ReportedPage['about'] {
  // More than a report asks for, so that the canary sits there too.
  const named: VisitContact = {
    id: contact,
    name: '马建国',
    form_of_address: canary,
    title: '信息主管',
    phone: canary,
    roles: [canary],
    reader_level: canary,
  };
  return {
    ticket: {
      id: visit.ticket_id,
      number: 2031,
      title: '收银机午市频繁断开与服务器的连接',
      kind: 'incident',
      state: 'open',
      priority: 1,
      customer_words: null,
    },
    customer: { id: visit.customer_id, name: '鲁味餐饮有限公司', zone: 'Asia/Shanghai' },
    site: {
      id: fixed(111),
      name: '人民路总店',
      address: '人民路 88 号',
      city: '济南',
      zone: 'Asia/Shanghai',
    },
    asset: { id: fixed(300), name: '收银系统', model: 'POS-9', serial: 'SN20431', version: '5.2.1' },
    contacts: [named],
  };
}
