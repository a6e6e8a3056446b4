import { lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { writeStored } from '../ui/device-storage.ts';
import { loadTexts } from '../ui/i18n.ts';
import type { Shell } from './shell-kind.ts';

type Frame = ReturnType<typeof lazyRouteComponent> | typeof Outlet;

/** The frame around the screens of each shell; a phone never loads the desk's. */
export const frames: Record<Shell, Frame> = {
  desk: frame('staff', () => import('./desk/DeskShell.tsx'), 'DeskShell'),
  phone: frame('staff', () => import('./phone/PhoneShell.tsx'), 'PhoneShell'),
  portal: frame('portal', () => import('./portal/PortalShell.tsx'), 'PortalShell'),
  open: Outlet,
};

function frame(part: 'staff' | 'portal', load: () => Promise<object>, name: string): Frame {
  const withTexts = async () => {
    writeStored('texts.first', part);
    return (await Promise.all([load(), loadTexts(part)]))[0] as Record<string, never>;
  };
  return lazyRouteComponent(withTexts, name);
}
