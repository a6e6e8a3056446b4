import { readFileSync } from 'node:fs';

const file = new URL('../../locales/zh-CN.json', import.meta.url);
const texts = JSON.parse(readFileSync(file, 'utf8'));

/** A sentence of the screens by its key, so that a person here looks for what people read. */
export function word(key: string, params: Record<string, string> = {}): string {
  const text = key.split('.').reduce((part, name) => part?.[name], texts);
  if (typeof text !== 'string') throw new Error(`no text ${key}`);
  return text.replace(/\{\{(\w+)[^}]*\}\}/g, (_, name: string) => params[name] ?? '');
}

/** The same, with anything in the places of what changes. */
export function like(key: string): RegExp {
  const parts = word(key, new Proxy({}, { get: () => '\u0000' })).split('\u0000');
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
}
