import type { Me } from '#domain/people/commands.ts';
import { send } from '../ui/api-client.ts';
import { switchLanguage } from '../ui/i18n.ts';
import type { Language } from '../ui/present-language.ts';
import { queryClient } from '../ui/query-client.ts';
import { meQuery } from './session.ts';

/** Switches the language on this device and keeps the choice with the person, for mails and other devices. */
export async function chooseLanguage(me: Me, language: Language): Promise<void> {
  await switchLanguage(language);
  if (me.locale === language) return;
  const body = { changes: { locale: { from: me.locale, to: language } } };
  // Only a convenience: when it is refused, the device's choice still holds.
  const next = await send<Me>({ method: 'PATCH', path: '/api/me', body }).catch(() => null);
  if (next) queryClient.setQueryData(meQuery.queryKey, next);
}
