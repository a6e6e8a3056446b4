import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import mantine from 'postcss-preset-mantine';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const stylesFile = 'src/web/ui/mantine-styles.ts';

/** Component styles are imported one by one, in their cascade order: a screen that uses one without its style is stopped here. */
function mantineStylesAreListed(): Plugin {
  let listed = new Set<string>();
  return {
    name: 'mantine-styles-are-listed',
    enforce: 'pre',
    async buildStart() {
      this.addWatchFile(root + stylesFile);
      const { readFile } = await import('node:fs/promises');
      const text = await readFile(root + stylesFile, 'utf8');
      listed = new Set([...text.matchAll(/styles\/(\w+)\.layer\.css/g)].map((found) => found[1]!));
    },
    transform(code, id) {
      if (!id.includes('/src/web/') || !/\.tsx?$/.test(id)) return;
      for (const [, names] of code.matchAll(/import \{([^}]+)\} from ["']@mantine\/core["']/g)) {
        for (const name of names!.split(',').map((part) => part.trim().split(' ')[0]!)) {
          const hasStyle = existsSync(`${root}node_modules/@mantine/core/styles/${name}.layer.css`);
          if (hasStyle && !listed.has(name)) this.error(`${id} uses ${name}: add its style to ${stylesFile}`);
        }
      }
    },
  };
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

export default defineConfig({
  root: `${root}src/web`,
  publicDir: `${root}src/web/public`,
  plugins: [mantineStylesAreListed(), iconsOneByOne(), react()],
  css: { postcss: { plugins: [mantine()] } },
  build: {
    outDir: `${root}dist/web`,
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': process.env.API_URL ?? 'http://localhost:8080' } },
  preview: { proxy: { '/api': process.env.API_URL ?? 'http://localhost:8080' } },
});
