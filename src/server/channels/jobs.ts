import type { Job, Ticker } from '../platform/jobs.ts';
import { forgetOldMails, sendDueMails, sendMail } from './mail/delivery.ts';
import { writeOrderedMail } from './mail/orders.ts';

export const jobs: Job[] = [writeOrderedMail, sendMail];
export const tickers: Ticker[] = [sendDueMails, forgetOldMails];
