import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundThing } from '#domain/search/commands.ts';
import { cutQuery } from '#domain/search/query-length.ts';
import { inShort, kindWords, pathOf, placeWords } from '../search/found-words.ts';
import { get } from '../ui/api-client.ts';
import type { PaletteSource } from '../ui/CommandPalette.tsx';
import type { Entry } from './entries.ts';

/** What ⌘K looks through: whatever has a name or number, the way to the whole search, and the entries of the rail. */
export function usePaletteSources(entries: Entry[]): PaletteSource[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return useMemo(() => {
    const places: PaletteSource = (query) => {
      const items = entries
        .map(({ path, label }) => ({ id: path, label: t(label), to: path }))
        .filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()));
      return [{ label: t('app.palette.places'), items }];
    };
    const things: PaletteSource = async (query, signal) => {
      if (query === '') return [];
      const found = await get<{ items: FoundThing[] }>(
        '/api/search/suggestions',
        { q: cutQuery(query) },
        { signal },
      );
      return groupsOf(found.items);
    };
    const groupsOf = (found: FoundThing[]) => {
      const groups = new Map<string, FoundThing[]>();
      for (const thing of found) {
        const label = kindWords(thing, t);
        groups.set(label, [...(groups.get(label) ?? []), thing]);
      }
      return [...groups].map(([label, things]) => ({
        label,
        items: things.map((thing) => ({
          id: thing.id,
          label:
            thing.kind === 'ticket'
              ? t('app.palette.ticket', { number: thing.number, title: thing.title.text })
              : thing.title.text || [placeWords(thing, t), thing.ticket?.title].filter(Boolean).join(' '),
          ...(thing.kind === 'customer' ? {} : { hint: thing.customer.name }),
          to: pathOf(thing),
        })),
      }));
    };
    const everywhere: PaletteSource = (query) =>
      query === ''
        ? []
        : [
            {
              label: t('search.palette.all'),
              items: [
                {
                  id: 'everywhere',
                  label: t('search.palette.everywhere', { asked: inShort(query) }),
                  run: () => void navigate({ to: '/search', search: { q: cutQuery(query) } as never }),
                },
              ],
            },
          ];
    return [things, everywhere, places];
  }, [entries, t, navigate]);
}
