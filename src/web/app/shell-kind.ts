import { useMediaQuery } from '@mantine/hooks';
import type { Me } from '#domain/people/commands.ts';
import type { ShellKind } from '../ui/theme.ts';

/** Below this width staff get the phone's screens. */
export const phoneBelowPx = 768;

/** `open`: nobody is signed in. */
export type Shell = ShellKind | 'open';

/** A phone stays one when it is held across, as for a signature; its screen does not change when the keyboard comes. */
const isInHand =
  window.matchMedia('(pointer: coarse)').matches && Math.min(screen.width, screen.height) < phoneBelowPx;

export function useShell(me: Me | null): Shell {
  const isNarrow = useMediaQuery(`(max-width: ${phoneBelowPx - 1}px)`, undefined, {
    getInitialValueInEffect: false,
  });
  if (me === null) return 'open';
  if (me.kind === 'contact') return 'portal';
  return isNarrow || isInHand ? 'phone' : 'desk';
}
