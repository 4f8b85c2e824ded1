import type es from '../es/adminUsers.ts';
import type { Texts } from '../texts.ts';

export default {} as const satisfies Texts<typeof es>;
