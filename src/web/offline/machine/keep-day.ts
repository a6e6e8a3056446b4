import { fromMs } from '#domain/ground/instant.ts';
import { firstPictureTexts } from '../../ui/i18n.ts';
import { presentBoard } from '../board-state.ts';
import {
  type ActsSeen,
  byPlan,
  type Day,
  type DayRow,
  dayForm,
  dayId,
  dayPageOf,
  isDayTrue,
  timesOf,
} from '../day-record.ts';
import type { OutboxRow } from './database.ts';
import type { Machine } from './machine.ts';
import { seal } from './sealing.ts';

/** Acts come in bursts; what is killed meanwhile opens without the picture. */
const gatherMs = 400;

/** Keeps the day's screen as it is now, so that the next start can show it before anything else is loaded. */
export class DayKeeper {
  private readonly machine: Machine;
  private kept: { words: string; seen: ActsSeen } | null = null;
  private seen: ActsSeen = { last_order: 0, refused: [] };
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(machine: Machine) {
    this.machine = machine;
  }

  /** The board was drawn from these acts. */
  drawn(rows: OutboxRow[]): void {
    this.seen = actsSeen(rows);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.keep().catch(() => {});
    }, gatherMs);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async keep(): Promise<void> {
    const { db, key, zone } = this.machine;
    const { seen } = this;
    const carried = [...presentBoard().pages.values()].filter(({ is_on_board }) => is_on_board);
    const pages = carried.map(({ page }) => dayPageOf(page)).toSorted(byPlan);
    const times = timesOf(pages, zone, fromMs(Date.now()));
    const day: Day = { form: dayForm, ...firstPictureTexts(), ...times, pages };
    const words = JSON.stringify(day);
    if (this.kept?.words === words && isDayTrue(this.kept.seen, seen)) return;
    const value: DayRow = { sealed: await seal(key, dayId, day), seen };
    if (!db.isOpen()) return;
    await db.meta.put({ id: dayId, value });
    this.kept = { words, seen };
  }
}

function actsSeen(rows: OutboxRow[]): ActsSeen {
  return {
    last_order: rows.at(-1)?.order ?? 0,
    refused: rows.filter(({ state }) => state === 'refused').map(({ order }) => order),
  };
}
