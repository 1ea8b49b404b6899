import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm start` listens while the console is worked on: `npx vite web`, then http://localhost:5173/console/. */
const site = 'http://127.0.0.1:8080';
/** What it answers; it takes writes from its own pages only. */
const ofTheSite = ['/control', '/admin', '/favicon.svg', '/docs', '/v1', '/v1beta'];

export default defineConfig({
  base: '/console/',
  plugins: [react(), tailwindcss()],
  server: { proxy: Object.fromEntries(ofTheSite.map((path) => [path, { target: site, headers: { origin: site } }])) },
  build: {
    target: 'es2023',
    // The policy that goes out with the console allows no inlined scripts, and a data: font or script would break it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What changes only with the lock file, so that browsers keep it over our releases.
        codeSplitting: {
          groups: [
            { name: 'vendor', test: /node_modules[\\/](?:react|react-dom|scheduler|@tanstack|use-intl)[\\/]/ },
            // Else every page fetches some fifty small files: one is smaller together, and comes at once.
            {
              name: 'shared',
              test: /lucide-react|[\\/]src[\\/](?:api|identity|notices|shell|ui)[\\/]/,
              minShareCount: 3,
            },
          ],
        },
      },
    },
  },
});
