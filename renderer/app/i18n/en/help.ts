import type es from '../es/help.ts';
import type { Texts } from '../texts.ts';

export default {
  title: 'Help',
  lead: 'Support lines of {{issuer}}',
  leadNone: 'Support lines of the issuer',
  hours: 'Hours: {{hours}}',
  open: 'Open',
  write: 'Write',
  call: 'Call',
  copy: 'Copy',
  copied: 'Copied',
  failed: 'The support lines could not be read',
  none: { title: 'The issuer has published no support lines', text: 'Talk to the administrator of your company.' },
  noAuthority: { title: 'There is no authority yet', text: 'The support lines belong to the issuer who invites you. Open your invitation or prepare the trial, and they appear here.' },
  never: 'Nobody from support asks for your PIN, your code or your three words. If somebody does, hang up and tell your administrator.',
  tips: 'Frequent questions',
  tip: {
    lost: { q: 'I lost the computer or changed computers', a: 'Report it under Device or call your administrator, who blocks the token and sends you an invitation for the new computer.' },
    pin: { q: 'I forgot my PIN', a: 'It cannot be recovered. Under Device choose “I forgot my PIN”: the keys are destroyed and your administrator replaces the device.' },
    code: { q: 'The portal does not accept my code', a: 'Each code works once. Wait for the next one and check the clock of your computer.' },
  },
  back: 'Go back',
} as const satisfies Texts<typeof es>;
