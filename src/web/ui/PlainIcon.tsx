import type { IconNodes } from 'virtual:icon/*';

/** An icon that needs no React: for what is drawn before it is loaded (see first-picture.ts). */
export function PlainIcon({ nodes, size, stroke = 2 }: { nodes: IconNodes; size: number; stroke?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={stroke}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      {nodes.map(([Part, { key, ...attributes }]) => (
        <Part key={key} {...attributes} />
      ))}
    </svg>
  );
}
