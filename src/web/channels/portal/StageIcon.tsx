import { IconCalendarClock, IconCircleCheck, IconTool, IconTruck, IconX } from '@tabler/icons-react';
import type { PortalVisitRow } from '#domain/channels/commands.ts';

const icons = {
  planned: IconCalendarClock,
  on_the_way: IconTruck,
  on_site: IconTool,
  between_days: IconCalendarClock,
  over: IconCircleCheck,
  cancelled: IconX,
};

/** How far a visit is, as a shape beside its words. */
export function StageIcon({ stage }: { stage: PortalVisitRow['stage'] }) {
  const Icon = icons[stage];
  return <Icon size={22} stroke={1.7} aria-hidden />;
}
