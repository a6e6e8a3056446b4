import {
  cloneElement,
  type HTMLAttributes,
  type ReactElement,
  type Ref,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import style from './Hint.module.css';

type Target = HTMLAttributes<HTMLElement> & { ref?: Ref<HTMLElement> };
const delayMs = 250;
const gapPx = 6;

/**
 * A few words more on hover, focus and tap, for what stands a hundred times on a screen: lists are full of times and
 * clocks, and a whole popover machine for each would be felt.
 */
export function Hint({ label, children }: { label: string; children: ReactElement<Target> }) {
  const [target, setTarget] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  useEffect(() => () => clearTimeout(timer.current), []);
  if (label === '') return children;
  const show = (element: HTMLElement, after: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setTarget(element), after);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setTarget(null);
  };
  const own = children.props;
  const trigger = cloneElement(children, {
    'aria-describedby': target ? id : own['aria-describedby'],
    onPointerEnter: (event) => {
      own.onPointerEnter?.(event);
      show(event.currentTarget, event.pointerType === 'touch' ? 0 : delayMs);
    },
    onPointerLeave: (event) => {
      own.onPointerLeave?.(event);
      hide();
    },
    onFocus: (event) => {
      own.onFocus?.(event);
      if (event.currentTarget.matches(':focus-visible')) show(event.currentTarget, 0);
    },
    onBlur: (event) => {
      own.onBlur?.(event);
      hide();
    },
    onClick: (event) => {
      own.onClick?.(event);
      if (own.onClick) hide();
    },
  });
  return (
    <>
      {trigger}
      {target && <Bubble id={id} label={label} target={target} onAway={hide} />}
    </>
  );
}

function Bubble(props: { id: string; label: string; target: HTMLElement; onAway: () => void }) {
  const { id, label, target, onAway } = props;
  const bubble = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = bubble.current!;
    const at = target.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = box;
    const isRoomAbove = at.top > height + gapPx;
    box.style.top = `${isRoomAbove ? at.top - height - gapPx : at.bottom + gapPx}px`;
    box.style.left = `${Math.max(8, Math.min(at.left + at.width / 2 - width / 2, innerWidth - width - 8))}px`;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && onAway();
    window.addEventListener('scroll', onAway, true);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('scroll', onAway, true);
      window.removeEventListener('keydown', onKey);
    };
  }, [onAway]);
  return createPortal(
    <div ref={bubble} id={id} role="tooltip" className={style.bubble}>
      {label}
    </div>,
    document.body,
  );
}
