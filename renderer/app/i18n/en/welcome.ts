import type es from '../es/welcome.ts';
import type { Texts } from '../texts.ts';

export default {
  panelTitle: 'You decide what gets signed.',
  panelText: 'Codes, logins and payments, approved from your computer and signed with a key that never leaves it.',
  version: 'Version {{version}}',
  title: 'Welcome to Vínculo',
  lead: 'How do you want to begin?',
  connect: {
    title: 'Connect with my company',
    text: 'Open the invitation you got by SMS or e-mail, or paste its link here.',
    textTyped: 'Type the address of the authority and the code as they appear in your invitation.',
    link: 'Invitation link',
    placeholder: 'https://… or vinculo:…',
    authority: 'Address of the authority',
    authorityPlaceholder: 'authority.yourcompany.com',
    code: 'Code and check',
    codePlaceholder: '10 characters and 6 check characters',
    action: 'Connect',
    typeInstead: 'Type the code by hand',
    pasteInstead: 'Paste the link',
  },
  trial: {
    title: 'Try it on this computer',
    text: 'Creates a local authority with a sample company, several people and an outbox in place of SMS and e-mail. Nothing leaves your computer.',
    action: 'Prepare the trial',
    starting: 'Preparing the trial…',
    running: 'Open the trial',
  },
  unfinished: {
    title: 'A binding was not finished.',
    text: '{{company}}, user {{user}}. Go on where it stopped, or start again with the invitation.',
    resume: 'Continue',
    discard: 'Discard',
    gone: 'The authority did not get to complete it. Open the invitation again.',
  },
  accounts: 'You can have several accounts: each keeps its own key and settings.',
  support: 'Support lines',
  backToApp: 'Go back',
} as const satisfies Texts<typeof es>;
