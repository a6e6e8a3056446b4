import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import mantine from 'postcss-preset-mantine';
import { build, defineConfig, type Plugin, type Rolldown } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const root = fileURLToPath(new URL('.', import.meta.url));
const stylesFiles = ['src/web/ui/mantine-styles.ts', 'src/web/ui/mantine-more-styles.ts'];

/** Component styles are imported one by one, in their cascade order: a screen that uses one without its style is stopped here. */
function mantineStylesAreListed(): Plugin {
  let listed = new Set<string>();
  return {
    name: 'mantine-styles-are-listed',
    enforce: 'pre',
    async buildStart() {
      const { readFile } = await import('node:fs/promises');
      const texts = await Promise.all(stylesFiles.map((file) => readFile(root + file, 'utf8')));
      const text = texts.join('\n');
      listed = new Set([...text.matchAll(/styles\/(\w+)\.layer\.css/g)].map((found) => found[1]!));
    },
    transform(code, id) {
      if (!id.includes('/src/web/') || !/\.tsx?$/.test(id)) return;
      for (const [, names] of code.matchAll(/import \{([^}]+)\} from ["']@mantine\/core["']/g)) {
        for (const name of names!.split(',').map((part) => part.trim().split(' ')[0]!)) {
          const hasStyle = existsSync(`${root}node_modules/@mantine/core/styles/${name}.layer.css`);
          if (hasStyle && !listed.has(name))
            this.error(`${id} uses ${name}: add its style to ${stylesFiles.join(' or ')}`);
        }
      }
    },
  };
}

const languages = ['zh-CN', 'en'];
/** What the first screens say; everything else follows while they are read. `start…` is for the terminal alone. */
const firstTexts: Record<string, string[]> = {
  staff: ['app', 'offline', 'promises', 'tickets', 'ui', 'visits.states', 'visits_today'],
  portal: [
    'app',
    'colleagues.title',
    'portal',
    'portal_visits.between_days',
    'portal_visits.on_site',
    'portal_visits.on_the_way',
    'portal_visits.planned',
    'portal_visits.planned_past',
    'portal_visits.span',
    'portal_visits.title',
    'ui',
  ],
};
/** Of those, what no first screen says: it follows with the rest. */
const later: Record<string, string[]> = {
  staff: [
    'offline.acts',
    'offline.refused',
    'promises.decline',
    'promises.empty',
    'promises.move',
    'tickets.channels',
    'tickets.close',
    'tickets.facts',
    'tickets.history',
    'tickets.judged',
    'tickets.next',
    'tickets.note',
    'tickets.outcome_help',
    'tickets.outcomes',
    'tickets.phone.facts',
    'tickets.phone.next',
    'tickets.phone.tabs',
    'tickets.phone.talk',
    'tickets.phone.write',
    'tickets.promise',
    'tickets.reader_levels',
    'tickets.reopen',
    'tickets.wait',
    'ui.clash',
    'ui.voice',
    'ui.when',
  ],
  portal: [
    'app.entries',
    'app.go_to',
    'app.insecure',
    'app.me',
    'app.palette',
    'app.rail',
    'app.roles',
    'app.search',
    'app.search_hint',
    'app.sign_in_again',
    'portal.ask.kind',
    'portal.ask.kind_how_to',
    'portal.ask.kind_incident',
    'portal.ask.kind_question',
    'portal.ask.kind_service_request',
    'portal.ask.kind_wish',
    'portal.ask.site',
    'portal.ask.site_none',
    'portal.files',
    'portal.promises.empty_open',
    'portal.promises.empty_settled',
    'portal.promises.settled',
    'portal.question',
    'portal.questions',
    'portal.rating',
    'ui.clash',
    'ui.clock',
    'ui.draft',
    'ui.filters',
    'ui.language',
    'ui.languages',
    'ui.list',
    'ui.nobody',
    'ui.palette',
    'ui.person_with_role',
    'ui.problems.storage_broken',
    'ui.problems.storage_full',
    'ui.scheme',
    'ui.shortcuts',
    'ui.time.days_hours',
    'ui.time.hours_minutes',
    'ui.time.left',
    'ui.time.n_days_other',
    'ui.time.n_hours_other',
    'ui.time.n_minutes_other',
    'ui.time.n_minutes_short_other',
    'ui.time.over',
    'ui.time.zones',
    'ui.timeline',
    'ui.undo',
    'ui.views',
    'ui.voice',
    'ui.when',
  ],
};
const terminalTexts = ['start', 'start_words'];

/** `virtual:texts/<language>/<part>`: the sentences of locales/<language>.json in parts that are loaded apart. */
function textsInParts(): Plugin {
  const prefix = '\0virtual:texts/';
  return {
    name: 'texts-in-parts',
    resolveId(id) {
      return id.startsWith('virtual:texts/') ? `\0${id}` : null;
    },
    async load(id) {
      if (!id.startsWith(prefix)) return null;
      const [language = '', part = ''] = id.slice(prefix.length).split('/');
      if (!languages.includes(language)) this.error(`no texts in ${language}`);
      const { readFile } = await import('node:fs/promises');
      const file = `${root}locales/${language}.json`;
      this.addWatchFile(file);
      const texts = JSON.parse(await readFile(file, 'utf8')) as Texts;
      const wanted: typeof texts = {};
      const names = Object.keys(texts).filter((name) => !terminalTexts.includes(name));
      for (const path of part === 'all' ? names : (firstTexts[part] ?? [])) {
        const [name = '', branch] = path.split('.');
        wanted[name] = branch
          ? { ...wanted[name], [branch]: texts[name]?.[branch] ?? {} }
          : { ...texts[name]! };
      }
      for (const path of later[part] ?? []) leaveOut(wanted, path.split('.'));
      return { code: `export default ${JSON.stringify(wanted)}`, map: null, moduleType: 'js' };
    },
  };
}

type Texts = { [name: string]: Texts };

function leaveOut(texts: Texts, [name = '', ...inner]: string[]): void {
  if (inner.length === 0) delete texts[name];
  else if (texts[name]) leaveOut(texts[name], inner);
}

/** The icon package has 5,000 files behind one door; taking each icon from its own file saves half the build. */
function iconsOneByOne(): Plugin {
  return {
    name: 'icons-one-by-one',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/src/web/') || !code.includes('@tabler/icons-react')) return;
      return code.replace(/import \{([^}]+)\} from ["']@tabler\/icons-react["'];?/g, (_, names: string) =>
        names
          .split(',')
          .map((name) => name.trim())
          .filter(Boolean)
          .map((name) => `import ${name} from '@tabler/icons-react/dist/esm/icons/${name}.mjs';`)
          .join(''),
      );
    },
  };
}

/** `virtual:icon/<name>`: what an icon is drawn of, without React, for what stands before React is loaded. */
function iconsAsNodes(): Plugin {
  const prefix = '\0virtual:icon/';
  return {
    name: 'icons-as-nodes',
    resolveId(id) {
      return id.startsWith('virtual:icon/') ? `\0${id}` : null;
    },
    load(id) {
      if (!id.startsWith(prefix)) return null;
      const file = `${root}node_modules/@tabler/icons-react/dist/esm/icons/${id.slice(prefix.length)}.mjs`;
      const nodes = readFileSync(file, 'utf8').match(/__iconNode = (\[.*\]);/)?.[1];
      if (!nodes) this.error(`${file} is not what it was`);
      return { code: `export default ${nodes}`, map: null, moduleType: 'js' };
    },
  };
}

/**
 * carried.html, the page of an app that stands on the device already: index.html with all of the app put off until the first
 * picture is painted. What draws that stands in the page, script and styles, since each file more costs a slow phone 0.1 s or two.
 */
function carriedPage(): Plugin {
  return {
    name: 'carried-page',
    apply: 'build',
    async writeBundle() {
      const { output } = (await build({
        configFile: false,
        logLevel: 'warn',
        root: `${root}src/web`,
        publicDir: false,
        plugins: [iconsAsNodes()],
        css: { postcss: { plugins: [mantine()] } },
        build: {
          write: false,
          target: 'es2022',
          cssCodeSplit: false,
          modulePreload: false,
          rolldownOptions: { input: `${root}src/web/carried.ts`, output: { format: 'iife' } },
        },
      })) as Rolldown.RolldownOutput;
      const script = output.find((file) => file.type === 'chunk')!;
      const style = output.find(({ fileName }) => fileName.endsWith('.css')) as Rolldown.OutputAsset;
      const page = readFileSync(`${root}dist/web/index.html`, 'utf8');
      const parts =
        /<script type="module".*?<\/script>|<link rel="(?:modulepreload|stylesheet|icon|apple-touch-icon|manifest)".*?>/g;
      const app = page.match(parts) ?? [];
      // The server's policy lets it run by its hash (src/server/platform/http/screens.ts).
      const code = script.code.replaceAll('</', '<\\/');
      const body = `<template id="app">${app.join('')}</template><script>${code}</script></body>`;
      writeFileSync(
        `${root}dist/web/carried.html`,
        page
          .replace(parts, '')
          // Without any icon the browser asks for one, and wakes the worker for it; the app's own comes with the app.
          .replace('</head>', () => `<link rel="icon" href="data:,"><style>${style.source}</style></head>`)
          .replace('</body>', () => body),
      );
    },
  };
}

/** Installed apps have one name, whatever language is spoken in them. */
function sentence(key: string): string {
  const texts: unknown = JSON.parse(readFileSync(`${root}locales/zh-CN.json`, 'utf8'));
  return key.split('.').reduce((at, step) => (at as Record<string, unknown>)[step], texts) as string;
}

/**
 * The phone's app opens without a network: all screens are kept by a service worker, which only the phone of staff registers
 * (src/web/offline/app-update.ts). A newer version waits until somebody asks for it.
 */
function opensWithoutNetwork() {
  return VitePWA({
    registerType: 'prompt',
    injectRegister: null,
    manifest: {
      // The product's own marks: the firm's would be wrong for whoever opens the same house as a customer.
      name: sentence('offline.app.name'),
      short_name: sentence('offline.app.name'),
      description: sentence('offline.app.description'),
      lang: 'zh-CN',
      id: '/',
      start_url: '/',
      scope: '/',
      display: 'standalone',
      background_color: '#ffffff',
      theme_color: '#2458d6',
      icons: [
        { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      ],
    },
    strategies: 'injectManifest',
    srcDir: 'offline',
    filename: 'sw.ts',
    injectManifest: {
      globPatterns: ['**/*.{js,css,html,svg,png}'],
      dontCacheBustURLsMatching: /^assets\//,
      // Whoever has no service worker gets it; the worker gives carried.html.
      globIgnores: ['index.html'],
    },
  });
}

// The host stays that of the page: the server refuses writes that come from elsewhere.
const proxy = { '/api': { target: process.env.API_URL ?? 'http://localhost:8080', changeOrigin: false } };

export default defineConfig({
  root: `${root}src/web`,
  publicDir: `${root}src/web/public`,
  plugins: [
    mantineStylesAreListed(),
    textsInParts(),
    iconsOneByOne(),
    iconsAsNodes(),
    react(),
    carriedPage(),
    opensWithoutNetwork(),
  ],
  css: { postcss: { plugins: [mantine()] } },
  build: {
    outDir: `${root}dist/web`,
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // Many small files compress worse than one: what every shell loads stands together.
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'base',
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|i18next|react-i18next|use-sync-external-store|uuidv7)\/|\/ui\/(device-storage|durable-storage|kept-drafts)\.ts$/,
            },
            // Both the phone's machine and drafts seal: one small file for the two of them.
            {
              name: 'sealed',
              test: /\/offline\/(sealed-drafts|machine\/(sealing|unwrapping|wrapped-key))\.ts$/,
            },
          ],
        },
      },
      // A screen that wants the names of the kinds of tickets does not want their schemas, nor zod.
      treeshake: {
        moduleSideEffects: [{ test: /\/src\/domain\//, sideEffects: false }],
        manualPureFunctions: ['z'],
      },
    },
  },
  server: { proxy },
  preview: { proxy },
});
