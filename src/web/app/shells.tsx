import { lazyRouteComponent, Outlet } from '@tanstack/react-router';
import type { Shell } from './shell-kind.ts';

/** The frame around the screens of each shell; a phone never loads the desk's. */
export const frames: Record<Shell, ReturnType<typeof lazyRouteComponent> | typeof Outlet> = {
  desk: lazyRouteComponent(() => import('./desk/DeskShell.tsx'), 'DeskShell'),
  phone: lazyRouteComponent(() => import('./phone/PhoneShell.tsx'), 'PhoneShell'),
  portal: lazyRouteComponent(() => import('./portal/PortalShell.tsx'), 'PortalShell'),
  open: Outlet,
};
