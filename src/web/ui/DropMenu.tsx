import { cloneElement, type ReactElement, type ReactNode, Suspense, useState } from 'react';
import { lazyPart, loadTheRest } from './the-rest.ts';

const DropMenuBody = lazyPart(() => import('./DropMenuBody.tsx'), 'DropMenuBody');

export type MenuEntry =
  | {
      kind: 'item';
      key: string;
      label: string;
      onChoose: () => void;
      isOn?: boolean;
      icon?: ReactNode;
      /** One of several that are ticked on and off in one go. */
      keepsOpen?: boolean;
    }
  | { kind: 'label'; key: string; label: string }
  | { kind: 'divider'; key: string };

type Button = {
  onClick?: () => void;
  onPointerEnter?: () => void;
  'aria-haspopup'?: 'menu';
  'aria-expanded'?: boolean;
};

export type DropMenuProps = {
  /** The button that opens it. */
  children: ReactElement<Button>;
  entries: MenuEntry[];
  position?: 'bottom-start' | 'bottom-end' | 'top-start';
  width?: number;
  /** Above the entries: switches. */
  top?: ReactNode;
  /** For long lists of names: what its search field says, and what to say when nothing is found. */
  search?: { label: string; nothing: string } | undefined;
};

/** A menu under a button. The button stands at once; what opens comes when somebody reaches for it. */
export function DropMenu(props: DropMenuProps) {
  const [isWanted, setWanted] = useState(false);
  if (isWanted) {
    return (
      <Suspense fallback={props.children}>
        <DropMenuBody {...props} />
      </Suspense>
    );
  }
  return cloneElement(props.children, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: () => void loadTheRest().catch(() => {}),
    onClick: () => setWanted(true),
  });
}
