import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isOwnAddress } from '../src/domain/channels/own-mail.ts';
import { readMail } from '../src/server/channels/mail-in/read-mail.ts';

const help = `npm run mail -- explain FILE…      What does a mail say, and what do we make of it? One JSON object a line and mail.

FILE is a raw mail (.eml), "-" reads one from standard input. Each line holds
  file, subject, from, to, cc (addresses), date (an instant, or null where it cannot be read), text (as it came),
  visible (what the sender wrote anew, without quote and signature), html (cleaned, or null),
  attachments [{filename, size, sha256, …}], kind (message, auto_reply, bounce, own_loop), bounce, thread_key,
  thread, why (the reasons for kind, thread and what was left out), problems (what had to be contained).
A file that cannot be read prints {"file":…,"error":…}.

Options before FILE, each as often as needed:
  --own ADDRESS       an address of this desk's    --own-domain DOMAIN   what its Message-IDs end in
  --mark WORD         what it writes into its own mails

Exit code: 0 all read, 1 some file could not be read, 2 no FILE.`;
