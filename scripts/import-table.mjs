/**
 * Who may import whom, as data, and the lint rule that holds it (loaded by .oxlintrc.json).
 * What a row does not list is forbidden. A rule of our own rather than `no-restricted-imports`: that one
 * compares the text of a specifier, and `../peer/x.ts` means another folder at every depth.
 */
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Row
 * @property {readonly string[]} from Folders or modules under `src/` (no extension); `type ` in front: types only.
 * @property {readonly string[]} [packages] Package names, with all their subpaths; `node:` stands for Node itself.
 */

const CORES = [
  'protocol',
  'tracker',
  'peer',
  'streaming',
  'simulation',
  'analysis',
  'recording',
  'transport',
  'conformance',
];

/** Folders under `src/`, files directly in `src/`, and the folders beside `src/`. A folder may always import itself. */
/** @type {Readonly<Record<string, Row>>} */
export const TABLE = {
  'src/protocol': { from: [], packages: ['fast-xml-parser'] },
  'src/tracker': { from: ['protocol'] },
  'src/peer': { from: ['protocol'] },
  'src/transport': { from: ['protocol'], packages: ['@noble/hashes'] },
  'src/streaming': { from: ['protocol'] },
  'src/simulation': {
    from: ['protocol', 'tracker', 'peer', 'streaming', 'type transport'],
    packages: ['@noble/hashes', 'd3-random', 'valibot'],
  },
  'src/analysis': {
    from: ['protocol', 'simulation/observation', 'simulation/report', 'type simulation'],
    packages: ['graphology', 'graphology-components', 'graphology-metrics'],
  },
  'src/recording': { from: ['protocol', 'type simulation'] },
  'src/conformance': { from: ['protocol', 'transport'] },
  'src/workers': { from: CORES },
  'src/dashboard': {
    from: ['type protocol', 'workers/client', 'type workers/messages', 'type workers/compose'],
    packages: ['zustand'],
  },
  'src/views': {
    from: ['dashboard', 'type protocol'],
    packages: ['react', 'react-dom', 'd3', 'zustand', '@codemirror', '@lezer'],
  },
  'src/node': { from: CORES, packages: ['node:', 'bullmq', 'commander', 'ioredis', 'sirv'] },
  'src/testing': {
    from: CORES,
    packages: ['vitest', 'fast-check', 'fast-xml-parser', '@valibot/to-json-schema'],
  },
  'src/main.tsx': { from: ['dashboard', 'views', 'workers/client'], packages: ['react', 'react-dom'] },
  scripts: { from: [], packages: ['node:', 'vite', '@playwright/test'] },
  e2e: {
    // The benchmark draws our picture beside those of others.
    from: ['protocol', 'testing', 'views/graph', 'type dashboard'],
    packages: ['node:', '@playwright/test', '@axe-core/playwright', 'd3', 'sigma', 'graphology', 'p2p-graph'],
  },
  'vite.config.ts': { from: [], packages: ['vite', 'vitest', '@vitejs/plugin-react'] },
};

/** Beyond their folder's row, tests may use these. */
const TESTS = {
  from: ['testing'],
  packages: ['vitest', 'fast-check', 'graphology-generators', 'graphology-shortest-path', 'node:'],
};
const TEST_FILE = /\.test\.tsx?$/;

/** Beyond their row, these may use the scripts (`e2e` looks for its browser there). */
const USES_SCRIPTS = new Set(['e2e', 'src/node tests']);

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** The row a file (relative to the root, with `/`) belongs to. @param {string} file */
function zoneOf(file) {
  const [first = '', second] = file.split('/');
  return first === 'src' && second !== undefined ? `src/${second}` : first;
}

/** Whether `target` (relative to `src/`) is in what `entry` names. @param {string} target @param {string} entry */
const within = (target, entry) =>
  target === entry || target.startsWith(`${entry}/`) || target.replace(/\.[a-z.]+$/, '') === entry;

/**
 * Why `file` may not import `specifier`, or `undefined` when it may.
 * @param {string} file Relative to the root, with `/`.
 * @param {string} specifier As written.
 * @param {boolean} typeOnly
 * @returns {string | undefined}
 */
export function importProblem(file, specifier, typeOnly) {
  const zone = zoneOf(file);
  const row = TABLE[zone];
  if (row === undefined) return `'${zone}' has no row in scripts/import-table.mjs`;
  const isTest = TEST_FILE.test(file);
  const path = /** @type {string} */ (specifier.split('?')[0]);

  if (!path.startsWith('.')) {
    if (path.startsWith('/')) return `'${specifier}' is an absolute path: write a relative one`;
    const packages = [...(row.packages ?? []), ...(isTest ? TESTS.packages : [])];
    const allowed = packages.some((name) =>
      name === 'node:' ? path.startsWith('node:') : path === name || path.startsWith(`${name}/`),
    );
    return allowed ? undefined : `${zone} may not import the package '${specifier}'`;
  }

  const target = relative(ROOT, resolve(ROOT, dirname(file), path))
    .split(sep)
    .join('/');
  if (target.startsWith('..')) return `'${specifier}' lies outside the project`;
  const targetZone = zoneOf(target);
  if (targetZone === zone || target === 'package.json') return undefined;
  // Style sheets and other assets that lie directly in src/ belong to the composition root.
  if (zone === 'src/main.tsx' && /^src\/[^/]+\.(css|svg)$/.test(target)) return undefined;
  if (targetZone === 'scripts' && USES_SCRIPTS.has(isTest ? `${zone} tests` : zone)) return undefined;
  if (!target.startsWith('src/')) return `${zone} may not import from ${targetZone}`;

  const inner = target.slice('src/'.length);
  for (const entry of [...row.from, ...(isTest ? TESTS.from : [])]) {
    const typesOnly = entry.startsWith('type ');
    if (!within(inner, typesOnly ? entry.slice('type '.length) : entry)) continue;
    return typesOnly && !typeOnly && !isTest ? `${zone} may import only types from ${inner}` : undefined;
  }
  return `${zone} may not import from ${targetZone}`;
}

/**
 * The little of a syntax tree that the rule reads.
 * @typedef {{ type: string, value?: unknown, importKind?: string, exportKind?: string, source?: Node | null,
 *   specifiers?: Node[], callee?: Node, arguments?: Node[], name?: string, object?: Node, property?: Node }} Node
 * @typedef {{ filename: string, report: (problem: { node: Node, message: string }) => void }} Context
 */

/** @param {Node} node */
function isTypeOnly(node) {
  if (node.importKind === 'type' || node.exportKind === 'type') return true;
  const kinds = (node.specifiers ?? []).map((one) => one.importKind ?? one.exportKind);
  return kinds.length > 0 && kinds.every((kind) => kind === 'type');
}

export default {
  meta: { name: 'swarmscope' },
  rules: {
    'import-table': {
      /** @param {Context} context */
      create(context) {
        const file = relative(ROOT, context.filename).split(sep).join('/');
        /** @param {Node} node @param {Node | null | undefined} source @param {boolean} typeOnly */
        const check = (node, source, typeOnly) => {
          if (source === null || source === undefined) return;
          const message =
            typeof source.value === 'string'
              ? importProblem(file, source.value, typeOnly)
              : TABLE[zoneOf(file)] !== undefined && file.startsWith('src/') && !TEST_FILE.test(file)
                ? 'an import must name its module as plain text, so that the import table can be checked'
                : undefined;
          if (message !== undefined) context.report({ node, message });
        };
        /** @param {Node} node */
        const statement = (node) => check(node, node.source, isTypeOnly(node));
        return {
          ImportDeclaration: statement,
          ExportNamedDeclaration: statement,
          ExportAllDeclaration: statement,
          /** @param {Node} node */
          ImportExpression: (node) => check(node, node.source, false),
          /** @param {Node} node */
          TSImportType: (node) => check(node, node.source, true),
          // How a Worker's file is named: new URL('./x.worker.ts', import.meta.url).
          /** @param {Node} node */
          NewExpression(node) {
            const [path, base] = node.arguments ?? [];
            const ofModule = base?.property?.name === 'url' && base.object?.type === 'MetaProperty';
            if (node.callee?.name !== 'URL' || !ofModule || typeof path?.value !== 'string') return;
            if (/\.tsx?$/.test(path.value)) check(node, path, false);
          },
        };
      },
    },
  },
};
