import type { Job, Ticker, Watch } from '../platform/jobs.ts';
import { forgetOldMails, sendDueMails, sendMail } from './mail/delivery.ts';
import { writeOrderedMail } from './mail/orders.ts';
import { forgetRawMails } from './mail-in/forget-raw-mails.ts';
import { readDueMails, readMails } from './mail-in/read-mails.ts';
import { watchMailboxes } from './mail-in/watch-mailboxes.ts';

export const jobs: Job[] = [writeOrderedMail, sendMail, readMails];
export const tickers: Ticker[] = [sendDueMails, forgetOldMails, readDueMails, forgetRawMails];
export const watches: Watch[] = [watchMailboxes];
