import type { MailReason } from '../received-mail.ts';

/**
 * The lines above a quote, by which a mail program says whose words follow.
 * `rest`: everything behind it is quote. `marks`: behind it, what bears marks is quote; where nothing does, the rest is.
 */
export type Heading = { reason: MailReason; lines: number; quote: 'rest' | 'marks' };

/** Looks whether a heading begins at a line. The lines are `plain`; a rule looks only a few lines ahead. */
export type HeadingRule = (lines: readonly string[], at: number) => Heading | null;
