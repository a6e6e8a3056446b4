import { useMediaQuery } from '@mantine/hooks';
import type { Me } from '#domain/people/commands.ts';
import type { ShellKind } from '../ui/type-sizes.ts';
import { isInHand, narrowScreen } from './phone-screen.ts';

/** `open`: nobody is signed in. */
export type Shell = ShellKind | 'open';

export function useShell(me: Me | null): Shell {
  const isNarrow = useMediaQuery(narrowScreen, undefined, {
    getInitialValueInEffect: false,
  });
  if (me === null) return 'open';
  if (me.kind === 'contact') return 'portal';
  return isNarrow || isInHand ? 'phone' : 'desk';
}
