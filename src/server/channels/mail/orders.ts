import { createHash } from 'node:crypto';
import { mailOrder } from '#domain/channels/commands.ts';
import { type Locale, locales } from '#domain/people/person.ts';
import type { Job } from '../../platform/jobs.ts';
import type { Block } from './letter.ts';
import { loadSender, postMail } from './outbox.ts';
import { hasText, textsFor, whenInWords } from './texts.ts';

// A link that ends in a token lets in whoever has it.
const opensDoor = /[A-Za-z0-9_-]{20,}$/;

/**
 * `channels.mail`: a letter of fixed sentences that another module orders (invitation, reset). Texts stand in
 * locales as `mail.<template>`: subject, first, last; a `link` among the params becomes the button.
 */
export const writeOrderedMail: Job = {
  task: 'channels.mail',
  run: async (payload, tools) => {
    const order = mailOrder.parse(payload);
    if (!hasText(`${order.template}.subject`)) throw new Error(`no texts for the mail ${order.template}`);
    const locale = (locales as readonly string[]).includes(order.locale) ? (order.locale as Locale) : 'zh-CN';
    const to = typeof order.to === 'string' ? { email: order.to, name: null } : order.to;
    const t = textsFor(locale);
    await tools.asSystem(async (ctx) => {
      const sender = await loadSender(ctx.db, locale);
      const name = order.params.name ?? to.name ?? to.email;
      const zone = String(order.params.zone ?? 'Asia/Shanghai');
      const until = order.params.expires_at
        ? whenInWords(String(order.params.expires_at), { locale, zone })
        : null;
      const words = { ...order.params, name, firm: sender.name, until };
      const link = order.params.link ? String(order.params.link) : null;
      const blocks: Block[] = [
        { kind: 'text', text: t(`${order.template}.first`, words) },
        ...(link ? [{ kind: 'button' as const, label: t(`${order.template}.button`, words), link }] : []),
        ...(until ? [{ kind: 'text' as const, text: t('until', words) }] : []),
        ...(hasText(`${order.template}.last`)
          ? [{ kind: 'text' as const, text: t(`${order.template}.last`, words) }]
          : []),
      ];
      await postMail(ctx, {
        occasion: order.occasion ?? `order:${hashOf(order)}`,
        to: { email: to.email, name: to.name ?? (order.params.name ? String(order.params.name) : null) },
        locale,
        template: order.template,
        secret: link && opensDoor.test(link) ? link : null,
        letter: {
          locale,
          subject: t(`${order.template}.subject`, words),
          greeting: t('greeting', words),
          blocks,
          foot: '',
        },
      });
    });
  },
};

/** Orders carry a token of their own, so that equal orders are repeats of one. */
function hashOf(order: unknown): string {
  return createHash('sha256').update(JSON.stringify(order)).digest('base64url');
}
