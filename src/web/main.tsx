import './ui/zod-without-eval.ts';
import './ui/mantine-styles.ts';
import './ui/colors.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { firmQuery, followOtherTabs, meQuery, recallPerson } from './app/session.ts';
import { readStored } from './ui/device-storage.ts';
import { type Part, startI18n } from './ui/i18n.ts';
import { watchNetwork } from './ui/network-state.ts';
import { queryClient } from './ui/query-client.ts';

// Who was here last most likely is here again; whoever it turns out to be, their frame waits for its own texts.
const first = readStored<Part>('texts.first') ?? 'all';
// Who is there, whose house it is, and the sentences: all asked for at once.
const recalled = recallPerson();
// A store that is slow to open is not waited for with an empty screen; what it says later still counts.
const inTime = Promise.race([recalled, new Promise((resolve) => setTimeout(resolve, 1_500))]);
void queryClient.prefetchQuery(meQuery);
void queryClient.prefetchQuery(firmQuery);
watchNetwork();
followOtherTabs();
void Promise.all([startI18n(first), inTime]).then(() =>
  createRoot(document.getElementById('root') as HTMLElement).render(<App />),
);
