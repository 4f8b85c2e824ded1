import type { Texts } from './es.ts';

export const en: Texts = {
  bank: 'Banco Páramo', sample: 'Sample portal', skip: 'Skip to the content', signOut: 'Sign out', otherLanguage: 'Español',
  login: {
    title: 'Sign in to your bank', lead: 'First your user name and password, then your token.', user: 'User name', password: 'Password', action: 'Continue',
    wrong: 'The user name or the password is not right. Nobody was let in. Check them and enter them again.',
    tooMany: 'There were too many tries in a row. Nobody was let in. Wait a few minutes.',
    away: 'We could not check who you are just now. Nobody was let in. Try again in a minute.',
    left: 'You signed out.', over: 'Your session is over. Sign in again.',
  },
  waiting: {
    login: 'Confirm on your token', payment: 'Sign the payment on your token',
    lead: 'The request is in Vínculo, on your computer. Enter this number there and confirm with your PIN.',
    number: 'Number of the request', copy: 'Copy', copied: 'Number copied', qr: 'QR code of the request: scan it with “Scan QR” in Vínculo', qrHint: 'Or scan this code with “Scan QR” in Vínculo.',
    left: 'Expires in', soon: 'Expires soon', secondsLeft: '{n} seconds left', back: 'Take the request back',
    trying: 'The authority of the tokens cannot be reached just now. We keep trying; there is nothing you have to do.',
    message: 'Sign-in to Banco Páramo',
  },
  code: {
    title: 'Enter the code of your token', instead: 'Use the code of the token', label: 'Code', action: 'Sign in with the code',
    hint: { code: 'The six digits that Vínculo shows under “My token”.', hardware: 'The digits that your hardware token shows.', temporary: 'Of your token, or the temporary code that your admin gave you.', temporaryOnly: 'The temporary code that your admin gave you.' },
    wrong: 'The code is not right, or was used before. Nobody was let in. Enter the one that is shown now.',
  },
  offline: {
    instead: 'My computer is offline', lead: 'In Vínculo open “Scan QR” and scan this code. After the PIN, Vínculo gives you eight digits: enter them here.',
    qr: 'QR code with the signed request', label: 'Answer of eight digits', action: 'Send the answer',
    wrong: 'The answer is not right. Nothing was approved. {n} tries are left.', wrongOne: 'The answer is not right. Nothing was approved. One try is left.',
    refused: 'The answer was not taken. Nothing was approved. Start again.',
  },
  ended: {
    denied: { title: 'You rejected the request', text: 'You chose “Reject” on your token. Nobody was let in.', payment: 'You chose “Reject” on your token. The payment was not made.' },
    reported: { title: 'You said “It wasn’t me”', text: 'Nobody was let in. Your token is blocked and your admin was told.', payment: 'The payment was not made. Your token is blocked and your admin was told.' },
    expired: { title: 'The request expired', text: 'Nobody answered in time. Nobody was let in.', payment: 'Nobody answered in time. The payment was not made.' },
    cancelled: { title: 'The request was taken back', text: 'It can no longer be approved. Nobody was let in.', payment: 'It can no longer be approved. The payment was not made.' },
    failed: { title: 'We did not get the answer', text: 'The authority of the tokens did not answer. Nobody was let in.', payment: 'The authority of the tokens did not answer. The payment was not made.' },
    nobody: { title: 'Your token is not active', text: 'You cannot sign in like this. Talk to the admin of your company, who can activate it or give you a temporary code.' },
    again: 'Ask for another request', start: 'Back to the start', toAccounts: 'Back to the accounts',
    slowDown: 'Too many requests in a row. No other was sent. Wait {n} seconds.', away: 'The authority of the tokens did not answer. Nothing was sent. Try again in a minute.',
  },
  home: {
    title: 'Your accounts', welcome: 'You are signed in as {user}.', account: 'Account', kind: 'Type', balance: 'Balance', checking: 'Checking', savings: 'Savings',
    factor: { signature: 'Approval signed on your token', mac: 'Answer of eight digits, offline', code: 'One-time code', password: 'Password only: your company does not use tokens to sign in yet' },
    pay: 'Order a payment', payee: 'Payee', payeeAccount: 'Account of the payee', amount: 'Amount', currency: 'Currency', reference: 'Reference (optional)', payAction: 'Continue to the signature',
    needsToken: 'Payments are signed on the active virtual token.', amountWrong: 'The amount cannot be read. Nothing was ordered. Write it e.g. like this: 48,350,000', fieldMissing: 'A value is missing, or has signs that cannot be shown. Nothing was ordered.',
    orders: 'Payments of this session', noOrders: 'There are no payments yet.', state: 'State',
    states: { pending: 'Waits for the signature', approved: 'Signed', denied: 'Rejected', reported: 'It wasn’t me', expired: 'Expired', cancelled: 'Taken back', failed: 'No answer' },
  },
  receipt: {
    title: 'Signed payment', lead: 'Payee and amount are those that were shown and signed on your token.', evidence: 'Evidence', download: 'Download the evidence', notReady: 'The evidence will be ready in a few seconds.', reload: 'Look again',
    kind: 'Kind', signature: 'Signature of the approval key', mac: 'Offline answer (MAC)', serial: 'Token', decided: 'Signed on', hash: 'Hash of the request', key: 'Key that signed',
    checks: 'What this portal checked', same: 'The signed payment is the one that was ordered', bound: 'The authority’s ID token names this request', yes: 'Yes', no: 'No',
    verify: 'Whoever has the public keys can check it with “authority evidence verify”, without the authority.', signed: 'What was signed',
  },
  error: { title: 'That is not here', text: 'The page does not exist, or its time has passed.', forbidden: 'That order did not come from a page of this portal. Nothing was done.' },
};
