import type es from '../es/app.ts';
import type { Texts } from '../texts.ts';

export default {
  section: { token: 'My token', admin: 'Administration' },
  nav: {
    code: 'Code',
    approvals: 'Requests',
    scan: 'Scan QR',
    device: 'Device',
    tokens: 'Virtual token',
    users: 'Users',
    activity: 'Activity',
    help: 'Help',
    settings: 'Settings',
    trial: 'Trial',
  },
  crumb: { tokenAdmin: 'Token administration', assign: 'Assign' },
  pendingCount_one: '{{count}} pending',
  pendingCount_other: '{{count}} pending',
  account: {
    switch: 'Switch account',
    add: 'Add another account',
    role: { admin: 'Administrator', member: 'Secondary user' },
  },
  since: 'Since {{time}}',
  announce: {
    tokenActive: 'Your token is now active',
    tokenBlocked: 'Your token is now blocked',
    approvalOpened: 'An approval request has arrived',
    loginOpened: '{{portal}} asks to sign in',
    transactionOpened: '{{portal}} asks to approve a transaction',
    bound: 'This computer is now bound',
  },
  windowStays: {
    title: 'Vínculo stays open',
    text: 'This desktop shows no tray, so the window stays: without it there would be no place to open Vínculo from or to answer a request.',
    where: 'To close it for good, “Quit Vínculo” is here and in Settings.',
    quit: 'Quit Vínculo',
    stay: 'Keep open',
  },
  language: { choose: 'Language', es: 'Español', en: 'English' },
  failed: { title: 'This screen could not be shown' },
  notFound: { title: 'This screen does not exist', text: 'The link may belong to another version.', action: 'Go to My token' },
} as const satisfies Texts<typeof es>;
