import type { ReportSignature } from '#domain/reports/report.ts';
import { readSignedText, type SignedText } from '#domain/visits/signed-text.ts';
import { filled, type Pair, type Speaking } from './paper-parts.ts';

export function signatureOf(speaking: Speaking) {
  const { facts, t, clock } = speaking;
  const words = (name: string) => t(`signature.${name}`);
  return {
    labels: {
      name: words('name'),
      role: words('role'),
      at: words('at'),
      hash: words('hash'),
      paper: words('paper'),
      stamp: words('stamp'),
      paper_name: words('paper_name'),
      paper_role: words('paper_role'),
      paper_date: words('paper_date'),
      read: words('read'),
      note: words(facts.signatures.length > 0 ? 'note' : 'note_unsigned'),
    },
    list: facts.signatures.map((signature) => ({
      name: signature.name,
      role: signature.role,
      at: clock.when(signature.at),
      hash: signature.shown_sha256,
      shown: words(agreement(signature)),
      read: signature.shown === undefined ? [] : readPairs(signature.shown, speaking),
      strokes: signature.strokes,
    })),
  };
}

/** `not_as_shown` is said by versions from before they kept what was read. */
function agreement({ shown, as_shown }: ReportSignature): 'read_otherwise' | 'as_shown' | 'not_as_shown' {
  if (shown !== undefined) return 'read_otherwise';
  return as_shown ? 'as_shown' : 'not_as_shown';
}

/** What a signer read, said in the words of the paper; a text of another making stands as it is. */
function readPairs(text: string, speaking: Speaking): Pair[] {
  const { t, clock } = speaking;
  const read = readSignedText(text);
  if (read === null) return [{ label: t('signature.read'), text }];
  const { wrap_up } = read;
  const talk = ['rested_on', 'problems', 'advice', 'support_needed', 'tomorrow', 'reaction'] as const;
  return filled([
    { label: t('cover.engineer'), text: read.engineer },
    { label: t('signature.arrived'), text: read.arrived_at ? clock.when(read.arrived_at) : '' },
    { label: t('goal.goal'), text: read.goal },
    { label: t('goal.done_when'), text: read.done_when },
    { label: t('goal.not_today'), text: read.not_today },
    { label: t('sections.work'), text: read.work.map((line) => workWords(line, speaking)).join('\n') },
    { label: t('sections.findings'), text: read.findings.map((one) => findingWords(one, t)).join('\n') },
    {
      label: t('sections.promises'),
      text: read.promises
        .map(({ words, due_at, state }) =>
          joined([
            words,
            due_at ? clock.when(due_at) : t('promises.open_due'),
            t(`promises.states.${state}`),
          ]),
        )
        .join('\n'),
    },
    ...talk.map((name) => ({ label: t(`wrap_ups.${name}`), text: wrap_up?.[name] ?? '' })),
  ]);
}

function workWords(line: SignedText['work'][number], { t, clock }: Speaking): string {
  const end = line.ended_at ? clock.until(line.ended_at, line.started_at) : t('work.running');
  return joined([
    `${clock.when(line.started_at)} – ${end}`,
    t(`work.kinds.${line.kind}`),
    line.line,
    line.photos > 0 ? t('signature.photos', { count: line.photos }) : '',
  ]);
}

function findingWords(finding: SignedText['findings'][number], t: Speaking['t']): string {
  return joined([
    t(`findings.risk.${finding.risk}`),
    finding.what,
    finding.advice.trim() && `${t('findings.advice')} ${finding.advice}`,
    finding.reaction && `${t('findings.reaction')} ${t(`findings.reactions.${finding.reaction}`)}`,
  ]);
}

const joined = (parts: (string | null)[]) => parts.filter((part) => part?.trim()).join(' · ');
