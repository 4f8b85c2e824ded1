import './theme/font.css';
import './theme/mantine.css';
import './theme/mantine-variables.css';
import './theme/tokens.css';
import './theme/base.css';
import { createRoot } from 'react-dom/client';
import { createQueryClient, readOptions } from '../api/queries.ts';
import { App } from './App.tsx';
import { startTexts } from './i18n/i18n.ts';
import { Providers } from './providers.tsx';

/** A window is opened at a path of the app's origin; inside, routes live behind `#`, so that no server has to know them. */
if (window.location.pathname.length > 1 && window.location.hash === '') {
  window.history.replaceState(null, '', `#${window.location.pathname}`);
}

/** One call to main before anything is drawn: language and colours are then right from the first frame. */
async function start(root: HTMLElement): Promise<void> {
  const client = createQueryClient();
  const state = await client.fetchQuery(readOptions('app.state'));
  await startTexts(state.language);
  createRoot(root).render(<Providers client={client}><App /></Providers>);
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
void start(root);
