/// <reference types="@remix-run/node" />
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vitest/config'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

const isTest = process.env.VITEST !== undefined

export default defineConfig({
  plugins: isTest
    ? []
    : [
        tailwindcss(),
        remix({
          future: {
            v3_fetcherPersist: true,
            v3_lazyRouteDiscovery: true,
            v3_relativeSplatPath: true,
            v3_routeConfig: true,
            v3_singleFetch: true,
            v3_throwAbortReason: true,
          },
        }),
      ],
  // Top-level await in the server build needs es2022.
  build: { target: 'es2022' },
  // Native modules of the server, which the development server must not try to bundle for browsers.
  optimizeDeps: { exclude: ['@duckdb/node-api', '@node-rs/argon2', 'better-sqlite3'] },
  test: {
    // Left alone vitest takes all cores but one, which is one of two.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**', 'test/faults/**'],
          // Charts that are saved as files carry these sheets as text.
          css: { include: [/\.css\?raw$/] },
          // Building models and starting the built server take seconds on a machine that does much else.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          // What touches the ledger, once more on a real PostgreSQL.
          name: 'postgres',
          include: [
            'test/governance/{accounts,audit,autonomy,demonstration,ledger,policy,registry,review,views}/**/*.test.ts',
          ],
          env: { OVERSIGHT_TEST_LEDGER: 'postgres' },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/temporary-folder.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
