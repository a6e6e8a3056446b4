// Writes db/schema.sql: what the migrations add up to, read back from the catalogs of a freshly migrated database.
// The same text on every PostgreSQL from 15 on, so that a difference is always one of ours.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { root } from './launcher-texts.mjs';
import { openTestCluster } from './test-cluster.mjs';

const file = join(root, 'db/schema.sql');
const heading = `-- What db/migrations add up to, listed from the catalogs by \`npm run db:schema\`. For reading and comparing, not for
-- running; a test holds it against a fresh migrate. The job queue's own schema (graphile_worker) is left out.
`;

// Objects that a server's operator added by an extension are none of ours.
const ours = (catalog, oid) =>
  `not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

// Only what our three roles and PUBLIC may do: the owner's own rights differ between versions (MAINTAIN, since 17).
const grantsOf = (acl, owner) => `(
  select array_agg(grantee || ' ' || privilege order by grantee collate "C", privilege collate "C") from (
    select coalesce(r.rolname::text, 'public') as grantee, lower(a.privilege_type) as privilege
    from aclexplode(${acl}) a left join pg_roles r on r.oid = a.grantee
    where a.grantee <> ${owner}) g)`;

const tablesSql = `
  select c.oid, c.relname as name, c.relrowsecurity as guarded, c.relforcerowsecurity as forced,
    pg_get_userbyid(c.relowner) as owner, ${grantsOf('c.relacl', 'c.relowner')} as grants
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and ${ours('pg_class', 'c.oid')}
  order by c.relname collate "C"`;

const columnsSql = `
  select a.attrelid as oid, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
    a.attidentity as identity, a.attgenerated as generated, pg_get_expr(d.adbin, d.adrelid) as fallback,
    ${grantsOf('a.attacl', 'c.relowner')} as grants
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
  order by a.attrelid, a.attnum`;

// 18 lists not-null as constraints ('n'); here it stands with the column, on every version. Constraint triggers ('t')
// are listed as triggers.
const constraintsSql = `
  select conrelid as oid, conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
  where connamespace = 'public'::regnamespace and conrelid <> 0 and contype not in ('n', 't')
  order by conrelid, case contype when 'p' then 1 when 'u' then 2 when 'f' then 3 else 4 end, conname collate "C"`;

const indexesSql = `
  select i.indrelid as oid, pg_get_indexdef(i.indexrelid) as definition
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where c.relnamespace = 'public'::regnamespace
    and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by i.indrelid, c.relname collate "C"`;

const policiesSql = `
  select p.polrelid as oid, p.polname as name, p.polpermissive as permissive, p.polcmd as command,
    (select array_agg(rolname::text order by rolname collate "C") from pg_roles where oid = any (p.polroles)) as roles,
    pg_get_expr(p.polqual, p.polrelid) as sees, pg_get_expr(p.polwithcheck, p.polrelid) as writes
  from pg_policy p join pg_class c on c.oid = p.polrelid where c.relnamespace = 'public'::regnamespace
  order by p.polrelid, p.polname collate "C"`;

const triggersSql = `
  select tgrelid as oid, pg_get_triggerdef(t.oid) as definition from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where c.relnamespace = 'public'::regnamespace and not t.tgisinternal order by tgrelid, tgname collate "C"`;

const functionsSql = `
  select p.proname as name, pg_get_functiondef(p.oid) as definition, pg_get_function_identity_arguments(p.oid) as arguments,
    p.proacl is null as open, ${grantsOf('p.proacl', 'p.proowner')} as grants
  from pg_proc p where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p') and ${ours('pg_proc', 'p.oid')}
  order by p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`;

const sequencesSql = `
  select c.relname as name, format_type(s.seqtypid, null) as type, s.seqstart as start, s.seqincrement as step,
    ${grantsOf('c.relacl', 'c.relowner')} as grants
  from pg_class c join pg_sequence s on s.seqrelid = c.oid
  where c.relnamespace = 'public'::regnamespace and ${ours('pg_class', 'c.oid')}
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'i')
  order by c.relname collate "C"`;

const typesSql = `
  select t.typname as name, array_agg(e.enumlabel::text order by e.enumsortorder) as labels
  from pg_type t join pg_enum e on e.enumtypid = t.oid
  where t.typnamespace = 'public'::regnamespace and ${ours('pg_type', 't.oid')} group by t.typname
  order by t.typname collate "C"`;

const viewsSql = `
  select c.relname as name, pg_get_viewdef(c.oid) as definition, ${grantsOf('c.relacl', 'c.relowner')} as grants
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm') and ${ours('pg_class', 'c.oid')}
  order by c.relname collate "C"`;

/** The listing of what stands in the public schema that `client` (pg) is connected to. */
export async function listSchema(client) {
  // Types and names are printed relative to the search path; fix it, whatever the login's own is.
  await client.query('set search_path = public');
  const rows = async (sql) => (await client.query(sql)).rows;
  const byTable = async (sql) => grouped(await rows(sql), (row) => row.oid);
  const parts = {
    columns: await byTable(columnsSql),
    constraints: await byTable(constraintsSql),
    indexes: await byTable(indexesSql),
    policies: await byTable(policiesSql),
    triggers: await byTable(triggersSql),
  };
  const blocks = [
    ...(await rows(typesSql)).map(describeType),
    ...(await rows(functionsSql)).map(describeFunction),
    ...(await rows(sequencesSql)).map(describeSequence),
    ...(await rows(tablesSql)).map((table) => describeTable(table, parts)),
    ...(await rows(viewsSql)).map(describeView),
  ];
  return `${heading}\n${blocks.join('\n\n')}\n`;
}

function describeTable(table, parts) {
  const of = (kind) => parts[kind].get(table.oid) ?? [];
  const lines = [
    ...of('columns').map(describeColumn),
    ...of('constraints').map(({ name, definition }) => `  constraint ${name} ${oneLine(definition)}`),
  ];
  return [
    `-- owner: ${table.owner}`,
    `create table ${table.name} (`,
    lines.join(',\n'),
    ');',
    ...of('indexes').map(({ definition }) => `${lowered(definition.replaceAll(' public.', ' '))};`),
    ...of('triggers').map(({ definition }) => `${definition};`),
    ...(table.guarded ? [`alter table ${table.name} enable row level security;`] : []),
    ...(table.forced ? [`alter table ${table.name} force row level security;`] : []),
    ...of('policies').map((policy) => describePolicy(table.name, policy)),
    ...describeGrants(table.grants, table.name),
    ...describeColumnGrants(table.name, of('columns')),
  ].join('\n');
}

function describeColumn(column) {
  const words = [`  ${column.name} ${column.type}`];
  if (column.required) words.push('not null');
  if (column.identity)
    words.push(`generated ${column.identity === 'a' ? 'always' : 'by default'} as identity`);
  if (column.generated) words.push(`generated always as (${oneLine(column.fallback)}) stored`);
  else if (column.fallback) words.push(`default ${oneLine(column.fallback)}`);
  return words.join(' ');
}

const commands = { '*': 'all', r: 'select', a: 'insert', w: 'update', d: 'delete' };

function describePolicy(table, policy) {
  const kind = policy.permissive ? '' : ' as restrictive';
  const roles = policy.roles?.join(', ') ?? 'public';
  const sees = policy.sees === null ? '' : `\n  using (${oneLine(policy.sees)})`;
  const writes = policy.writes === null ? '' : `\n  with check (${oneLine(policy.writes)})`;
  return `create policy ${policy.name} on ${table}${kind} for ${commands[policy.command]} to ${roles}${sees}${writes};`;
}

/** `grants`: "role privilege" each. One line a role. */
function describeGrants(grants, on) {
  const byRole = grouped(grants ?? [], (grant) => grant.split(' ')[0]);
  return [...byRole].map(([role, list]) => {
    const privileges = list.map((grant) => grant.slice(role.length + 1)).join(', ');
    return `grant ${privileges} on ${on} to ${role};`;
  });
}

function describeColumnGrants(table, columns) {
  const byGrant = new Map();
  for (const { name, grants } of columns)
    for (const grant of grants ?? []) byGrant.set(grant, [...(byGrant.get(grant) ?? []), name]);
  return [...byGrant.keys()].sort().map((grant) => {
    const [role, privilege] = grant.split(' ');
    return `grant ${privilege} (${byGrant.get(grant).join(', ')}) on ${table} to ${role};`;
  });
}

function describeFunction({ name, definition, arguments: taken, open, grants }) {
  const closed = open ? [] : [`revoke all on function ${name}(${taken}) from public;`];
  const granted = describeGrants(grants, `function ${name}(${taken})`);
  return [`${definition.trim().replaceAll('public.', '')};`, ...closed, ...granted].join('\n');
}

function describeSequence({ name, type, start, step, grants }) {
  return [
    `create sequence ${name} as ${type} start ${start} increment ${step};`,
    ...describeGrants(grants, `sequence ${name}`),
  ].join('\n');
}

function describeType({ name, labels }) {
  return `create type ${name} as enum (${labels.map((label) => `'${label}'`).join(', ')});`;
}

function describeView({ name, definition, grants }) {
  return [`create view ${name} as\n${definition.trim()}`, ...describeGrants(grants, name)].join('\n');
}

// Map.groupBy came with Node 21; npm may run this under 20.
function grouped(list, keyOf) {
  const groups = new Map();
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function oneLine(text) {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function lowered(definition) {
  return definition.replace(/^CREATE (UNIQUE )?INDEX/, (words) => words.toLowerCase());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();

async function main() {
  if (process.argv.includes('--help')) {
    console.log(
      'npm run db:schema [-- --debian-15]   rewrites db/schema.sql from db/migrations\n' +
        'npm run db:schema -- --check         changes nothing; ends with 1 when db/schema.sql is behind',
    );
    return;
  }
  const node = ensureInstalled();
  const flavour = process.argv.includes('--debian-15') ? 'debian-15' : 'embedded';
  const { default: pg } = await import('pg');
  const cluster = await openTestCluster(node, flavour, '--migrated');
  const client = new pg.Client({ connectionString: cluster.url });
  try {
    await client.connect();
    const listing = await listSchema(client);
    if (!process.argv.includes('--check')) writeFileSync(file, listing);
    else if (listing !== readFileSync(file, 'utf8')) {
      console.error('db/schema.sql is behind db/migrations: run npm run db:schema');
      process.exitCode = 1;
    }
  } finally {
    await client.end();
    await cluster.stop();
  }
}
