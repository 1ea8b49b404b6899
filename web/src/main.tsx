import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { whenSessionMissing } from './api/client.ts';
import { signInPath } from './api/next-path.ts';
import { createQueryClient } from './api/queries.ts';
import { firstLanguage, LanguageProvider } from './language.tsx';
import { createConsoleRouter } from './router.tsx';
import './styles.css';
import { keepFocusInLists } from './ui/kept-focus.ts';
import { loadWords } from './words/index.ts';

const client = createQueryClient();
const router = createConsoleRouter();

whenSessionMissing(() => {
  const here = router.state.matches.at(-1)?.staticData.page;
  if (here?.frame === 'front') return;
  // Nothing of the last account may be seen by the next one.
  client.clear();
  const { pathname, search } = window.location;
  router.navigate({ href: `/console${signInPath(`${pathname}${search}`)}`, replace: true });
});

keepFocusInLists();

async function start(): Promise<void> {
  const place = document.getElementById('root');
  if (place === null) throw new Error('The page has no #root.');
  const id = firstLanguage();
  const words = await loadWords(id);
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <LanguageProvider first={{ id, words }}>
          <RouterProvider router={router} />
        </LanguageProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

await start();
