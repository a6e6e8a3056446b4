import type { StaffRole } from '#domain/ground/policy.ts';

export type SampleColleague = {
  key: string;
  name: string;
  roles: StaffRole[];
  phone: string;
  locale?: 'en';
};

const domain = 'tinglan.example';
/** Easy on purpose: the sample company is for looking around, and says so. */
export const samplePassword = 'copperpea-sample';

export const sampleFirm = {
  name: '汀蓝技术服务',
  name_en: 'Tinglan Technical Services',
  contact_phone: '400-000-0168',
};

export const sampleColleagues: SampleColleague[] = [
  { key: 'shen', name: '沈知远', roles: ['administrator'], phone: '13800000101' },
  { key: 'gu', name: '顾怀民', roles: ['manager'], phone: '13800000102' },
  { key: 'qian', name: '钱颂', roles: ['manager', 'sales'], phone: '13800000103' },
  { key: 'lin', name: '林可', roles: ['dispatcher'], phone: '13800000104' },
  { key: 'fang', name: '方敏', roles: ['dispatcher', 'engineer'], phone: '13800000105' },
  { key: 'zhou', name: '周明轩', roles: ['engineer'], phone: '13800000106' },
  { key: 'zhao', name: '赵海川', roles: ['engineer'], phone: '13800000107' },
  { key: 'tang', name: '唐雨桐', roles: ['engineer'], phone: '13800000108' },
  { key: 'he', name: '何子谦', roles: ['engineer'], phone: '13800000109' },
  { key: 'ma', name: '马骁', roles: ['engineer'], phone: '13800000110' },
  { key: 'nair', name: 'Priya Nair', roles: ['engineer'], phone: '13800000111', locale: 'en' },
  { key: 'su', name: '苏文静', roles: ['sales'], phone: '13800000112' },
  { key: 'luo', name: '罗一帆', roles: ['sales'], phone: '13800000113' },
];

export function sampleEmail(key: string, of: string = domain): string {
  return `${key}@${of}`;
}

/** One sign-in for each role, printed when the sample is loaded. */
export const sampleSignIns = [
  { role: 'administrator', name: '沈知远', email: sampleEmail('shen') },
  { role: 'manager', name: '顾怀民', email: sampleEmail('gu') },
  { role: 'dispatcher', name: '林可', email: sampleEmail('lin') },
  { role: 'engineer', name: '周明轩', email: sampleEmail('zhou') },
  { role: 'sales', name: '苏文静', email: sampleEmail('su') },
  { role: 'contact', name: '王丽娟', email: sampleEmail('wanglijuan', 'haiyan.example') },
  { role: 'customer_administrator', name: '陈建国', email: sampleEmail('chenjianguo', 'haiyan.example') },
].map((one) => ({ ...one, password: samplePassword }));
