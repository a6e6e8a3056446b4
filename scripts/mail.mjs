import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readMail } from '../src/server/channels/mail-in/read-mail.ts';

const help = `npm run mail -- explain [options] FILE…     What does a mail say, and what do we make of it?

FILE is a raw mail (.eml); "-" reads one from standard input. Prints one JSON object a line and mail:
  file, subject, from, to, cc (addresses), date (an instant, or null where it cannot be read), text (as it came),
  visible (what the sender wrote anew, without quote and signature), html (cleaned, or null),
  attachments [{filename, size, sha256, …}], kind (message, auto-reply, bounce, own loop), bounce, thread_key, thread,
  why (the reasons for kind, thread and what visible leaves out), problems (what had to be contained), both also in
  words (why_words, problem_words; in Chinese where LANG is), and the rest. from is the field as it was written where
  it is not in proper form; from_address is the address that counts.
A file that cannot be read prints {"file":…,"error":…}.

  --own ADDRESS     an address of this desk's        --own-domain DOMAIN   what its Message-IDs end in
  --mark WORD       what this desk writes into its own mails
--own and --own-domain may be given several times.

Exit code: 0 all read, 1 some file could not be read, 2 not understood.`;

const language = process.env.LANG?.startsWith('zh') ? 'zh-CN' : 'en';
const texts = JSON.parse(readFileSync(new URL(`../locales/${language}.json`, import.meta.url), 'utf8'));

const kinds = { message: 'message', auto_reply: 'auto-reply', bounce: 'bounce', own_loop: 'own loop' };

function sentence(key) {
  return key.split('.').reduce((found, part) => found[part], texts);
}

/** The fields that people ask for first, then the rest. */
function explain(mail) {
  const { subject, from, to, cc, date, text, visible, html, attachments, kind, bounce, thread, ...more } =
    mail;
  const addresses = (mailboxes) => mailboxes.map((mailbox) => mailbox.address);
  return {
    subject,
    from: more.from_written ?? from?.address ?? '',
    to: addresses(to),
    cc: addresses(cc),
    date,
    text,
    visible,
    html,
    attachments,
    kind: kinds[kind],
    bounce,
    thread_key: thread.key,
    thread,
    ...more,
    why_words: more.why.map((reason) => sentence(`received_mail.why.${reason}`)),
    problem_words: more.problems.map((problem) => sentence(`received_mail.problems.${problem}`)),
    reply_to: addresses(more.reply_to),
    from_name: from?.name ?? '',
    from_address: from?.address ?? '',
  };
}

async function rawOf(file) {
  if (file !== '-') return readFile(resolve(process.env.INIT_CWD ?? '.', file));
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function run(files, desk) {
  for (const file of files) {
    let result;
    try {
      result = { file, ...explain(readMail(await rawOf(file), desk).mail) };
    } catch (error) {
      result = { file, error: error.code ?? error.message };
      process.exitCode = 1;
    }
    if (!process.stdout.write(`${JSON.stringify(result)}\n`))
      await new Promise((drained) => process.stdout.once('drain', drained));
  }
}

// Piped into `head`: who reads no further is not an error.
process.stdout.on('error', () => process.exit());

function parsed() {
  const repeated = { type: 'string', multiple: true, default: [] };
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        own: repeated,
        'own-domain': repeated,
        mark: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return { values: {}, positionals: [], wrong: error.message };
  }
}

const { values, positionals, wrong } = parsed();
const [act, ...files] = positionals;
if (values.help) console.log(help);
else if (act !== 'explain' || files.length === 0) {
  console.error(wrong ? `${wrong}\n\n${help}` : help);
  process.exitCode = 2;
} else
  await run(files, {
    addresses: values.own,
    message_id_domains: values['own-domain'],
    mark: values.mark ?? null,
  });
