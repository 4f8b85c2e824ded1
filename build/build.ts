// `npm run build`: everything that the packaged app contains, into out/. `npm run build -- renderer`: the renderer alone.
import { buildApp, buildRenderer } from './bundles.ts';

if (process.argv[2] === 'renderer') await buildRenderer({ force: true });
else await buildApp({ force: true });
