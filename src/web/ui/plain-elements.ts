import type { ReactElement, ReactNode } from 'react';

const svgSpace = 'http://www.w3.org/2000/svg';
const named: Record<string, string> = {
  className: 'class',
  tabIndex: 'tabindex',
  strokeWidth: 'stroke-width',
  strokeLinecap: 'stroke-linecap',
  strokeLinejoin: 'stroke-linejoin',
};

/**
 * What components without hooks say, as nodes of the document: React's elements are plain data, and a screen that must stand
 * before React is loaded is drawn from the same components as after it.
 */
export function drawPlain(given: ReactNode): DocumentFragment {
  const drawn = document.createDocumentFragment();
  append(drawn, given, false);
  return drawn;
}

function append(parent: Node, given: ReactNode, isPicture: boolean): void {
  if (given === null || given === undefined || typeof given === 'boolean') return;
  if (typeof given === 'object' && Symbol.iterator in given) {
    for (const one of given) append(parent, one, isPicture);
  } else if (typeof given === 'object') appendElement(parent, given as ReactElement, isPicture);
  else parent.appendChild(document.createTextNode(String(given)));
}

function appendElement(parent: Node, { type, props }: ReactElement, isPicture: boolean): void {
  const { children, ...attributes } = props as { children?: ReactNode } & Record<string, unknown>;
  // A fragment's type is a symbol.
  if (typeof type === 'symbol') append(parent, children, isPicture);
  else if (typeof type === 'function') append(parent, (type as Draws)(props), isPicture);
  else appendTag(parent, { type, attributes, children }, isPicture);
}

type Draws = (props: unknown) => ReactNode;
type Tag = { type: string; attributes: Record<string, unknown>; children: ReactNode };

function appendTag(parent: Node, { type, attributes, children }: Tag, isPicture: boolean): void {
  const isInPicture = isPicture || type === 'svg';
  const element = isInPicture ? document.createElementNS(svgSpace, type) : document.createElement(type);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== null) element.setAttribute(named[name] ?? name, String(value));
  append(element, children, isInPicture);
  parent.appendChild(element);
}
