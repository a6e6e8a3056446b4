import { word } from './screen-words.ts';
import type { Caller, Stage } from './stage.ts';

/** Further than this from the true time is a wrong clock: what the network's own slowness makes is less. */
export const clockToleranceMs = 30_000;

/** One act as the person behind it knows it. No two have the same mark. */
export type Deed = {
  who: string;
  what: string;
  /** Typed in the act, and nowhere else. */
  mark: string;
  /** When it was done, by a clock that is right. */
  at: number;
  /** The screen said that it is saved. A killed browser leaves it open: the act may stand, but only once. */
  confirmed: boolean;
  /** What a mark made is there once; what it was added to is a longer text, which a clash may show again. */
  makes: boolean;
  /** The mark in the caption of its photo. */
  photo: string | null;
};

export type Judgement = { lost: string[]; doubled: string[]; wrongClocks: string[]; openClashes: number };

/** `made`: a row that an act made, or such an act kept in quarantine; `said`: what stands in a field or waits beside one. */
type Standing = { where: 'made' | 'said'; text: string; happened_at: string };

/** Holds what people did against what the database has. `onScreens`: the words of the refused acts that phones show. */
export async function judge(
  stage: Stage,
  claims: { visitId: string; deeds: Deed[]; wordless: number[]; onScreens: string[]; caller: Caller },
): Promise<Judgement> {
  const { visitId, deeds, wordless, onScreens, caller } = claims;
  const standing = await whatStands(stage, visitId);
  const places = [...standing.map(({ text }) => text), ...onScreens];
  const judgement: Judgement = { lost: [], doubled: [], wrongClocks: [], openClashes: 0 };
  for (const deed of deeds) {
    const found = places.filter((text) => text.includes(deed.mark));
    const said = `${deed.who} ${deed.what} “${deed.mark}”`;
    if (found.length === 0 && deed.confirmed) judgement.lost.push(said);
    const made = standing.filter(({ where, text }) => where === 'made' && text.includes(deed.mark));
    if (deed.makes && made.length > 1) judgement.doubled.push(`${said}: ${made.length} times`);
    const twice = found.find((text) => text.split(deed.mark).length > 2);
    if (twice) judgement.doubled.push(`${said}: twice in “${twice}”`);
    if (deed.makes) judgement.wrongClocks.push(...wrongTimes(standing, deed, said));
    if (deed.photo && deed.confirmed && !places.some((text) => text.includes(deed.photo as string)))
      judgement.lost.push(`${said}: its photo ${deed.photo}`);
  }
  // Seen by nobody but whoever holds that phone.
  judgement.lost.push(
    ...onScreens
      .filter(isLackOfPermission)
      .map((shown) => `to the leads, it waits for none of them: ${shown}`),
  );
  judgement.doubled.push(...(await doubledActs(stage, visitId)));
  judgement.wrongClocks.push(
    ...(await eventsWithoutDeed(stage, { visitId, times: [...wordless, ...deeds.map(({ at }) => at)] })),
  );
  judgement.lost.push(...(await missingPhotos(stage, { visitId, standing, caller })));
  const { rows } = await stage.query(
    'select count(*)::int as open from visit_clashes where visit_id = $1 and settled_at is null',
    [visitId],
  );
  judgement.openClashes = rows[0].open;
  return judgement;
}

/** Refused for whose visit it was or which role its engineer had: such an act belongs in quarantine. */
function isLackOfPermission(shown: string): boolean {
  return ['ground.forbidden', 'visits.not_yours'].some((code) => {
    const [before, behind] = word(`refusals.${code}.text`, { name: '\u0000' }).split('\u0000');
    return shown.includes(before as string) && shown.includes(behind ?? '');
  });
}

/** Every text of the visit that somebody can have typed, with the time that it has. */
async function whatStands(stage: Stage, visitId: string): Promise<Standing[]> {
  const { rows } = await stage.query(
    `select 'made' as where, to_jsonb(log)::text as text, happened_at from visit_log_entries log where visit_id = $1
     union all select 'made', to_jsonb(finding)::text, happened_at from visit_findings finding where visit_id = $1
     union all select 'made', to_jsonb(note)::text, happened_at from visit_notes note where visit_id = $1
     union all select 'made', to_jsonb(wrap_up)::text, happened_at from visit_wrap_ups wrap_up where visit_id = $1
     union all select 'made', words, created_at from promises where visit_id = $1
     union all select 'said', text, updated_at from visits, unnest(array[goal, done_when, not_today, kick_off ->> 'need',
       kick_off ->> 'plan', kick_off ->> 'cautions', kick_off ->> 'cooperation', kick_off ->> 'expectations']) as text
       where visits.id = $1
     union all select 'said', mine::text, happened_at from visit_clashes where visit_id = $1
     union all select 'said', theirs::text, happened_at from visit_clashes where visit_id = $1
     union all select case when act like 'edit%' then 'said' else 'made' end,
       (case when act like 'edit%' then jsonb_path_query_array(body, '$.changes.*.to') else body end)::text, happened_at from quarantined_acts
       where visit_id = $1 and verdict is distinct from 'applied'`,
    [visitId],
  );
  return rows.map((row) => ({ ...row, happened_at: new Date(row.happened_at).toISOString() }));
}

function wrongTimes(standing: Standing[], deed: Deed, said: string): string[] {
  return standing
    .filter(({ where, text }) => where === 'made' && text.includes(deed.mark))
    .map(({ happened_at }) => Date.parse(happened_at) - deed.at)
    .filter((off) => deed.what !== 'promise' && Math.abs(off) > clockToleranceMs)
    .map((off) => `${said}: ${Math.round(off / 1000)} s from the true time`);
}

/** What an act brings with it stands beside the act's own event, under the same number. */
const broughtAlong = ['visit.clash_agreed', 'visit.emergency_declared'];

/** A device numbers its acts; one number makes one event of its own on the visit. */
async function doubledActs(stage: Stage, visitId: string): Promise<string[]> {
  const { rows } = await stage.query(
    `select device_seq, array_agg(name) as names from events
     where subject_id = $1 and device_id is not null and name <> all ($2) group by device_id, device_seq having count(*) > 1`,
    [visitId, broughtAlong],
  );
  return rows.map(({ device_seq, names }) => `act ${device_seq} of a device: ${names.join(', ')}`);
}

/** Each act that came from a phone happened when somebody did something. */
async function eventsWithoutDeed(
  stage: Stage,
  { visitId, times }: { visitId: string; times: number[] },
): Promise<string[]> {
  const { rows } = await stage.query(
    'select name, happened_at, actor_name from events where subject_id = $1 and device_id is not null',
    [visitId],
  );
  return rows.flatMap(({ name, happened_at, actor_name }) => {
    const at = new Date(happened_at).getTime();
    const nearest = Math.min(...times.map((time) => Math.abs(time - at)));
    return nearest > clockToleranceMs
      ? [`${actor_name} ${name}: ${Math.round(nearest / 1000)} s from whatever anybody did`]
      : [];
  });
}

/** A photo that an act names can be looked at, and stands with one act. */
async function missingPhotos(
  stage: Stage,
  { visitId, standing, caller }: { visitId: string; standing: Standing[]; caller: Caller },
): Promise<string[]> {
  const named = new Set(
    standing.flatMap(({ text }) =>
      [...text.matchAll(/"file_id": ?"([^"]+)"/g)].map((found) => found[1] as string),
    ),
  );
  const { rows } = await stage.query(
    "select id, sha256, size_bytes from files where subject_kind = 'visit' and subject_id = $1",
    [visitId],
  );
  const missing: string[] = [];
  for (const id of named) {
    const row = rows.find((one) => one.id === id);
    const bytes = row && (await caller.bytes(`/api/files/${id}`));
    if (!bytes || bytes !== Number(row.size_bytes))
      missing.push(`photo ${id}: ${row ? 'no bytes' : 'not there'}`);
  }
  return missing;
}
