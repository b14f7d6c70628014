/** Composition root: reads the page's address, starts the session, puts the page up. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createDefaultSession } from './dashboard/session.ts';
import { App } from './views/App.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root.');

const dashboard = await createDefaultSession(location.href, navigator.hardwareConcurrency);

createRoot(root).render(
  <StrictMode>
    <App dashboard={dashboard} />
  </StrictMode>,
);
