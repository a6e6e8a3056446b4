import { reportKept, reportNetwork } from '../../ui/network-state.ts';

/** So often at most: a screen that is drawn anew for each act takes longer than the acts. */
const saidEveryMs = 250;

/** What the screen says of how much is up: "3 of 12". */
export class Said {
  private count = 0;
  private at = Number.NEGATIVE_INFINITY;
  private readonly total: number;
  private readonly now: () => number;

  constructor(total: number, now = () => performance.now()) {
    this.total = total;
    this.now = now;
  }

  of(waiting: number): void {
    reportKept({ sent: this.count, sending_of: Math.max(this.total, this.count + waiting) });
  }

  oneMore(): void {
    this.count += 1;
    if (this.now() - this.at < saidEveryMs) return;
    this.at = this.now();
    reportNetwork('up');
    reportKept({ sent: this.count });
  }
}
