import type es from '../es/adminTokens.ts';
import type { Texts } from '../texts.ts';

export default {} as const satisfies Texts<typeof es>;
