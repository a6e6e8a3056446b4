import type { FastifyInstance, FastifyRequest } from 'fastify';
import { auditPolicy } from '#domain/audit/policy.ts';
import { calendarPolicy } from '#domain/calendar/policy.ts';
import { channelsPolicy } from '#domain/channels/policy.ts';
import { customersPolicy } from '#domain/customers/policy.ts';
import { type Actor, systemActor } from '#domain/ground/actor.ts';
import type { Policy } from '#domain/ground/policy.ts';
import { importsPolicy } from '#domain/imports/policy.ts';
import { promisesPolicy } from '#domain/promises/policy.ts';
import { reportsPolicy } from '#domain/reports/policy.ts';
import { searchPolicy } from '#domain/search/policy.ts';
import { ticketsPolicy } from '#domain/tickets/policy.ts';
import { visitsPolicy } from '#domain/visits/policy.ts';
import { routes as auditRoutes } from './audit/routes.ts';
import { listeners as calendarListeners } from './calendar/listeners.ts';
import { findHolidayGaps } from './calendar/queries/holidays.ts';
import { routes as calendarRoutes } from './calendar/routes.ts';
import {
  jobs as channelsJobs,
  tickers as channelsTickers,
  watches as channelsWatches,
} from './channels/jobs.ts';
import { listeners as channelsListeners } from './channels/listeners.ts';
import { findMailboxTrouble, mailNumbers } from './channels/mailboxes/queries.ts';
import { makeRoutes as makeChannelsRoutes } from './channels/routes.ts';
import { linkContact } from './customers/actions/account.ts';
import { findContactOfUser } from './customers/queries/customers.ts';
import { routes as customersRoutes } from './customers/routes.ts';
import { jobs as importsJobs, tickers as importsTickers } from './imports/jobs.ts';
import { makeRoutes as makeImportsRoutes } from './imports/routes.ts';
import { makePeople } from './people/module.ts';
import { loadAuthSecret } from './people/secret.ts';
import type { Listening } from './platform/context.ts';
import type { Database } from './platform/db/connect.ts';
import { inReadTransaction } from './platform/db/transaction.ts';
import { filesPolicy } from './platform/files/routes.ts';
import { permissionsOf } from './platform/http/permissions.ts';
import { serveScreens } from './platform/http/screens.ts';
import { systemPolicy } from './platform/http/system-routes.ts';
import type { Module } from './platform/module.ts';
import type { Settings } from './platform/settings.ts';
import { promisesCanBeGivenIn } from './promises/actions.ts';
import { tickers as promisesTickers } from './promises/jobs.ts';
import { routes as promisesRoutes } from './promises/routes.ts';
import { jobs as reportsJobs } from './reports/jobs.ts';
import { listeners as reportsListeners } from './reports/listeners.ts';
import { makeRoutes as makeReportsRoutes } from './reports/routes.ts';
import { loadSampleAtSetup } from './sample/load-sample.ts';
import { jobs as searchJobs, tickers as searchTickers } from './search/jobs.ts';
import { listeners as searchListeners } from './search/listeners.ts';
import { routes as searchRoutes } from './search/routes.ts';
import { closingWaitsFor } from './tickets/actions/close-ticket.ts';
import { tickers as ticketsTickers } from './tickets/jobs.ts';
import { listeners as ticketsListeners } from './tickets/listeners.ts';
import { findTicketForPromise } from './tickets/queries/find-ticket-for-promise.ts';
import { routes as ticketsRoutes } from './tickets/routes.ts';
import { tickers as visitsTickers } from './visits/jobs.ts';
import { listComingVisits } from './visits/queries/coming.ts';
import { routes as visitsRoutes } from './visits/routes.ts';

export type Connected = {
  modules: Module[];
  resolveActor: (request: FastifyRequest) => Promise<Actor | null>;
  /** What is no route line: sign-in and the screens' files. */
  extend: (server: FastifyInstance, listening: Listening) => Promise<void>;
  healthNotes: () => Promise<string[]>;
};

/** The modules in their order: each knows only those before it, and is told here how to find what comes after. */
export async function listModules(parts: { settings: Settings; db: Database }): Promise<Connected> {
  const { settings, db } = parts;
  const secret = await loadAuthSecret(settings);
  const policy: Policy = {};
  const people = makePeople({
    settings,
    db,
    secret,
    findContactOfUser,
    linkContact,
    permissionsOf: (actor) => permissionsOf(actor, policy),
    loadSample: loadSampleAtSetup,
  });
  promisesCanBeGivenIn('ticket', findTicketForPromise);
  closingWaitsFor(listComingVisits);
  const modules: Module[] = [
    { name: 'audit', policy: auditPolicy, routes: auditRoutes },
    people.module,
    { name: 'calendar', policy: calendarPolicy, routes: calendarRoutes, listeners: calendarListeners },
    { name: 'customers', policy: customersPolicy, routes: customersRoutes },
    { name: 'promises', policy: promisesPolicy, routes: promisesRoutes, tickers: promisesTickers },
    {
      name: 'tickets',
      policy: ticketsPolicy,
      routes: ticketsRoutes,
      listeners: ticketsListeners,
      tickers: ticketsTickers,
    },
    { name: 'visits', policy: visitsPolicy, routes: visitsRoutes, tickers: visitsTickers },
    {
      name: 'reports',
      policy: reportsPolicy,
      routes: makeReportsRoutes({ db, settings }),
      listeners: reportsListeners,
      jobs: reportsJobs,
    },
    {
      name: 'search',
      policy: searchPolicy,
      routes: searchRoutes,
      listeners: searchListeners,
      jobs: searchJobs,
      tickers: searchTickers,
    },
    {
      name: 'channels',
      policy: channelsPolicy,
      routes: makeChannelsRoutes({ db, settings }),
      listeners: channelsListeners,
      jobs: channelsJobs,
      tickers: channelsTickers,
      watches: channelsWatches,
      numbers: mailNumbers,
    },
    {
      name: 'imports',
      policy: importsPolicy,
      routes: makeImportsRoutes({ settings }),
      jobs: importsJobs,
      tickers: importsTickers,
    },
  ];
  Object.assign(policy, systemPolicy, filesPolicy, ...modules.map((module) => module.policy));
  return {
    modules,
    resolveActor: people.resolveActor,
    extend: async (server, listening) => {
      people.extend(server, listening);
      await serveScreens(server);
    },
    healthNotes: async () => {
      const gaps = await inReadTransaction(db, systemActor, (rows) =>
        findHolidayGaps(rows, new Date().toISOString()),
      );
      const trouble = await findMailboxTrouble(db);
      return [...gaps.map(({ region, year }) => `holidays_missing:${region}:${year}`), ...trouble];
    },
  };
}
