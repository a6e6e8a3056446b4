import { todayCardOf } from '#domain/visits/confirming.ts';
import { type SampleVisit, signedBy } from '../telling-visits.ts';
import { dispatch, find, log, plain, scope, tick } from '../visit-acts.ts';

const whiteSigns = [
  [120, 90, 150, 60, 190, 70, 170, 150, 140, 230, 110, 250],
  [100, 120, 160, 118, 230, 112],
  [300, 80, 290, 150, 285, 240],
  [270, 110, 340, 100, 400, 98, 395, 170, 390, 236],
  [290, 165, 330, 162, 388, 160],
  [286, 236, 340, 230, 392, 232, 520, 220, 640, 180],
];

/** An evening at the hotel: found, mended, proved, talked over and signed. */
export const hotelEvening: SampleVisit = {
  key: 'card-writer',
  customer: 'songjian',
  ticket: 'card-writer',
  at: '1d 20:30',
  planned_by: 'fang',
  engineer: 'zhou',
  kind: 'repair',
  emergency: '前台写不出房卡，今晚到店的客人进不了房',
  from: '1d 21:10',
  to: '1d 23:00',
  site: 'air',
  goal: '今晚恢复前台发卡，客人能正常进房',
  done_when: '前台连续写十张卡，抽三间房开门都成功',
  not_today: '不动门锁管理服务器，不升级发卡软件',
  interface_person: 'baixue',
  signers: ['shaojie'],
  steps: [
    {
      at: '1d 20:31',
      who: 'fang',
      act: scope('customer', {
        what: '前台发卡器写不进卡，需当晚恢复',
        hours: 2,
        night: false,
        verification: '',
        said_by: '白雪',
        said_at: '1d 20:28',
      }),
    },
    { at: '1d 20:33', who: 'zhou', act: tick('kit') },
    { at: '1d 20:34', who: 'zhou', act: tick('access') },
    { at: '1d 20:35', who: 'fang', act: dispatch() },
    { at: '1d 20:36', who: 'zhou', act: plain('depart') },
    { at: '1d 21:12', who: 'zhou', act: plain('arrive') },
    {
      at: '1d 21:13',
      who: 'zhou',
      act: log({
        name: 'road',
        kind: 'travel',
        from: '1d 20:36',
        to: '1d 21:12',
        line: '机场高速，没有堵。',
      }),
    },
    { at: '1d 21:15', who: 'zhou', act: plain('start') },
    {
      at: '1d 21:17',
      who: 'zhou',
      act: ({ contact, visit }) => ({
        name: 'confirm_today',
        body: { contact_id: contact('baixue'), name: '白雪', read: todayCardOf(visit) },
      }),
    },
    {
      at: '1d 21:40',
      who: 'zhou',
      act: log({
        name: 'look',
        kind: 'work',
        from: '1d 21:15',
        to: '1d 21:40',
        line: '设备管理器里发卡器的串口从 COM3 变成了 COM5，发卡软件还在找 COM3。前天有人换过 USB 口。',
        customer_line: '原因找到了：发卡器换过一个 USB 接口，发卡软件还在原来的位置找它。发卡器本身没有坏。',
      }),
    },
    {
      at: '1d 22:05',
      who: 'zhou',
      act: log({
        name: 'mend',
        kind: 'work',
        from: '1d 21:40',
        to: '1d 22:05',
        line: '串口号固定为 COM3，USB 口贴了标签。',
        customer_line: '已经改好，并在接口上贴了标签，写明不要更换。',
      }),
    },
    {
      at: '1d 22:20',
      who: 'zhou',
      act: log({
        name: 'prove',
        kind: 'verification',
        from: '1d 22:05',
        to: '1d 22:20',
        line: '1206、1310、0808 三间房试开。',
        customer_line: '连续写了十张卡，抽三间房开门，全部成功。',
      }),
    },
    {
      at: '1d 22:24',
      who: 'zhou',
      act: find('total-card', {
        what: '总卡借用没有登记，今晚有四个人用过同一张总卡',
        risk: 'high',
        standard: '酒店自己的《门锁总卡管理办法》要求一借一登记',
        evidence: '前台抽屉里的登记本最后一页是上个月',
        advice: '今晚把总卡改密一次；以后借用逐次登记',
        cheaper_advice: '先用前台交接班表登记',
        reaction: 'agrees',
      }),
    },
    {
      at: '1d 22:27',
      who: 'zhou',
      act: ({ id, contact, at }) => ({
        name: 'promise',
        body: {
          id: id('promise'),
          words: '把发卡器断线的自查三步做成一页纸，发给前台',
          to_contact_id: contact('baixue'),
          owner_id: null,
          due_at: at('+2d 18:00'),
        },
      }),
    },
    {
      at: '1d 22:34',
      who: 'zhou',
      act: ({ id }) => ({
        name: 'wrap_up',
        body: {
          id: id('wrap-up'),
          rested_on: '发卡恢复，三间房试开成功；原因是发卡器换了 USB 接口。',
          problems: '总卡借用没有登记，今晚有四个人用过同一张总卡。',
          advice: '今晚改密总卡，以后逐次登记。',
          support_needed: '请前台同事不要移动发卡器的接口。',
          tomorrow: '发一页自查说明给前台。',
          reaction: '白经理当场同意改密，并安排了登记人。',
          promised_today: 'noted',
          minutes: 7,
        },
      }),
    },
    {
      at: '1d 22:38',
      who: 'zhou',
      act: signedBy('baixue', { name: '白雪', role: '前厅主管', strokes: whiteSigns }),
    },
    {
      at: '1d 22:41',
      who: 'zhou',
      act: () => ({
        name: 'leave',
        body: { promised_today: 'noted', comes_back: false, no_wrap_up_reason: null },
      }),
    },
  ],
};
