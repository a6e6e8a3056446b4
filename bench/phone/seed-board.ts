import pg from 'pg';
import sharp from 'sharp';
import { uuidv7 } from 'uuidv7';
import type { OnBoard, VisitPage } from '#domain/visits/views.ts';
import { sealSessionToken, sessionCookieName } from '#server/people/sign-in.ts';
import { makeDesk } from '../over-http.ts';
import { engineerId, sessionToken, ticketOf, type World } from '../seed/world.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
export const onBoard = { visits: 30, photos: 300 } as const;

export type Board = { url: string; world: World; engineer: number; cookie: { name: string; value: string } };

/** The smallest firm there is; one of its engineers leads, so that visits can be planned as people do. */
export async function makeBoardDesk(databaseUrl: string, secret: string): Promise<Board> {
  const { url, world } = await makeDesk(databaseUrl, 1_000);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`update users set roles = '{dispatcher}' where id = $1`, [engineerId(world, lead)]);
  await client.end();
  return { url, world, engineer: 0, cookie: cookieFor(0, secret) };
}

const lead = 1;

function cookieFor(engineer: number, secret: string) {
  return { name: sessionCookieName(false), value: sealSessionToken(sessionToken(engineer), secret) };
}

export type Caller = <T>(line: string, body?: unknown) => Promise<T>;

/** Calls as that engineer's, with their session. */
export function callerOf(server: string, engineer: number, secret: string): Caller {
  const { name, value } = cookieFor(engineer, secret);
  return async (line, body) => {
    const [method, path] = line.split(' ') as [string, string];
    const isForm = body instanceof FormData;
    const answer = await fetch(server + path, {
      method,
      headers: {
        cookie: `${name}=${value}`,
        ...(method === 'POST' ? { 'idempotency-key': uuidv7() } : {}),
        ...(body && !isForm ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${line}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as never;
  };
}

/** Thirty visits of the coming seven days before one engineer, ten photos on each; the one to work on comes back. */
export async function fillBoard(board: Board, server: string, secret: string): Promise<string> {
  const own = callerOf(server, board.engineer, secret);
  const leads = callerOf(server, lead, secret);
  const { world } = board;
  const seeded = (await own<OnBoard>('GET /api/visits/on-board')).items.map(({ id }) => id);
  const planned: string[] = [];
  for (let n = 0; planned.length + seeded.length < onBoard.visits; n += 1)
    planned.push(await planOne(leads, { world, engineer: board.engineer, n }));
  const first = planned[0] as string;
  for (const item of ['kit', 'access'])
    await own(`POST /api/visits/${first}/check_readiness`, { item, state: 'ticked' });
  await leads(`POST /api/visits/${first}/dispatch`, { override_reason: '客户催得急' });
  for (const act of ['depart', 'arrive', 'start']) await own(`POST /api/visits/${first}/${act}`, {});
  const pictures = await makePictures(10, { width: 1_280, height: 960, contrast: 0.3 });
  const all = [...seeded, ...planned];
  for (const id of all) await hangPhotos(own, { id, pictures, count: onBoard.photos / all.length });
  return first;
}

async function planOne(
  leads: Caller,
  { world, engineer, n }: { world: World; engineer: number; n: number },
): Promise<string> {
  // In the evenings, when nobody has a seeded visit; the last ones are still within seven days.
  const today = Math.floor(world.now / dayMs) * dayMs;
  const from = today + Math.floor(n / 5) * dayMs + (13 + (n % 5) * 2) * hourMs;
  let index = world.firstOpen + n * 2;
  while (ticketOf(world, index).state !== 'open') index += 2;
  const id = uuidv7();
  await leads('POST /api/visits', {
    id,
    ticket_id: ticketOf(world, index).id,
    engineer_id: engineerId(world, engineer),
    kind: 'repair',
    is_emergency: true,
    emergency_reason: '晚市前恢复收银',
    planned_from: new Date(from).toISOString(),
    planned_to: new Date(from + hourMs).toISOString(),
    goal: '收银机扫码不再卡顿，晚市前恢复',
    done_when: '三台收银机连续扫码一百次，每次不到一秒',
    not_today: '不换收银软件的版本',
  });
  return id;
}

async function hangPhotos(
  own: Caller,
  { id, pictures, count }: { id: string; pictures: Buffer[]; count: number },
): Promise<void> {
  const { visit } = await own<VisitPage>(`GET /api/visits/${id}`);
  const photos: { file_id: string; caption: string }[] = [];
  for (let n = 0; n < count; n += 1) {
    const file_id = uuidv7();
    const form = new FormData();
    form.set('id', file_id);
    form.set('customer_id', visit.customer_id);
    form.set(
      'file',
      new Blob([new Uint8Array(pictures[n % pictures.length] as Buffer)], { type: 'image/jpeg' }),
      `${n}.jpg`,
    );
    await own('POST /api/files', form);
    photos.push({ file_id, caption: `机柜 ${n + 1}` });
  }
  const at = new Date().toISOString();
  const said = { line: '机柜照片', customer_line: '到场前的样子' };
  await own(`POST /api/visits/${id}/log`, {
    id: uuidv7(),
    kind: 'report',
    started_at: at,
    ended_at: at,
    photos,
    ...said,
  });
}

/** Pictures with as much in them as a photo has, each another one. */
export async function makePictures(
  count: number,
  { width, height, contrast }: { width: number; height: number; contrast: number },
): Promise<Buffer[]> {
  const pictures: Buffer[] = [];
  for (let n = 0; n < count; n += 1) {
    const [across, down] = [Math.round(width / 3), Math.round(height / 3)];
    const noise = Buffer.alloc(across * down * 3);
    let state = n + 1;
    for (let at = 0; at < noise.length; at += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      noise[at] = (state >>> 24) * contrast;
    }
    pictures.push(
      await sharp(noise, { raw: { width: across, height: down, channels: 3 } })
        .resize(width, height)
        .jpeg({ quality: 80 })
        .toBuffer(),
    );
  }
  return pictures;
}
