import { pick } from '../seed/world.ts';

// Words as a desk for shops and wards hears them, the common ones first: the n-th is said about 1/n as often.
const things =
  '收银机,打印机,服务器,扫码枪,网络,交换机,数据库,系统,电脑,路由器,监控,摄像头,电子秤,显示器,键盘,会员卡,接口,报表,备份,权限,账号,密码,驱动,屏幕,电源,硬盘,内存,网线,无线,防火墙,证书,域名,邮箱,发票,库存,订单,结账,退款,小票,钱箱'.split(
    ',',
  );
const troubles =
  '卡住,很慢,连不上,打不开,报错,闪退,死机,重启,断线,乱码,黑屏,无响应,超时,丢失,不同步,重复,打不出来,登不上去,没有声音,蓝屏'.split(
    ',',
  );
const moments =
  '今天早上,昨天晚上,上周五,刚才,中午高峰,打烊以后,更新之后,停电之后,换班的时候,月底结账时'.split(',');
const english =
  'timeout,printer,network,server,backup,login,update,database,driver,cable,switch,firewall,license,report,invoice,restart,offline,error,queue,memory'.split(
    ',',
  );
// Names of places and people are made of two or three of these: some 60,000 rare words.
const syllables =
  '安宝北本冰博昌长成池川春大丹德登东鄂恩凡飞丰福富甘高歌关光广桂国海汉杭航和河黑恒衡红虹洪鸿湖虎华怀欢桓皇辉惠吉济佳嘉建江金津锦晋京晶景静九巨君开康兰乐黎丽连良林凌龙鲁路伦罗洛马曼茂美明木南宁平浦齐奇千琴青庆泉荣瑞山尚绍深盛石双水顺思松苏台泰唐天同万威伟温文梧西溪仙祥向新兴秀徐轩雅延阳瑶宜义银永玉源云泽展昭正中舟州竹卓紫'.split(
    '',
  );

/** A place in a list by Zipf's law: the first half as often as the second, and so on. */
function zipf(index: number, salt: number, count: number): number {
  const share = (pick(index, salt, 1_000_000) + 1) / 1_000_001;
  return Math.min(count - 1, Math.floor((count + 1) ** share) - 1);
}

const of = (list: readonly string[], index: number, salt: number) =>
  list[zipf(index, salt, list.length)] as string;

/** A name that a handful of tickets share. */
export function nameOf(index: number, salt: number): string {
  const letters = [salt, salt + 1].map((each) => syllables[pick(index, each, syllables.length)]);
  return `${letters.join('')}${['路', '店', '院', '城'][pick(index, salt + 2, 4)]}`;
}

export const thingOf = (index: number, salt = 41) => of(things, index, salt);
export const troubleOf = (index: number, salt = 42) => of(troubles, index, salt);
/** Error numbers: a few are everywhere, most are met once. */
export const codeOf = (index: number) => `ORA-${String(1 + zipf(index, 43, 60_000)).padStart(5, '0')}`;
const serialOf = (index: number) => `HX-${2019 + pick(index, 44, 7)}-${String(index).padStart(7, '0')}`;

export function titleOf(index: number): string {
  return `${nameOf(index, 50)}${thingOf(index)}${troubleOf(index)}`;
}

/** What the customer wrote, some hundred characters. */
export function wordsOf(index: number): string {
  const code = pick(index, 45, 3) === 0 ? `，提示 ${codeOf(index)}` : '';
  const latin = pick(index, 46, 4) === 0 ? ` ${of(english, index, 47)} ${of(english, index, 48)}` : '';
  return (
    `${of(moments, index, 49)}起${thingOf(index)}${troubleOf(index)}${code}，${thingOf(index, 53)}也${troubleOf(index, 54)}${latin}。` +
    `重启以后好一会儿，过半小时又来了，${nameOf(index, 55)}的同事说${thingOf(index, 58)}${troubleOf(index, 59)}。` +
    `设备序列号 ${serialOf(index)}，请尽快安排人来看一下，谢谢。`
  );
}
