import type { Listener } from '../platform/jobs.ts';
import { makeFirstCalendar } from './actions/first-calendar.ts';

const names: Record<string, string> = { 'zh-CN': '标准工作时间', en: 'Standard hours' };

export const listeners: Listener[] = [
  {
    on: 'setup.completed',
    task: 'calendar.make_first',
    run: async (event, { asSystem }) =>
      asSystem(async (ctx) => {
        const administrator = await ctx.db
          .selectFrom('users')
          .select('locale')
          .where('id', '=', event.subject_id)
          .executeTakeFirst();
        await makeFirstCalendar(ctx, names[administrator?.locale ?? 'zh-CN'] as string);
      }),
  },
];
