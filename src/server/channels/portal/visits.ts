import type { FastifyReply } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import type { PortalDeed, PortalVisit, PortalVisitRow } from '#domain/channels/commands.ts';
import { portalStageOf } from '#domain/channels/portal.ts';
import type { Actor } from '#domain/ground/actor.ts';
import type { Instant } from '#domain/ground/instant.ts';
import { Refusal } from '#domain/ground/refusal.ts';
import type { FileView } from '#domain/tickets/commands.ts';
import { gravestFirst } from '#domain/visits/gravity.ts';
import type { Photo, VisitState } from '#domain/visits/visit.ts';
import type { Context } from '../../platform/context.ts';
import { inReadTransaction } from '../../platform/db/transaction.ts';
import { listFilesOf } from '../../platform/files/listing.ts';
import type { PrintParts } from '../../reports/actions/print-version.ts';
import { sendReport } from '../../reports/actions/send-report.ts';
import { hasRecordChanged } from '../../reports/queries/record-changed.ts';
import { contactOf, visibleTickets } from './scope.ts';

// So many visits of one question, and so many lines of one visit, fit on a page.
const mostVisits = 30;
const mostLines = 500;
const comingShown = 5;

/** The columns of a visit as customers see it; the portal role may read no others. */
function selectVisits(ctx: Context) {
  return visibleTickets(ctx)
    .innerJoin('visits', 'visits.ticket_id', 'tickets.id')
    .innerJoin('users as engineer', 'engineer.id', 'visits.engineer_id')
    .innerJoin('customers', 'customers.id', 'visits.customer_id')
    .leftJoin('sites', 'sites.id', 'visits.site_id')
    .where('visits.customer_id', '=', contactOf(ctx).customer_id)
    .select([
      'visits.id',
      'visits.ticket_id',
      'tickets.title as ticket_title',
      'visits.kind',
      'visits.state',
      'engineer.name as engineer_name',
      'sites.name as site_name',
      'sites.zone as site_zone',
      'customers.zone as customer_zone',
      'visits.planned_from',
      'visits.planned_to',
      'visits.arrived_at',
      'visits.left_at',
      'visits.goal',
      'visits.done_when',
      'visits.not_today',
    ]);
}

type VisitColumns = Awaited<ReturnType<ReturnType<typeof selectVisits>['executeTakeFirstOrThrow']>>;

type LeftBefore = Map<string, Instant>;

function rowOf(
  {
    state,
    kind,
    site_zone,
    customer_zone,
    goal: _goal,
    done_when: _done,
    not_today: _not,
    ...row
  }: VisitColumns,
  leftBefore: LeftBefore,
): PortalVisitRow {
  const left_before = leftBefore.get(row.id) ?? null;
  return {
    ...row,
    left_at: row.left_at ?? left_before,
    kind: kind as PortalVisitRow['kind'],
    stage: portalStageOf({ state: state as VisitState, planned_from: row.planned_from, left_before }),
    zone: site_zone ?? customer_zone,
  };
}

/** When the engineer left last, of visits that go on another day. Of a day's record nothing else is the customer's. */
async function whenLeftBefore(ctx: Context, rows: VisitColumns[]): Promise<LeftBefore> {
  const away = rows.filter(({ state }) => state === 'dispatched').map(({ id }) => id);
  if (away.length === 0) return new Map();
  const left = sql<Instant>`days -> -1 ->> 'left_at'`;
  const found = await ctx.asApp(() =>
    ctx.db
      .selectFrom('visits')
      .select(['id', left.as('left_at')])
      .where('id', 'in', away)
      .where(left, 'is not', null)
      .execute(),
  );
  return new Map(found.map(({ id, left_at }) => [id, left_at]));
}

/** Visits that are not over, the next first. */
export async function listComing(ctx: Context): Promise<PortalVisitRow[]> {
  const rows = await selectVisits(ctx)
    .where('visits.state', 'not in', ['done', 'cancelled'])
    .orderBy('visits.planned_from')
    .orderBy('visits.id')
    .limit(comingShown)
    .execute();
  const leftBefore = await whenLeftBefore(ctx, rows);
  return rows.map((row) => rowOf(row, leftBefore));
}

/** The visits of a question, the next or latest first, each with all that the customer may read of it. */
export async function visitsOfTicket(ctx: Context, ticketId: string): Promise<PortalVisit[]> {
  const rows = await selectVisits(ctx)
    .where('tickets.id', '=', ticketId)
    .orderBy('visits.planned_from', 'desc')
    .orderBy('visits.id', 'desc')
    .limit(mostVisits)
    .execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const files = await listFilesOf(ctx.db, 'visit', ids);
  const leftBefore = await whenLeftBefore(ctx, rows);
  const [lines, findings, reports] = [
    await listLines(ctx, ids),
    await listFindings(ctx, ids),
    await listVersions(ctx, ids),
  ];
  return rows.map((row) => {
    const shown = photosAmong(files.get(row.id) ?? []);
    const of = <T extends { visit_id: string }>(list: T[]) => list.filter((one) => one.visit_id === row.id);
    return {
      ...rowOf(row, leftBefore),
      goal: row.goal,
      done_when: row.done_when,
      not_today: row.not_today,
      lines: of(lines).map(({ visit_id: _visit, kind, photos, ...line }) => ({
        ...line,
        kind: kind as PortalVisit['lines'][number]['kind'],
        photos: shown(photos),
      })),
      findings: gravestFirst(
        of(findings).map(({ visit_id: _visit, risk, reaction, photos, ...finding }) => ({
          ...finding,
          risk: risk as PortalVisit['findings'][number]['risk'],
          reaction: reaction as PortalVisit['findings'][number]['reaction'],
          photos: shown(photos),
        })),
      ),
      reports: of(reports).map(({ visit_id: _visit, ...report }) => report),
    };
  });
}

/** The photos that row security lets through; those that stay inside are not even counted. */
function photosAmong(files: FileView[]) {
  return (photos: unknown) =>
    (photos as Photo[]).flatMap(({ file_id, caption }) => {
      const file = files.find(({ id }) => id === file_id);
      return file ? [{ file, caption }] : [];
    });
}

function listLines(ctx: Context, visitIds: string[]) {
  return ctx.db
    .selectFrom('visit_log_entries')
    .select(['id', 'visit_id', 'kind', 'customer_line as words', 'started_at', 'ended_at', 'photos'])
    .where('visit_id', 'in', visitIds)
    .where('customer_id', '=', contactOf(ctx).customer_id)
    .where('customer_line', '<>', '')
    .orderBy('started_at')
    .orderBy('id')
    .limit(mostLines)
    .execute();
}

function listFindings(ctx: Context, visitIds: string[]) {
  return ctx.db
    .selectFrom('visit_findings')
    .select(['id', 'visit_id', 'what', 'risk', 'advice', 'reaction', 'photos'])
    .where('visit_id', 'in', visitIds)
    .where('customer_id', '=', contactOf(ctx).customer_id)
    .orderBy('id')
    .limit(mostLines)
    .execute();
}

/** The newest version and those that were signed: what lies between says nothing that the newest does not. */
async function listVersions(ctx: Context, visitIds: string[]) {
  const rows = await ctx.db
    .selectFrom('report_versions')
    .select(['id', 'visit_id', 'version', 'reason', 'made_at'])
    .where('visit_id', 'in', visitIds)
    .where('customer_id', '=', contactOf(ctx).customer_id)
    .orderBy('version', 'desc')
    .execute();
  const isNewest = (row: (typeof rows)[number]) =>
    row === rows.find(({ visit_id }) => visit_id === row.visit_id);
  const kept = rows.filter((row) => row.reason === 'signed' || isNewest(row));
  const stamped = await listStamped(
    ctx,
    kept.map(({ id }) => id),
  );
  // What the record says is read whole, which a customer may not: no more than the answer leaves.
  const changed = new Set<string>();
  for (const id of new Set(rows.map(({ visit_id }) => visit_id)))
    if (await ctx.asApp(() => hasRecordChanged(ctx, id))) changed.add(id);
  return kept.map((row) => ({
    id: row.id,
    visit_id: row.visit_id,
    version: row.version,
    made_at: row.made_at,
    is_signed: row.reason === 'signed',
    record_changed: isNewest(row) && changed.has(row.visit_id),
    stamped: stamped.get(row.id) ?? [],
  }));
}

async function listStamped(ctx: Context, versionIds: string[]): Promise<Map<string, FileView[]>> {
  if (versionIds.length === 0) return new Map();
  const papers = await ctx.db
    .selectFrom('stamped_papers')
    .select(['id', 'version_id'])
    .where('version_id', 'in', versionIds)
    .where('customer_id', '=', contactOf(ctx).customer_id)
    .orderBy('id')
    .execute();
  const files = await listFilesOf(
    ctx.db,
    'stamped_paper',
    papers.map(({ id }) => id),
  );
  const found = new Map<string, FileView[]>();
  for (const { id, version_id } of papers)
    found.set(version_id, [...(found.get(version_id) ?? []), ...(files.get(id) ?? [])]);
  return found;
}

// A deed is one glance: so many of its lines are enough.
const linesOfDeed = 3;

/** R53: days on site that are over, in the lines that were written for the customer. */
export async function listVisitDeeds(ctx: Context, limit: number): Promise<PortalDeed[]> {
  const rows = await selectVisits(ctx)
    .where('visits.state', '=', 'done')
    .orderBy('visits.left_at', 'desc')
    .limit(limit)
    .execute();
  if (rows.length === 0) return [];
  const lines = await listLines(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.flatMap((row) => {
    const told = lines.filter(({ visit_id, kind }) => visit_id === row.id && kind !== 'travel');
    const words = told.slice(0, linesOfDeed).map((line) => line.words.trim());
    if (words.length === 0 && row.goal.trim() !== '') words.push(row.goal.trim());
    return words.length === 0
      ? []
      : [
          {
            id: row.id,
            kind: 'visit' as const,
            ticket_id: row.ticket_id,
            words: words.join('\n'),
            title: row.ticket_title,
            done_at: row.left_at as string,
          },
        ];
  });
}

/** A report for the customer: only of a visit to a question that they may see. */
export async function sendReportToContact(
  parts: PrintParts,
  call: { reply: FastifyReply; actor: Actor; params: unknown; query: unknown },
): Promise<FastifyReply> {
  const { actor } = call;
  const params = z.strictObject({ id: z.uuid() }).safeParse(call.params);
  if (!params.success || actor.kind !== 'contact') throw new Refusal('not_found', 'ground.not_found');
  const { id } = params.data;
  const version = await inReadTransaction(parts.db, actor, (db) => {
    const rows = db
      .selectFrom('report_versions')
      .innerJoin('visits', 'visits.id', 'report_versions.visit_id')
      .innerJoin('tickets', 'tickets.id', 'visits.ticket_id')
      .select('report_versions.id')
      .where('report_versions.id', '=', id)
      .where('tickets.customer_id', '=', actor.customer_id);
    const own = actor.sees === 'all' ? rows : rows.where('tickets.requester_id', '=', actor.contact_id);
    return own.executeTakeFirst();
  });
  if (!version) throw new Refusal('not_found', 'ground.not_found');
  return sendReport(parts, { reply: call.reply, id: version.id, query: call.query });
}
