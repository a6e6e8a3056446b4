import type { TicketKind, TicketState } from '../tickets/ticket.ts';
import { type MappedField, type Mapping, mapping } from './mapping.ts';
import type { DateOrder } from './source-time.ts';

/** The names that a desk's exports give to columns, the usual first, and its words for states and priorities. */
type Preset = {
  columns: Partial<Record<MappedField, readonly string[]>>;
  states: Record<string, TicketState>;
  kinds: Record<string, TicketKind>;
  priorities: Record<string, number>;
  date_order: DateOrder;
};

const lowToUrgent = { low: 4, medium: 3, normal: 3, high: 2, urgent: 1 };

/**
 * As the desks write English exports by default; letter case, which changes from version to version, does not count. What
 * is a comment there may be internal, and the files do not say which is which: such columns are proposed as internal
 * notes, never as words for the customer. What each rests on stands beside it; seen in November 2026.
 */
export const presets = {
  // The workbook of its reports: lib/excel_sheet/ticket.rb. Others are the names of its interface for programs.
  zammad: {
    columns: {
      reference: ['#', 'Number'],
      title: ['Title'],
      state: ['State'],
      priority: ['Priority'],
      customer: ['Organization'],
      requester_name: ['Customer'],
      assignee: ['Owner'],
      opened_at: ['Created At', 'created_at'],
      updated_at: ['Updated At', 'updated_at'],
      closed_at: ['Closed At', 'close_at'],
      internal_notes: ['Note'],
    },
    states: {
      new: 'new',
      open: 'open',
      'pending reminder': 'waiting_on_customer',
      'pending close': 'waiting_on_customer',
      closed: 'closed',
      merged: 'closed',
    },
    kinds: {},
    priorities: { '1 low': 4, '2 normal': 3, '3 high': 2 },
    date_order: 'dmy',
  },
  // CustomQueue::getExportableFields in include/class.queue.php; a queue may name columns by its own headings.
  osticket: {
    columns: {
      reference: ['Ticket Number'],
      title: ['Subject'],
      state: ['Current Status', 'Status'],
      priority: ['Priority'],
      requester_name: ['From', 'User'],
      requester_email: ['From Email', 'Email'],
      assignee: ['Agent Assigned', 'Assigned To'],
      opened_at: ['Date Created', 'Create Date'],
      updated_at: ['Last Updated', 'Last Update'],
      closed_at: ['Closed Date', 'Close Date'],
    },
    states: { open: 'open', answered: 'waiting_on_customer', resolved: 'closed', closed: 'closed' },
    kinds: {},
    priorities: { low: 4, normal: 3, high: 2, emergency: 1 },
    date_order: 'mdy',
  },
  // The list of tickets as CSV: CommonITILObject's search options with their groups; scripts that read such files.
  glpi: {
    columns: {
      reference: ['ID'],
      title: ['Title'],
      words: ['Description', 'Content'],
      state: ['Status'],
      kind: ['Type'],
      priority: ['Priority'],
      customer: ['Entity'],
      requester_name: ['Requester - Requester', 'Requester'],
      assignee: ['Assigned to - Technician', 'Technician'],
      opened_at: ['Opening date'],
      updated_at: ['Last update'],
      closed_at: ['Closing date', 'Resolution date'],
      done: ['Solution'],
    },
    states: {
      new: 'new',
      'processing (assigned)': 'open',
      'processing (planned)': 'open',
      pending: 'waiting_on_customer',
      solved: 'closed',
      closed: 'closed',
    },
    kinds: { incident: 'incident', request: 'service_request' },
    priorities: { 'very low': 4, low: 4, medium: 3, high: 2, 'very high': 1, major: 1 },
    date_order: 'dmy',
  },
  // Issues as CSV with all columns, as test files of importers hold them. “Last notes” only where it was chosen.
  redmine: {
    columns: {
      reference: ['#', 'Id'],
      title: ['Subject'],
      words: ['Description'],
      state: ['Status'],
      kind: ['Tracker'],
      priority: ['Priority'],
      customer: ['Project'],
      requester_name: ['Author'],
      assignee: ['Assignee'],
      opened_at: ['Created'],
      updated_at: ['Updated'],
      closed_at: ['Closed'],
      is_private: ['Private'],
      internal_notes: ['Last notes'],
    },
    states: {
      new: 'new',
      'in progress': 'open',
      feedback: 'waiting_on_customer',
      resolved: 'closed',
      closed: 'closed',
      rejected: 'closed',
    },
    kinds: { bug: 'incident', feature: 'wish', support: 'question' },
    priorities: { ...lowToUrgent, immediate: 1 },
    date_order: 'mdy',
  },
  // “Export CSV (all fields)”, as test files of importers hold it: repeated columns bear one name. Since 2025 a new site
  // says work item for issue.
  'jira-service-management': {
    columns: {
      reference: ['Issue key', 'Key', 'Work item key'],
      title: ['Summary'],
      words: ['Description'],
      state: ['Status'],
      kind: ['Issue Type', 'Work type'],
      priority: ['Priority'],
      customer: ['Custom field (Organizations)', 'Organizations'],
      requester_name: ['Reporter'],
      assignee: ['Assignee'],
      opened_at: ['Created'],
      updated_at: ['Updated'],
      closed_at: ['Resolved'],
      internal_notes: ['Comment', 'Comments'],
    },
    states: {
      open: 'new',
      'to do': 'new',
      'waiting for support': 'open',
      'in progress': 'open',
      'work in progress': 'open',
      escalated: 'open',
      reopened: 'open',
      'waiting for customer': 'waiting_on_customer',
      pending: 'waiting_on_customer',
      resolved: 'closed',
      closed: 'closed',
      done: 'closed',
      completed: 'closed',
      canceled: 'closed',
    },
    kinds: {
      incident: 'incident',
      problem: 'incident',
      'service request': 'service_request',
      'service request with approvals': 'service_request',
      change: 'service_request',
      question: 'question',
      suggestion: 'wish',
    },
    priorities: { lowest: 4, low: 4, medium: 3, high: 2, highest: 1, critical: 1 },
    date_order: 'dmy',
  },
  // The export of the ticket list, as scripts that read it name its columns; Freshservice's sister names beside them.
  freshdesk: {
    columns: {
      reference: ['Ticket ID', 'id'],
      title: ['Subject'],
      words: ['Description', 'description_text'],
      state: ['Status'],
      kind: ['Type'],
      priority: ['Priority'],
      customer: ['Company Name', 'Company'],
      requester_name: ['Full name', 'Requester Name'],
      requester_email: ['Email', 'Requester Email'],
      requester_phone: ['Work phone', 'Mobile phone'],
      assignee: ['Agent'],
      opened_at: ['Created time', 'created_at'],
      updated_at: ['Last update time', 'Last Updated Time', 'updated_at'],
      closed_at: ['Closed time', 'Resolved time'],
    },
    states: {
      open: 'open',
      pending: 'waiting_on_customer',
      'waiting on customer': 'waiting_on_customer',
      'waiting on third party': 'open',
      resolved: 'closed',
      closed: 'closed',
      // The interface of programs writes numbers.
      2: 'open',
      3: 'waiting_on_customer',
      4: 'closed',
      5: 'closed',
    },
    kinds: {
      question: 'question',
      incident: 'incident',
      problem: 'incident',
      'feature request': 'wish',
      request: 'service_request',
      'service request': 'service_request',
    },
    priorities: { ...lowToUrgent, 1: 4, 2: 3, 3: 2, 4: 1 },
    date_order: 'dmy',
  },
} as const satisfies Record<string, Preset>;
export type PresetName = keyof typeof presets;

const plain = (column: string) => column.trim().toLowerCase();

/** The mapping of a desk's export with these columns, or null when they are not such an export's. */
export function mappingFrom(name: PresetName, columns: readonly string[]): Mapping | null {
  const preset: Preset = presets[name];
  const found: Record<string, string | string[]> = {};
  for (const [field, names] of Object.entries(preset.columns)) {
    // Columns of one name are numbered: several comments are several notes.
    const all = names.flatMap((known) =>
      columns.filter((column) =>
        [column, column.replace(/ \(\d+\)$/, '')].some((written) => plain(written) === plain(known)),
      ),
    );
    const [first] = all;
    if (first === undefined) continue;
    found[field] = field.endsWith('_notes') ? all.slice(0, 50) : first;
  }
  const { states, kinds, priorities, date_order } = preset;
  const read = mapping.safeParse({ source: name, columns: found, states, kinds, priorities, date_order });
  return read.success ? read.data : null;
}

/** The desk whose export has the most of these columns; null when none has half of its own. */
export function presetFor(columns: readonly string[]): PresetName | null {
  const rated = (Object.keys(presets) as PresetName[]).flatMap((name) => {
    const own = mappingFrom(name, columns);
    const most = Object.keys(presets[name].columns).length;
    const share = own ? Object.keys(own.columns).length / most : 0;
    return share >= 0.5 ? [{ name, share }] : [];
  });
  return rated.sort((a, b) => b.share - a.share)[0]?.name ?? null;
}
