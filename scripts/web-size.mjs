#!/usr/bin/env node
// Prints, per shell, what its first screen loads in KB gz (scripts, styles and sentences), read from the build's
// manifest; with --check it ends with 1 when one is over its limit. Run `vite build` first.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'dist/web');
const manifestFile = join(folder, '.vite/manifest.json');

const texts = (part) => `../../virtual:texts/zh-CN/${part}`;
/** What the browser loads until each shell's first screen stands; the entry is in all. */
const firstScreens = {
  desk: { limit_kb: 250, files: ['app/desk/DeskShell.tsx', 'tickets/TicketQueue.tsx', texts('staff')] },
  phone: {
    limit_kb: 200,
    files: ['app/phone/PhoneShell.tsx', 'visits/phone/PhoneToday.tsx', texts('staff')],
    page: 'carried.html',
  },
  portal: {
    limit_kb: 200,
    files: ['app/portal/PortalShell.tsx', 'channels/portal/HomePage.tsx', texts('portal')],
  },
};
const always = ['index.html'];

if (!existsSync(manifestFile)) {
  console.error('dist/web holds no build: run vite build first');
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));

function filesOf(start) {
  const seen = new Set();
  const files = new Set();
  const visit = (name) => {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`${name} is not in the build`);
    if (seen.has(name)) return;
    seen.add(name);
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    for (const other of chunk.imports ?? []) visit(other);
  };
  for (const name of start) visit(name);
  return files;
}

/** The phone's own page with the script that draws its first picture: neither is in the manifest. */
function pageFiles(page) {
  const scripts = readFileSync(join(folder, page), 'utf8').matchAll(/<script src="\/(.+?)"/g);
  return [page, ...[...scripts].map((found) => found[1])];
}

export function firstScreenSizes() {
  return Object.entries(firstScreens).map(([shell, { files, page, limit_kb }]) => {
    let bytes = 0;
    for (const file of [...filesOf([...always, ...files]), ...(page ? pageFiles(page) : [])])
      bytes += gzipSync(readFileSync(join(folder, file)), { level: 9 }).length;
    return { figure: 'first_screen', shell, kb_gz: Math.round(bytes / 102.4) / 10, limit_kb };
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = firstScreenSizes();
  for (const size of sizes) console.log(JSON.stringify(size));
  if (process.argv.includes('--check') && sizes.some((size) => size.kb_gz > size.limit_kb)) process.exit(1);
}
